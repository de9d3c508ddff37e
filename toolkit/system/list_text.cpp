// Parts are kept as they are, blanks included.
#include "toolkit/system/list_text.h"

#include <sstream>

namespace fsd {

std::vector<std::string> split_list(const std::string &list) {
    std::vector<std::string> parts;
    std::istringstream in(list);
    for (std::string part; std::getline(in, part, ',');) {
        parts.push_back(part);
    }
    return parts;
}

std::string joined_list(const std::vector<std::string> &parts, const std::string &between) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); i++) {
        out += (i == 0 ? "" : between) + parts[i];
    }
    return out;
}

}  // namespace fsd
