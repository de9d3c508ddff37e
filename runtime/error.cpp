// Error carries its exit code beside the sentence.
#include "runtime/error.h"

namespace fsd {

Error::Error(ExitCode code, const std::string &sentence) : std::runtime_error(sentence), code_(code) {}

}  // namespace fsd
