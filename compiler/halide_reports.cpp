// Halide's own exceptions are not among the standard ones.
#include "compiler/halide_reports.h"

#include "compiler/supervision.h"

#include "Halide.h"

#include <exception>
#include <iostream>
#include <optional>
#include <string>

namespace fsd::compiler {
namespace {

class Reporter : public Halide::CompileTimeErrorReporter {
public:
    void warning(const char *message) override {
        if (std::string(message).find("guaranteed to fail an assertion") != std::string::npos) {
            error(message);
        }
        for (const char *known : {"Ignoring assertion inside", "Not folding Func"}) {
            if (std::string(message).find(known) != std::string::npos) {
                return;
            }
        }
        std::cerr << message;
    }
    [[noreturn]] void error(const char *message) override {
        std::string sentence = message;
        while (!sentence.empty() && sentence.back() == '\n') {
            sentence.pop_back();
        }
        if (std::uncaught_exceptions() > 0) {  // of what the first failure left behind, in a destructor
            end_with(*first);
        }
        first.emplace(code, text("Halide cannot compile ", what, ": ", sentence));
        throw Error(*first);
    }

    std::string what;
    ExitCode code = ExitCode::internal;
    std::optional<Error> first;
};

}  // namespace

void take_halide_reports(const std::string &what, ExitCode code) {
    static Reporter reporter;
    reporter.what = what;
    reporter.code = code;
    Halide::set_custom_compile_time_error_reporter(&reporter);
}

}  // namespace fsd::compiler
