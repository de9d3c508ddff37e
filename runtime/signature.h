// What a kernel's arguments mean: their axes by name, outermost first (NumPy's C order). One signature per
// op, shared by all its schedules; read by the command line, the network's planner, the tests and the
// benchmarks.
#pragma once

#include "runtime/tensor.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace fsd {

// Extents of axes and values of integer scalars, by name.
using Extents = std::map<std::string, int>;

struct ArgumentSignature {
    std::string name;
    std::vector<std::string> axes;  // empty for a scalar
    std::string meaning;            // one line: unit, range
};

struct Signature {
    std::string op;
    std::string summary;  // one line with the formula
    std::vector<ArgumentSignature> arguments;
    // Adds the extents of axes that only outputs have, from those of the inputs and the scalars; may be
    // empty.
    std::function<void(Extents &)> derive;
};

// Registers at static initialization: `static const SignatureOf kld_conv{{"kld_conv", ...}};`
struct SignatureOf {
    explicit SignatureOf(Signature signature);
};

// Throws Error(unsupported) for an op without signature.
const Signature &signature_of(const std::string &op);
const ArgumentSignature &argument_of(const Signature &signature, const std::string &name);

// Records the extents of a tensor's axes. Throws Error(bad_input) where an axis has another extent already.
void unify(const Signature &signature, const std::string &argument, const Shape &shape, Extents &extents);

// The shape of an argument once all its axes are known. Throws Error(usage) that names the unknown axis.
Shape shape_of(const Signature &signature, const std::string &argument, const Extents &extents);

// Number of window positions along an axis: (extent + 2 padding - window) / stride + 1, at least 0.
int window_positions(int extent, int window, int stride, int padding);

// Number of pooling windows that start inside the axis and cover it (ceil mode).
int pool_positions(int extent, int window, int stride);

}  // namespace fsd
