// Text within HTML and SVG.
#pragma once

#include <string>

namespace fsd {

// With references in place of &, <, > and ", so that none of it is read as markup.
std::string markup_text(const std::string &plain);

}  // namespace fsd
