// Writers of the formats under test, independent of the readers.
#include "tests/image_files/encoded.h"

#include <opencv2/imgcodecs.hpp>
#include <zlib.h>

#include <stdexcept>

namespace fsd::testing {
namespace {

// Numbers of a file in the order of its bytes.
class Writer {
public:
    explicit Writer(bool big_endian) : big_endian_(big_endian) {}

    Writer &put(std::uint64_t value, int length) {
        for (int i = 0; i < length; i++) {
            bytes_.push_back(
                static_cast<std::uint8_t>(value >> (big_endian_ ? 8 * (length - 1 - i) : 8 * i)));
        }
        return *this;
    }
    Writer &put(const std::string &text) { return put(Bytes(text.begin(), text.end())); }
    Writer &put(const Bytes &bytes) {
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
        return *this;
    }
    // An entry of a TIFF directory with one number.
    Writer &tag(unsigned name, unsigned type, std::uint32_t value) {
        put(name, 2).put(type, 2).put(1, 4);
        return type == 3 ? put(value, 2).put(0, 2) : put(value, 4);
    }
    const Bytes &bytes() const { return bytes_; }

private:
    bool big_endian_;
    Bytes bytes_;
};

Bytes inserted(const Bytes &into, std::size_t at, const Bytes &what) {
    Bytes out = into;
    out.insert(out.begin() + static_cast<std::ptrdiff_t>(at), what.begin(), what.end());
    return out;
}

}  // namespace

Bytes bytes_of(const std::string &text) {
    return {text.begin(), text.end()};
}

Bytes encoded(const std::string &ending, const cv::Mat &image) {
    Bytes out;
    if (!cv::imencode(ending, image, out)) {
        throw std::runtime_error("cannot encode " + ending);
    }
    return out;
}

Bytes exif(int orientation, const std::string &order) {
    Writer out(order == "MM");
    return out.put(order).put(42, 2).put(8, 4).put(1, 2).tag(0x112, 3, orientation).put(0, 4).bytes();
}

Bytes deflated(const Bytes &bytes) {
    uLongf size = compressBound(static_cast<uLong>(bytes.size()));
    Bytes out(size);
    if (compress(out.data(), &size, bytes.data(), static_cast<uLong>(bytes.size())) != Z_OK) {
        throw std::runtime_error("cannot deflate");
    }
    out.resize(size);
    return out;
}

Bytes png_chunk(const std::string &type, const Bytes &content) {
    Bytes named = bytes_of(type);
    named.insert(named.end(), content.begin(), content.end());
    Writer out(true);
    return out.put(content.size(), 4)
        .put(named)
        .put(crc32(0, named.data(), static_cast<uInt>(named.size())), 4)
        .bytes();
}

Bytes png_with(const Bytes &png, const Bytes &chunks) {
    return inserted(png, 8 + 12 + 13, chunks);
}

Bytes png_header(unsigned width, unsigned height, int bits, int color_type) {
    Writer header(true);
    header.put(width, 4).put(height, 4).put(bits, 1).put(color_type, 1).put(0, 3);
    Writer out(true);
    return out.put("\x89PNG\r\n\x1a\n").put(png_chunk("IHDR", header.bytes())).bytes();
}

Bytes jpeg_with(const Bytes &jpeg, const Bytes &exif) {
    Writer segment(true);
    segment.put(0xFFE1, 2).put(exif.size() + 8, 2).put("Exif").put(0, 2).put(exif);
    return inserted(jpeg, 2, segment.bytes());
}

Bytes webp_with(const Bytes &webp, const cv::Size &size, bool alpha, const Bytes &exif) {
    Writer out(false);
    const std::size_t padding = exif.size() % 2, header = 18;
    out.put("RIFF").put(4 + header + (webp.size() - 12) + 8 + exif.size() + padding, 4).put("WEBP");
    out.put("VP8X")
        .put(10, 4)
        .put((alpha ? 0x10 : 0) | 0x08, 4)
        .put(size.width - 1, 3)
        .put(size.height - 1, 3);
    out.put(Bytes(webp.begin() + 12, webp.end()));
    return out.put("EXIF").put(exif.size(), 4).put(exif).put(0, static_cast<int>(padding)).bytes();
}

Bytes tiff(const cv::Mat &image, const TiffTags &tags) {
    const unsigned entries = tags.alpha ? 10 : 9, pixels = 8 + 2 + 12 * entries + 4 + 8;
    const std::size_t size = image.total() * image.elemSize();
    Writer out(false);
    out.put("II").put(42, 2).put(8, 4).put(entries, 2);
    out.tag(256, 4, image.cols).tag(257, 4, image.rows);
    // Bits of each sample: two fit into the entry, more lie behind the directory.
    out.put(258, 2).put(3, 2).put(image.channels(), 4);
    image.channels() > 2 ? out.put(pixels - 8, 4) : out.put(tags.bits, 2).put(tags.bits, 2);
    out.tag(262, 3, tags.photometric).tag(273, 4, pixels).tag(274, 3, tags.orientation);
    out.tag(277, 3, image.channels()).tag(278, 4, image.rows).tag(279, 4, static_cast<std::uint32_t>(size));
    if (tags.alpha) {
        out.tag(338, 3, tags.alpha);
    }
    out.put(0, 4);
    for (int i = 0; i < 4; i++) {
        out.put(tags.bits, 2);
    }
    return out.put(Bytes(image.data, image.data + size)).bytes();
}

Bytes bmp(const BmpForm &form, const Bytes &tables, const Bytes &pixels) {
    Writer out(false);
    out.put("BM").put(0, 4).put(0, 4).put(54 + tables.size(), 4).put(40, 4);
    out.put(static_cast<std::uint32_t>(form.width), 4).put(static_cast<std::uint32_t>(form.height), 4);
    out.put(1, 2).put(form.bits, 2).put(form.compression, 4).put(Bytes(12));
    return out.put(form.bits <= 8 ? tables.size() / 4 : 0, 4).put(0, 4).put(tables).put(pixels).bytes();
}

}  // namespace fsd::testing
