// Tensors are Halide buffers. Shapes are written outermost axis first (NumPy's C order, last axis = state);
// Halide's dimension 0 is that last axis.
#pragma once

#include "HalideBuffer.h"

#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <vector>

namespace fsd {

// Tensors have at most this many axes. Their description lies within the object: a copy, which shares the
// memory, allocates nothing and cannot fail.
constexpr int most_axes = 6;
using Tensor = Halide::Runtime::Buffer<void, Halide::Runtime::AnyDims, most_axes>;
using Shape = std::vector<int>;

// A dense tensor that owns its memory, 128-byte aligned, not initialized.
// Throws Error(bad_input) for a negative extent, for more than most_axes axes and where the extents but zeros
// make 2^31 elements or more; std::bad_alloc where there is no memory.
Tensor make_tensor(halide_type_t type, const Shape &shape);

// The same for elements of type T, initialized with zeros.
template<typename T>
Tensor make_tensor(const Shape &shape) {
    Tensor tensor = make_tensor(halide_type_of<T>(), shape);
    std::memset(tensor.data(), 0, tensor.size_in_bytes());
    return tensor;
}

// A dense tensor over memory that the caller keeps alive. Allocates only to complain, as make_tensor() does.
Tensor view_tensor(halide_type_t type, void *data, const Shape &shape);
Tensor view_tensor(halide_type_t type, void *data, std::initializer_list<int> shape);

// The same numbers in memory of their own. Throws std::bad_alloc, which Halide's own copy() does not.
Tensor copy_of(const Tensor &tensor);

// The same memory under another shape with as many elements; the tensor must be dense.
Tensor reshaped(const Tensor &tensor, const Shape &shape);

Shape shape_of(const Tensor &tensor);
std::size_t element_count(const Shape &shape);

std::string to_string(const Shape &shape);         // "[10, 28, 28, 1]"
std::string to_string(const halide_type_t &type);  // "float32", "uint8"

}  // namespace fsd
