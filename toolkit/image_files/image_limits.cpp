// Limits that a user can raise.
#include "toolkit/image_files/image_limits.h"

#include "runtime/error.h"
#include "toolkit/image_files/decoding_failure.h"

#include <cstdlib>
#include <string>

namespace fsd {
namespace {

constexpr const char *variable = "FSDNET_MAX_MEGAPIXELS";
constexpr std::uint64_t usual_area = std::uint64_t(1) << 27;
constexpr std::uint64_t million = 1000000, most_millions = 4000;

}  // namespace

std::uint64_t largest_image_area() {
    const char *wanted = std::getenv(variable);
    if (!wanted) {
        return usual_area;
    }
    const std::string digits = wanted;
    const bool is_number =
        !digits.empty() && digits.size() <= 4 && digits.find_first_not_of("0123456789") == std::string::npos;
    const std::uint64_t millions = is_number ? std::stoul(digits) : 0;
    if (millions < 1 || millions > most_millions) {
        throw Error(ExitCode::usage,
                    text("The variable ", variable, " is '", digits,
                         "'; expected a number of million pixels from 1 to ", most_millions, "."));
    }
    return millions * million;
}

std::uint64_t largest_image_file() {
    return 8 * largest_image_area();
}

void check_extents(std::uint64_t width, std::uint64_t height) {
    if (width == 0 || height == 0) {
        throw DecodingFailure(text("its header says ", width, " x ", height, " pixels"));
    }
    if (width > largest_image_side || height > largest_image_side) {
        throw DecodingFailure(
            text("it has ", width, " x ", height, " pixels; a side has at most ", largest_image_side));
    }
    if (width * height > largest_image_area()) {
        throw DecodingFailure(text("it has ", width, " x ", height, " pixels, and at most ",
                                   largest_image_area() / million,
                                   " million are read; make it smaller, or set ", variable, "=",
                                   (width * height + million - 1) / million));
    }
}

}  // namespace fsd
