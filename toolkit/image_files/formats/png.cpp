// PNG, by libpng. Its errors are jumps, so the functions that it jumps to hold nothing that must be
// destroyed.
#include "toolkit/image_files/decoding_failure.h"
#include "toolkit/image_files/formats/readers.h"
#include "toolkit/image_files/image_limits.h"
#include "toolkit/image_files/orientation.h"

#include <png.h>

#include <cstdio>
#include <cstring>
#include <new>

namespace fsd {
namespace {

constexpr std::size_t signature_size = 8;

class PngReader {
public:
    explicit PngReader(const Bytes &bytes) : next_(bytes.data()), left_(bytes.size()) {
        png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, on_error, on_warning);
        info_ = png_ ? png_create_info_struct(png_) : nullptr;
        if (!info_) {
            png_destroy_read_struct(&png_, nullptr, nullptr);
            throw std::bad_alloc();
        }
        png_set_read_fn(png_, this, on_read);
        png_set_user_limits(png_, PNG_UINT_31_MAX, PNG_UINT_31_MAX);  // ours are stricter
        png_set_crc_action(png_, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
    }
    ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }
    PngReader(const PngReader &) = delete;
    PngReader &operator=(const PngReader &) = delete;

    DecodedImage read() {
        must(read_header());
        check_extents(png_get_image_width(png_, info_), png_get_image_height(png_, info_));
        must(choose_form());
        DecodedImage image;
        image.pixels.create(static_cast<int>(png_get_image_height(png_, info_)),
                            static_cast<int>(png_get_image_width(png_, info_)),
                            CV_8UC(png_get_channels(png_, info_)));
        std::vector<png_bytep> rows;
        for (int y = 0; y < image.pixels.rows; y++) {
            rows.push_back(image.pixels.ptr(y));
        }
        must(read_rows(rows.data()));
        png_bytep exif = nullptr;
        png_uint_32 size = 0;
        if (png_get_eXIf_1(png_, info_, &size, &exif)) {
            image.orientation = exif_orientation(exif, size);
        }
        return image;
    }

private:
    bool read_header() {
        if (setjmp(png_jmpbuf(png_))) {
            return false;
        }
        png_read_info(png_, info_);
        return true;
    }

    bool choose_form() {
        if (setjmp(png_jmpbuf(png_))) {
            return false;
        }
        png_set_expand(png_);  // palettes to colors, 1, 2 and 4 bits to 8, a transparent color to alpha
        png_set_scale_16(png_);
        png_set_bgr(png_);
        png_set_interlace_handling(png_);
        png_read_update_info(png_, info_);
        return true;
    }

    bool read_rows(png_bytepp rows) {
        if (setjmp(png_jmpbuf(png_))) {
            return false;
        }
        png_read_image(png_, rows);
        png_read_end(png_, info_);
        return true;
    }

    void must(bool done) const {
        if (!done) {
            fail_as_library_says(message_);
        }
    }

    static PngReader &reader_of(png_voidp pointer) { return *static_cast<PngReader *>(pointer); }

    [[noreturn]] static void on_error(png_structp png, png_const_charp message) {
        PngReader &reader = reader_of(png_get_error_ptr(png));
        std::snprintf(reader.message_, sizeof reader.message_, "%s", message);
        png_longjmp(png, 1);
    }

    // What is wrong with the pixels is an error; a strange color profile is not.
    static void on_warning(png_structp png, png_const_charp message) {
        if (std::strncmp(message, "IDAT", 4) == 0) {
            on_error(png, message);
        }
    }

    static void on_read(png_structp png, png_bytep destination, std::size_t count) {
        PngReader &reader = reader_of(png_get_io_ptr(png));
        if (count > reader.left_) {
            png_error(png, "the file ends too early");
        }
        std::memcpy(destination, reader.next_, count);
        reader.next_ += count;
        reader.left_ -= count;
    }

    const std::uint8_t *next_;
    std::size_t left_;
    png_structp png_ = nullptr;
    png_infop info_ = nullptr;
    char message_[128] = {};
};

}  // namespace

bool is_png(const Bytes &bytes) {
    return bytes.size() >= signature_size && png_sig_cmp(bytes.data(), 0, signature_size) == 0;
}

DecodedImage read_png(const Bytes &bytes) {
    return PngReader(bytes).read();
}

}  // namespace fsd
