// The secret part of the page's address.
#pragma once

#include <string>

namespace fsd::demo {

// 128 random bits of the system as 32 hexadecimal digits. Throws Error(unsupported) where it has none.
std::string random_token();

}  // namespace fsd::demo
