// Every failure is an Error: a sentence that names the thing, what was expected, what was found and the
// remedy.
#pragma once

#include <locale>
#include <sstream>
#include <stdexcept>
#include <string>

namespace fsd {

// The process's exit code that belongs to a failure; the command line documents the same numbers.
enum class ExitCode {
    ok = 0,
    check_failed = 1,  // the program did what was asked, and what it checked does not hold
    usage = 2,         // an argument that makes no sense
    bad_input = 3,     // a file, shape or value that cannot be used
    unsupported = 4,   // this build or machine lacks what was asked for
    internal = 5,      // a fault of fsdnet itself
};

class Error : public std::runtime_error {
public:
    Error(ExitCode code, const std::string &sentence);
    ExitCode code() const { return code_; }

private:
    ExitCode code_;
};

// Writes its arguments one after the other: text("expected ", 3, " axes, found ", 2). The same in every
// locale.
template<typename... Parts>
std::string text(const Parts &...parts) {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    (out << ... << parts);
    return out.str();
}

}  // namespace fsd
