// The words of a generator's arguments.
#pragma once

#include <sstream>
#include <string>
#include <vector>

namespace fsd {

inline std::vector<std::string> parts(const std::string &text, char separator) {
    std::vector<std::string> found;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, separator);) {
        found.push_back(part);
    }
    return found;
}

}  // namespace fsd
