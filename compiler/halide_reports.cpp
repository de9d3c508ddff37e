// Halide's own exceptions are not among the standard ones.
#include "compiler/halide_reports.h"

#include "Halide.h"

#include <iostream>
#include <string>

namespace fsd::compiler {
namespace {

class Reporter : public Halide::CompileTimeErrorReporter {
public:
    void warning(const char *message) override {
        if (std::string(message).find("Ignoring assertion inside") == std::string::npos) {
            std::cerr << message;
        }
    }
    [[noreturn]] void error(const char *message) override {
        std::string sentence = message;
        while (!sentence.empty() && sentence.back() == '\n') {
            sentence.pop_back();
        }
        throw Error(code, text("Halide cannot compile ", what, ": ", sentence));
    }

    std::string what;
    ExitCode code = ExitCode::internal;
};

}  // namespace

void take_halide_reports(const std::string &what, ExitCode code) {
    static Reporter reporter;
    reporter.what = what;
    reporter.code = code;
    Halide::set_custom_compile_time_error_reporter(&reporter);
}

}  // namespace fsd::compiler
