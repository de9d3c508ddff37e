// Redirects std::cout, which all verbs print their text to.
#include "apps/fsdnet/outputs.h"

#include "runtime/error.h"

#include <iostream>

namespace fsd::command_line {

void prepare_outputs(const std::vector<FileRole> &inputs, const std::vector<FileRole> &outputs, bool json) {
    check_outputs(inputs, outputs);
    for (const FileRole &output : outputs) {
        if (output.path.empty() || !is_standard_output(output.path)) {
            continue;
        }
        if (json) {
            throw Error(ExitCode::usage, text("--json and ", output.role,
                                              " would both go to the standard output; name a file."));
        }
        std::cout.flush();
        std::cout.rdbuf(std::cerr.rdbuf());
    }
}

}  // namespace fsd::command_line
