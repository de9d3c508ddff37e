// A TIFF file in memory, opened by libtiff, that keeps its complaints for us.
#pragma once

#include "toolkit/image_files/formats/readers.h"

#include <tiffio.h>

#include <string>

namespace fsd {

class TiffMemory {
public:
    // Throws DecodingFailure where the header or the first directory cannot be read.
    explicit TiffMemory(const Bytes &bytes);
    ~TiffMemory();
    TiffMemory(const TiffMemory &) = delete;
    TiffMemory &operator=(const TiffMemory &) = delete;

    TIFF *handle() const { return handle_; }

    // From here on warnings count as well: they are about pixels then, no longer about unusual tags.
    void mind_warnings() { minds_warnings_ = true; }
    // The first thing that was complained of; empty where there was nothing.
    const std::string &complaint() const { return complaint_; }

private:
    static TiffMemory &of(void *pointer) { return *static_cast<TiffMemory *>(pointer); }
    static tmsize_t read(thandle_t file, void *destination, tmsize_t count);
    static tmsize_t refuse_write(thandle_t file, void *source, tmsize_t count);
    static toff_t seek(thandle_t file, toff_t offset, int whence);
    static int keep_open(thandle_t file);
    static toff_t size(thandle_t file);
    static int on_error(TIFF *tiff, void *memory, const char *module, const char *format, va_list arguments);
    static int on_warning(TIFF *tiff, void *memory, const char *module, const char *format,
                          va_list arguments);
    void complain(const char *format, va_list arguments);

    const Bytes &bytes_;
    std::size_t at_ = 0;
    bool minds_warnings_ = false;
    std::string complaint_;
    TIFF *handle_ = nullptr;
};

}  // namespace fsd
