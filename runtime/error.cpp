// Error carries its exit code beside the sentence.
#include "runtime/error.h"

#include "runtime/formats/printable_text.h"

namespace fsd {

// What of the sentence acts on a terminal, as names from files may, is escaped here, for all who show it.
Error::Error(ExitCode code, const std::string &sentence)
    : std::runtime_error(printable_text(sentence)), code_(code) {}

}  // namespace fsd
