// What is cut, damaged, too large or no image at all.
#include "runtime/error.h"
#include "tests/image_files/encoded.h"
#include "toolkit/image_files/decode_image.h"
#include "toolkit/image_files/read_image.h"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

// The sentence, or "" where the bytes are read.
std::string refusal(const Bytes &bytes) {
    try {
        decode_image(bytes, "NAME");
    } catch (const Error &error) {
        CHECK(error.code() == ExitCode::bad_input);
        CHECK_THAT(error.what(), Contains("NAME"));
        return error.what();
    }
    return "";
}

Bytes cut(const Bytes &bytes, std::size_t length) {
    return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length)};
}

// The header of a PNG, and no pixels.
Bytes empty_png(unsigned width, unsigned height, int color_type) {
    Bytes out = png_header(width, height, 8, color_type);
    for (const Bytes &part : {png_chunk("IDAT", {}), png_chunk("IEND", {})}) {
        out.insert(out.end(), part.begin(), part.end());
    }
    return out;
}

// What is written to the standard error while it lives.
class StandardError {
public:
    StandardError() : kept_(dup(STDERR_FILENO)) {
        const int file = open_file();
        dup2(file, STDERR_FILENO);
        close(file);
    }
    ~StandardError() {
        dup2(kept_, STDERR_FILENO);
        close(kept_);
    }
    StandardError(const StandardError &) = delete;
    StandardError &operator=(const StandardError &) = delete;
    std::string text() const {
        std::ifstream in(name_);
        return {std::istreambuf_iterator<char>(in), {}};
    }

private:
    int open_file() {
        name_ = folder_.write("stderr", {});
        return ::open(name_.c_str(), O_WRONLY);
    }
    TemporaryFolder folder_;
    std::string name_;
    int kept_;
};

cv::Mat picture(int type) {
    cv::Mat image(24, 24, type);
    cv::RNG(2).fill(image, cv::RNG::UNIFORM, 0, 256);
    return image;
}

}  // namespace

TEST_CASE("an image that is cut anywhere is refused, in every format and without a line of a decoder",
          "[image_files]") {
    const StandardError written;
    const cv::Mat color = picture(CV_8UC3);
    std::vector<std::pair<std::string, Bytes>> files = {
        {"jpeg", encoded(".jpg", color)},  {"gray jpeg", encoded(".jpg", picture(CV_8UC1))},
        {"png", encoded(".png", color)},   {"RGBA png", encoded(".png", picture(CV_8UC4))},
        {"webp", encoded(".webp", color)}, {"RGBA webp", encoded(".webp", picture(CV_8UC4))},
        {"tiff", tiff(color, {2})},        {"bmp", encoded(".bmp", color)},
        {"ppm", encoded(".ppm", color)},   {"pgm", encoded(".pgm", picture(CV_8UC1))}};
    for (const auto &[name, bytes] : files) {
        CHECK(refusal(bytes).empty());
        for (std::size_t length = 0; length < bytes.size(); length++) {
            INFO(name << " cut to " << length << " of " << bytes.size());
            REQUIRE_FALSE(refusal(cut(bytes, length)).empty());
        }
    }
    CHECK(written.text().empty());
}

TEST_CASE("every changed byte of a PNG is noticed", "[image_files]") {
    const StandardError written;
    const Bytes png = encoded(".png", picture(CV_8UC3));
    for (std::size_t at = 0; at < png.size(); at++) {
        Bytes changed = png;
        changed[at] ^= 0x10;
        INFO(at);
        REQUIRE_FALSE(refusal(changed).empty());
    }
    // With right checksums of the chunk, but a wrong one of the pixels.
    Bytes pixels = deflated(Bytes(25, 7));
    pixels.back() ^= 1;
    Bytes wrong = png_header(24, 1, 8, 0);
    for (const Bytes &part : {png_chunk("IDAT", pixels), png_chunk("IEND", {})}) {
        wrong.insert(wrong.end(), part.begin(), part.end());
    }
    CHECK_THAT(refusal(wrong), Contains("damaged"));
    CHECK(written.text().empty());
}

