// `fsdnet analyze moments`: means and covariances of activations, measured and propagated.
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"

namespace fsd::command_line {

void add_analyze_moments(CLI::App & /*analyze*/) {}

}  // namespace fsd::command_line
