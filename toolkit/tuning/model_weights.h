// The weights of Adams2019's cost model.
#pragma once

#include <string>

namespace fsd::tuning {

// Halide's own weights as a file of them: its package has no such file, but the plug-in holds its bytes.
// Throws Error(unsupported) where they are not found.
std::string built_in_weights(const std::string &plugin);

// $XDG_CACHE_HOME/fsdnet/adams2019.<family>.weights, in ~/.cache where that is not set. Throws
// Error(unsupported) where there is no home either.
std::string weights_in_cache(const std::string &family);

}  // namespace fsd::tuning
