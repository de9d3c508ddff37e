// Draws the inputs of a case and lays problems out as tensors for a kernel.
#pragma once

#include "cases/case.h"
#include "runtime/call.h"
#include "runtime/devices/mirror.h"

#include <random>

namespace fsd::testing {

// The problem at the given extents with all inputs 0: for what their extents alone decide, as Case::work.
Problem outline(const Case &described, const Extents &extents);

// Inputs of `described` at the given extents, reproducible from the seed. Values are exact in the kernel's
// types.
Problem draw(const Case &described, const Extents &extents, unsigned seed);

// How tensors lie in memory.
enum class Layout {
    dense,
    padded,  // 3 extra elements behind every innermost row and the start off by one element
};

// The tensors of a problem for one kernel: inputs filled, outputs filled with a sentinel.
class Placement {
public:
    // Tensors that `mirrors` takes stay on the kernel's device: then they are dense, and cannot be read.
    Placement(const Kernel &kernel, const Problem &problem, Layout layout, Mirrors *mirrors = nullptr);

    Call &call() { return call_; }
    const std::vector<std::string> &outputs() const { return outputs_; }
    Values read(const std::string &tensor) const;
    // True where nothing was written between the rows and around the outputs.
    bool surroundings_intact() const;

private:
    struct Place {
        std::vector<char> memory;
        Tensor tensor;
    };
    void lay_out(const halide_filter_argument_t &argument, const Shape &shape, Layout layout);

    Call call_;
    std::map<std::string, Place> places_;
    std::vector<std::string> outputs_;
};

}  // namespace fsd::testing
