// Halide's autoschedulers, which come as plug-ins beside its library.
#pragma once

#include "Halide.h"

#include <map>
#include <string>

namespace fsd::compiler {

// Loads an autoscheduler for CPUs and says how to call it: for one thread, unless `options` (by Halide's
// names: beam_size, parallelism, weights_path, ...) say something else. Throws Error(usage) for a name that
// is none of them, Error(unsupported) where its plug-in is not there.
Halide::AutoschedulerParams load_autoscheduler(const std::string &name,
                                               std::map<std::string, std::string> options);

}  // namespace fsd::compiler
