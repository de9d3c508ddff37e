// The name that somebody who mistyped one probably meant.
#pragma once

#include <string>
#include <vector>

namespace fsd {

// How many letters must be added, left out, changed or exchanged with their neighbor to make one name of the
// other (optimal string alignment).
int typing_errors(const std::string &typed, const std::string &name);

// The name with the fewest typing errors: at most one in three letters of what was typed, or, where there is
// none, the first name that begins with it. Empty where no name is close.
std::string closest_name(const std::string &typed, const std::vector<std::string> &names);

}  // namespace fsd