TEST_CASE("images beyond the limits are refused by their headers", "[image_files]") {
    for (const Bytes &bytes :
         {empty_png(14000, 14000, 6), bmp({14000, -14000, 24}, {}, {}), bytes_of("P5 14000 14000 255\n")}) {
        CHECK_THAT(refusal(bytes), Contains("14000 x 14000") && Contains("FSDNET_MAX_MEGAPIXELS=196"));
    }
    for (const Bytes &bytes :
         {empty_png(70000, 1, 0), bmp({70000, 1, 24}, {}, {}), bytes_of("P5 70000 1 255\n")}) {
        CHECK_THAT(refusal(bytes), Contains("70000") && Contains("65535"));
    }
    Bytes jpeg = encoded(".jpg", picture(CV_8UC1));
    for (std::size_t at = 0; at + 9 < jpeg.size(); at++) {
        if (jpeg[at] == 0xFF &&
            jpeg[at + 1] == 0xC0) {  // start of frame: height and width behind length and bits
            jpeg[at + 5] = jpeg[at + 7] = 14000 >> 8;
            jpeg[at + 6] = jpeg[at + 8] = 14000 & 255;
            break;
        }
    }
    CHECK_THAT(refusal(jpeg), Contains("14000 x 14000"));
    TiffTags tags;
    Bytes large = tiff(cv::Mat(1, 1, CV_8UC1), tags);
    for (const std::size_t entry : {10, 22}) {  // width and height are the first two entries
        large[entry + 8] = 14000 & 255;
        large[entry + 9] = 14000 >> 8;
    }
    CHECK_THAT(refusal(large), Contains("14000 x 14000"));
    for (const std::string header : {"P5 0 3 255\n", "P5 3 3 0\n", "P5 3 3 65536\n", "P5 99999999999 1 255\n",
                                     "P5 x", "P2 1 1 7 8", "P1 1 1 2", "P3 1 1 9 1 2"}) {
        CHECK_FALSE(refusal(bytes_of(header)).empty());
    }
}

TEST_CASE("a user may raise the limit of pixels", "[image_files]") {
    const Bytes large = bytes_of("P5 14000 14000 255\n");
    setenv("FSDNET_MAX_MEGAPIXELS", "200", 1);
    CHECK_THAT(refusal(large), Contains("cut off"));
    for (const char *wrong : {"", "0", "-1", "1e3", "99999"}) {
        setenv("FSDNET_MAX_MEGAPIXELS", wrong, 1);
        CHECK_THROWS_WITH(decode_image(large, "NAME"), Contains("FSDNET_MAX_MEGAPIXELS"));
    }
    unsetenv("FSDNET_MAX_MEGAPIXELS");
}

TEST_CASE("only the formats that are promised reach a reader", "[image_files]") {
    for (const std::string bytes :
         {"GIF89a\1\0\1\0", "SIMPLE  =                    T", "HDF\r\n", "II*", "\xFF\xD8", "P7\nWIDTH 1\n",
          "#?RADIANCE\n", "NITF02.10", "<VRTDataset>", "RIFF\1\0\0\0WAVE", "PF\n1 1\n"}) {
        CHECK_THAT(refusal(bytes_of(bytes + std::string(64, ' '))),
                   Contains("no image of a known format") || Contains("damaged"));
    }
    CHECK_THAT(refusal({}), Contains("empty"));
}

TEST_CASE("pipes, devices and folders are refused at once", "[image_files]") {
    TemporaryFolder folder;
    REQUIRE(mkfifo((folder / "pipe.png").c_str(), 0600) == 0);
    for (const std::string &path :
         {folder / "pipe.png", folder.path(), std::string("/dev/zero"), folder / "missing.png"}) {
        INFO(path);
        CHECK_THROWS_WITH(read_image(path), Contains(path));
    }
}
