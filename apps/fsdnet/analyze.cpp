// `fsdnet analyze`: what a layer passes on; each analysis is a verb of its own, in a file of its own.
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"

namespace fsd::command_line {

void add_analyze(CLI::App &program) {
    CLI::App &analyze =
        add_verb(program, "analyze", "Say what layers pass on: moments, distributions of pooled features",
                 "fsdnet analyze moments --model models/mnist-16-32.safetensors --data ../shared/data/mnist");
    analyze.require_subcommand(1);
    add_analyze_moments(analyze);
    add_analyze_aggregation(analyze);
    add_analyze_teacher(analyze);
    add_analyze_features(analyze);
}

}  // namespace fsd::command_line
