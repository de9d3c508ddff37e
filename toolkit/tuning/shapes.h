// Shapes by hand, and what a generator is told of them.
#pragma once

#include "runtime/signature.h"

#include <string>

namespace fsd::tuning {

// Throws Error(usage), beginning with `what`, for a name that is no axis and no scalar of the op.
void require_axis(const std::string &op, const std::string &name, const std::string &what);

// "sample=64,input=512,output=10". Throws Error(usage), in which the text is called by `option`.
Extents read_shape(const std::string &op, const std::string &option, const std::string &shape);

// The extents of all arguments as a generator takes them: innermost first, a scalar's value behind its name.
// Throws Error(usage) that names an axis that is missing.
std::string estimates_of(const std::string &op, Extents shape);

// The same for an autoscheduler. Anderson2021 of Halide 21 ends with an internal error where a loop has no
// turn, which is what whole panels of filters leave of the loop over the rest; it sees a few inputs and
// outputs more.
std::string estimates_for(const std::string &autoscheduler, const std::string &op, Extents shape);

}  // namespace fsd::tuning
