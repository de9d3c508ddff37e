// Random bits by getrandom(2), which waits until the system has them.
#include "toolkit/demo/token.h"

#include "runtime/error.h"

#include <sys/random.h>

#include <array>

namespace fsd::demo {

std::string random_token() {
    std::array<unsigned char, 16> bits{};  // up to 256 bytes come whole
    if (getrandom(bits.data(), bits.size(), 0) != static_cast<ssize_t>(bits.size())) {
        throw Error(ExitCode::unsupported, "The system gives no random bits for the page's address.");
    }
    std::string token;
    for (const unsigned char byte : bits) {
        constexpr const char *digits = "0123456789abcdef";
        token += {digits[byte >> 4], digits[byte & 15]};
    }
    return token;
}

}  // namespace fsd::demo
