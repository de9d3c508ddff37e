// The processor of this machine.
#pragma once

#include <string>

namespace fsd {

// As the system calls it, e.g. "AMD EPYC 7B13"; "unknown" where it does not say.
std::string processor_name();

}  // namespace fsd
