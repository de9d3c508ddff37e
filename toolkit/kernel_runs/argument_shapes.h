// Matches the axes of arrays as users have them with the axes of a kernel's arguments.
//
// An argument with the axes [site, group, state] takes
//   - an array with three axes as it is;
//   - one with fewer: the axis `group` is left out first (one group), then leading axes (extent 1);
//   - one with more: its leading axes are collapsed into `site`. Only `site` and `sample` can be collapsed.
// Results come back the way their axes were spelled in the inputs: [rows, states] in, [rows, states] out.
#pragma once

#include "runtime/signature.h"

#include <map>
#include <string>

namespace fsd {

// How the inputs spell each axis: its extents in the array; none where it was left out, several where
// collapsed.
using Spelling = std::map<std::string, Shape>;

// The array's shape with the argument's axes. Records how each axis was spelled, unless another input showed
// it already. Throws Error(bad_input) where the shape cannot be matched.
Shape matched(const Signature &signature, const ArgumentSignature &argument, const Shape &array,
              Spelling &spelling);

// The shape in which a result of shape `shape` is given back.
Shape spelled(const ArgumentSignature &argument, const Shape &shape, const Spelling &spelling);

}  // namespace fsd
