// Options that take a width and a height.
#pragma once

#include <string>

namespace fsd::command_line {

struct WidthHeight {
    int width, height;
};

// What "20x10" says. Throws Error(usage) that names the option and what it takes for anything but two whole
// numbers from 1 on.
WidthHeight extents_for(const std::string &option, const std::string &given, const std::string &taken);

}  // namespace fsd::command_line
