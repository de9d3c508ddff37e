// The callbacks that libtiff asks for.
#include "toolkit/image_files/formats/tiff_memory.h"

#include "toolkit/image_files/decoding_failure.h"
#include "toolkit/image_files/image_limits.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>

namespace fsd {

TiffMemory::TiffMemory(const Bytes &bytes) : bytes_(bytes) {
    const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(TIFFOpenOptionsAlloc(),
                                                                                   TIFFOpenOptionsFree);
    if (!options) {
        throw std::bad_alloc();
    }
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), on_error, this);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), on_warning, this);
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), static_cast<tmsize_t>(largest_image_file()));
    // "m": no mapping into memory, where the bytes are already.
    handle_ = TIFFClientOpenExt("", "rm", this, read, refuse_write, seek, keep_open, size, nullptr, nullptr,
                                options.get());
    if (!handle_) {
        fail_as_library_says(complaint_);
    }
}

TiffMemory::~TiffMemory() {
    TIFFClose(handle_);
}

tmsize_t TiffMemory::read(thandle_t file, void *destination, tmsize_t count) {
    TiffMemory &memory = of(file);
    const std::size_t left = memory.at_ < memory.bytes_.size() ? memory.bytes_.size() - memory.at_ : 0;
    const std::size_t part = std::min(left, static_cast<std::size_t>(count));
    std::memcpy(destination, memory.bytes_.data() + memory.at_, part);
    memory.at_ += part;
    return static_cast<tmsize_t>(part);
}

tmsize_t TiffMemory::refuse_write(thandle_t, void *, tmsize_t) {
    return 0;
}

toff_t TiffMemory::seek(thandle_t file, toff_t offset, int whence) {
    TiffMemory &memory = of(file);
    memory.at_ = offset + (whence == SEEK_CUR ? memory.at_ : whence == SEEK_END ? memory.bytes_.size() : 0);
    return memory.at_;
}

int TiffMemory::keep_open(thandle_t) {
    return 0;
}

toff_t TiffMemory::size(thandle_t file) {
    return of(file).bytes_.size();
}

int TiffMemory::on_error(TIFF *, void *memory, const char *, const char *format, va_list arguments) {
    of(memory).complain(format, arguments);
    return 1;
}

int TiffMemory::on_warning(TIFF *, void *memory, const char *, const char *format, va_list arguments) {
    if (of(memory).minds_warnings_) {
        of(memory).complain(format, arguments);
    }
    return 1;
}

void TiffMemory::complain(const char *format, va_list arguments) {
    char message[256] = {};
    std::vsnprintf(message, sizeof message, format, arguments);
    if (complaint_.empty()) {
        complaint_ = message;
    }
}

}  // namespace fsd
