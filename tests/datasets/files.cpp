// Writers of the formats under test, independent of the readers.
#include "tests/datasets/files.h"

#include "runtime/error.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <opencv2/imgcodecs.hpp>
#include <zlib.h>

namespace fsd::testing {
namespace {

namespace fs = std::filesystem;

void must(bool done, const std::string &what) {
    if (!done) {
        throw std::runtime_error("cannot " + what);
    }
}

void write_octal(Bytes &bytes, std::size_t place, int digits, std::uint64_t value) {
    for (int digit = digits - 1; digit >= 0; digit--, value /= 8) {
        bytes[place + digit] = static_cast<std::uint8_t>('0' + value % 8);
    }
}

}  // namespace

Bytes gzipped(const Bytes &bytes) {
    z_stream stream{};
    must(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK, "start gzip");
    Bytes out(deflateBound(&stream, bytes.size()));
    stream.next_in = const_cast<Bytef *>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    must(deflate(&stream, Z_FINISH) == Z_STREAM_END, "finish gzip");
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

Bytes idx(const std::vector<std::uint32_t> &extents, const Bytes &data) {
    Bytes out = {0, 0, 8, static_cast<std::uint8_t>(extents.size())};
    for (std::uint32_t extent : extents) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.push_back(static_cast<std::uint8_t>(extent >> shift));
        }
    }
    out.insert(out.end(), data.begin(), data.end());
    return out;
}

Bytes png(int height, int width, int colors, std::uint8_t value) {
    Bytes out;
    must(cv::imencode(".png", cv::Mat(height, width, CV_8UC(colors), cv::Scalar::all(value)), out),
         "encode a PNG");
    return out;
}

void renew_checksum(Bytes &entry) {
    std::fill_n(entry.begin() + 148, 8, ' ');
    std::uint64_t sum = 0;
    for (int i = 0; i < 512; i++) {
        sum += entry[i];
    }
    write_octal(entry, 148, 6, sum);
    entry[154] = 0;
}

Bytes tar_entry(const std::string &name, const Bytes &content, char type) {
    Bytes out(512);
    std::copy(name.begin(), name.end(), out.begin());
    write_octal(out, 124, 11, content.size());
    out[156] = static_cast<std::uint8_t>(type);
    const std::string magic = "ustar";
    std::copy(magic.begin(), magic.end(), out.begin() + 257);
    renew_checksum(out);
    out.insert(out.end(), content.begin(), content.end());
    out.resize((out.size() + 511) / 512 * 512);
    return out;
}

Bytes tar(const std::vector<Bytes> &entries) {
    Bytes out;
    for (const Bytes &entry : entries) {
        out.insert(out.end(), entry.begin(), entry.end());
    }
    out.resize(out.size() + 1024);
    return out;
}

std::string refusal(const std::string &path, Split split, const ImageFormat &format) {
    try {
        load_dataset(path, split, format);
    } catch (const Error &error) {
        CHECK(error.code() == ExitCode::bad_input);
        return error.what();
    }
    FAIL("expected load_dataset to refuse " << path);
    return "";
}

std::string real_data(const std::string &name) {
    const char *folder = std::getenv("FSDNET_DATA");
    const fs::path path = fs::path(folder ? folder : FSDNET_DEFAULT_DATA) / name;
    if (!fs::exists(path)) {
        WARN("Skipped: there is no " << path.string() << "; set FSDNET_DATA to the folder that holds " << name
                                     << ".");
        return "";
    }
    return path.string();
}

}  // namespace fsd::testing
