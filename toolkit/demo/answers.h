// What the page is told, as JSON (docs/demo.md).
#pragma once

#include "toolkit/demo/reading.h"

namespace fsd::demo {

// What the page needs to know of the network: its name, its input, its classes, its layers.
std::string network_json(const PictureReader &reader, const std::string &name);

std::string reading_json(const Reading &reading);

std::string evidence_json(const Explanation &explanation);

}  // namespace fsd::demo
