// What is sent to the page of `fsdnet demo`, right and wrong.
#pragma once

#include <string>
#include <vector>

namespace fsd::testing {

// As tests/fuzz/demo.cpp takes them: six lines and a body.
std::vector<std::string> page_requests();

// As a connection brings them.
std::vector<std::string> connections();

}  // namespace fsd::testing
