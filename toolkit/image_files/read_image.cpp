// Reads the file whole: the formats' libraries take bytes in memory.
#include "toolkit/image_files/read_image.h"

#include "runtime/error.h"
#include "runtime/formats/input_file.h"
#include "toolkit/image_files/decode_image.h"
#include "toolkit/image_files/image_limits.h"

namespace fsd {

std::vector<std::uint8_t> read_image_bytes(const std::string &path) {
    const InputFile file(path);
    if (file.size() > largest_image_file()) {
        throw Error(ExitCode::bad_input, text("The image '", path, "' cannot be read: it has ", file.size(),
                                              " bytes, and at most ", largest_image_file(), " are read."));
    }
    std::vector<std::uint8_t> bytes(file.size());
    file.read(0, bytes.data(), bytes.size());
    return bytes;
}

cv::Mat read_image(const std::string &path) {
    return decode_image(read_image_bytes(path), "'" + path + "'");
}

cv::Mat read_alpha(const std::string &path) {
    return decode_alpha(read_image_bytes(path), "'" + path + "'");
}

}  // namespace fsd
