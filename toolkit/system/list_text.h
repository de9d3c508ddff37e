// Lists as one text: "a,b,c".
#pragma once

#include <string>
#include <vector>

namespace fsd {

// The parts between the commas; none of an empty text, and none behind a comma at the end.
std::vector<std::string> split_list(const std::string &list);

std::string joined_list(const std::vector<std::string> &parts, const std::string &between);

}  // namespace fsd
