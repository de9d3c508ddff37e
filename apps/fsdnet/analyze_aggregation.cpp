// `fsdnet analyze aggregation`: distributions of aggregation layers, divergences of output nodes.
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"

namespace fsd::command_line {

void add_analyze_aggregation(CLI::App & /*analyze*/) {}

}  // namespace fsd::command_line
