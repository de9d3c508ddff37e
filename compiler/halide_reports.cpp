// Halide's own exceptions are not among the standard ones.
#include "compiler/halide_reports.h"

#include "runtime/error.h"

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
        throw Error(ExitCode::internal, text("Halide cannot compile the network: ", message));
    }
};

}  // namespace

void take_halide_reports() {
    static Reporter reporter;
    Halide::set_custom_compile_time_error_reporter(&reporter);
}

}  // namespace fsd::compiler
