// Images as few programs write them, and with one mistake each.
#include "tests/fuzz/spoiled.h"
#include "tests/image_files/encoded.h"

#include <opencv2/imgcodecs.hpp>

#include <turbojpeg.h>

#include <algorithm>
#include <memory>

namespace fsd::testing {
namespace {

cv::Mat drawn(int type) {
    cv::Mat image(5, 4, type);
    cv::randu(image, 0, 255);
    return image;
}

// By libjpeg-turbo, as print shops write them.
Bytes inks() {
    const cv::Mat image = drawn(CV_8UC4);
    const std::unique_ptr<void, decltype(&tjDestroy)> encoder(tjInitCompress(), tjDestroy);
    unsigned char *made = nullptr;
    unsigned long size = 0;
    tjCompress2(encoder.get(), image.data, image.cols, static_cast<int>(image.step), image.rows, TJPF_CMYK,
                &made, &size, TJSAMP_444, 90, 0);
    const Bytes bytes(made, made + size);
    tjFree(made);
    return bytes;
}

Bytes inserted(Bytes into, std::size_t at, const Bytes &what) {
    into.insert(into.begin() + static_cast<std::ptrdiff_t>(at), what.begin(), what.end());
    return into;
}

// Inks as they are, where libjpeg-turbo stores them as brightness and colors: its own segment says which.
Bytes plain_inks() {
    Bytes bytes = inks();
    const std::string name = "Adobe";
    const auto segment = std::search(bytes.begin(), bytes.end(), name.begin(), name.end());
    if (bytes.end() - segment > 11) {
        segment[11] = 0;
    }
    return bytes;
}

std::vector<Bytes> rare_jpegs(const cv::Mat &color) {
    cv::Mat large(64, 64, CV_8UC3);
    cv::randu(large, 0, 255);
    Bytes cut = encoded(".jpg", large);
    cut.resize(cut.size() * 9 / 10);  // behind its header
    Bytes other = exif(3);
    other[10] = 0;  // a tag that is no orientation
    const Bytes jpeg = encoded(".jpg", color);
    return {inks(),
            plain_inks(),
            cut,
            inserted(jpeg, 2, {0xff, 0xff}),
            jpeg_with(jpeg, other),
            jpeg_with(jpeg, exif(6, "II")),
            jpeg_with(jpeg, {'I', 'I', 42, 0, 0xff, 0xff, 0xff, 0x7f})};
}

std::vector<Bytes> rare_pngs(const cv::Mat &clear) {
    const Bytes png = encoded(".png", clear);
    std::vector<Bytes> all = {png_header(4, 4, 3, 2), png_header(0, 4, 8, 2),
                              png_header(40000, 40000, 16, 6)};
    // Chunks that are too short, stand in the wrong place or twice; pixels that end early or go on.
    for (const char *type :
         {"gAMA", "cHRM", "iCCP", "sBIT", "tRNS", "PLTE", "pHYs", "tIME", "zTXt", "eXIf", "IHDR", "bKGD"}) {
        all.push_back(png_with(png, png_chunk(type, {1, 2, 3})));
    }
    for (const std::size_t size : {20, 85, 200}) {
        const Bytes header = png_header(4, 5, 8, 6), pixels = png_chunk("IDAT", deflated(Bytes(size, 0))),
                    end = png_chunk("IEND", {});
        Bytes made = inserted(header, header.size(), pixels);
        all.push_back(inserted(made, made.size(), end));
        made = inserted(made, made.size(), pixels);
        all.push_back(inserted(made, made.size(), end));
    }
    return all;
}

std::vector<Bytes> rare_webps(const cv::Mat &color) {
    const Bytes webp = encoded(".webp", color), extended = webp_with(webp, color.size(), false, exif(3));
    std::vector<Bytes> all;
    Bytes moving = extended;
    moving[20] |= 2;
    all.push_back(moving);
    Bytes long_chunk = extended;  // the last one: EXIF
    long_chunk[extended.size() - exif(3).size() - exif(3).size() % 2 - 4] = 0xff;
    all.push_back(long_chunk);
    for (const std::size_t size : {16, 21, 26, 34}) {
        all.emplace_back(webp.begin(),
                         webp.begin() + static_cast<std::ptrdiff_t>(std::min(size, webp.size())));
    }
    for (std::size_t at = 12; at < webp.size(); at += 5) {
        Bytes wrong = webp;
        wrong[at] ^= 0xff;
        all.push_back(wrong);
    }
    return all;
}

std::vector<Bytes> rare_tiffs(const cv::Mat &gray) {
    std::vector<Bytes> all;
    for (const int photometric : {3, 4, 6, 7, 8, 9, 10, 32844, 32845}) {
        TiffTags tags;
        tags.photometric = photometric;
        all.push_back(tiff(gray, tags));
    }
    for (const int bits : {1, 2, 4, 12, 32, 64}) {
        TiffTags tags;
        tags.bits = bits;
        all.push_back(tiff(gray, tags));
    }
    // Of a whole file one byte each: types, counts, places, compressions.
    const Bytes whole = tiff(gray, {});
    for (std::size_t at = 8; at < whole.size() - gray.total(); at += 3) {
        for (const std::uint8_t value : {0xff, 0x05}) {
            Bytes wrong = whole;
            wrong[at] = value;
            all.push_back(wrong);
        }
    }
    // Packed bits that run over the end of the row.
    Bytes packed;
    cv::imencode(".tif", gray, packed, {cv::IMWRITE_TIFF_COMPRESSION, 32773});
    all.push_back(packed);
    packed[8] = 0x81;
    all.push_back(packed);
    return all;
}

std::vector<Bytes> rare_bmps() {
    std::vector<Bytes> all;
    Bytes short_header = bmp({4, 3, 24, 0}, {}, Bytes(64, 0x11));
    short_header[14] = 20;
    all.push_back(short_header);
    short_header[14] = 12;
    all.push_back(short_header);
    all.push_back(bmp({4, 3, 16, 3}, Bytes(12, 0), Bytes(64, 0x11)));
    all.push_back(bmp({4, -3, 32, 6}, Bytes(16, 0x0f), Bytes(64, 0x11)));
    return all;
}

}  // namespace

std::vector<Bytes> rare_images() {
    const cv::Mat gray = drawn(CV_8UC1), color = drawn(CV_8UC3), clear = drawn(CV_8UC4),
                  deep = drawn(CV_16UC1);
    std::vector<Bytes> all;
    for (int orientation = 0; orientation < 10; orientation++) {
        for (const char *order : {"II", "MM"}) {
            const Bytes block = exif(orientation, order);
            all.push_back(jpeg_with(encoded(".jpg", color), block));
            all.push_back(png_with(encoded(".png", clear), png_chunk("eXIf", block)));
            all.push_back(webp_with(encoded(".webp", color), color.size(), false, block));
        }
        TiffTags tags;
        tags.orientation = orientation;
        all.push_back(tiff(gray, tags));
    }
    for (const cv::Mat &image : {gray, deep, color}) {
        all.push_back(encoded(".png", image));
        all.push_back(encoded(".tif", image));
        TiffTags tags;
        tags.bits = image.depth() == CV_16U ? 16 : 8;
        tags.photometric = image.channels() == 3 ? 2 : 0;
        all.push_back(tiff(image, tags));
    }
    for (const int alpha : {1, 2}) {
        TiffTags tags;
        tags.photometric = 2;
        tags.alpha = alpha;
        all.push_back(tiff(clear, tags));
    }
    TiffTags ink;
    ink.photometric = 5;
    all.push_back(tiff(clear, ink));
    for (const char *text :
         {"P1 2 2 0 1 1 0", "P2 2 1 15 3 15", "P3 1 1 255 1 2 3", "P4 8 1 \x55", "P5 2 1 255 \1\2",
          "P5 1 1 4095 \1\2", "P6 1 1 255 \1\2\3", "P2\n# a comment\n2 1\n15 3 99", "P5 2 1 0 \1\2",
          "P5 2 1 99999 \1\2", "P5 0 1 255 ", "P5 99999 99999 255 ", "P2 2 1 255 3", "P7 1 1", "P5 x",
          "P1 2 1 5 5", "P6 2 2 255 \1"}) {
        all.push_back(bytes_of(text));
    }
    for (const int bits : {1, 4, 8, 16, 24, 32, 7}) {
        for (const int compression : {0, 1, 3, 9}) {
            all.push_back(bmp({4, 3, bits, compression}, Bytes(16, 0x55), Bytes(64, 0x11)));
        }
    }
    all.push_back(bmp({40000, 40000, 24, 0}, {}, Bytes(8, 1)));
    for (const std::vector<Bytes> &more :
         {rare_jpegs(color), rare_pngs(clear), rare_webps(color), rare_tiffs(gray), rare_bmps()}) {
        all.insert(all.end(), more.begin(), more.end());
    }
    all.emplace_back();
    all.push_back(bytes_of("RIFF\x10"));
    all.push_back(bytes_of("no image"));
    all.push_back(bytes_of("\xff\xd8\xff\xff\xff\xe0"));
    const std::size_t whole = all.size();
    for (std::size_t i = 0; i < whole; i += 3) {
        all.emplace_back(all[i].begin(), all[i].begin() + static_cast<std::ptrdiff_t>(all[i].size() / 2));
        if (!all[i].empty()) {
            all.push_back(all[i]);
            all.back()[all.back().size() / 3] ^= 0xff;
        }
    }
    return all;
}

}  // namespace fsd::testing
