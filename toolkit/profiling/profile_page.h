// A profile as one page of HTML that needs nothing else: a bar for each kernel, and a table.
#pragma once

#include "toolkit/profiling/network_profile.h"

#include <string>

namespace fsd {

// title: of the page; shown as text, whatever it holds.
std::string page_of(const NetworkProfile &profile, const std::string &title);

}  // namespace fsd
