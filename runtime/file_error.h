// A file that the system does not let us read or write, apart from one whose contents are at fault.
#pragma once

#include "runtime/error.h"

namespace fsd {

class FileError : public Error {
public:
    explicit FileError(const std::string &sentence) : Error(ExitCode::bad_input, sentence) {}
};

}  // namespace fsd
