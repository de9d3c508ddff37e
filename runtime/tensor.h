// Tensors are Halide buffers. Shapes are written outermost axis first (NumPy's C order, last axis = state);
// Halide's dimension 0 is that last axis.
#pragma once

#include "HalideBuffer.h"

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace fsd {

using Tensor = Halide::Runtime::Buffer<>;
using Shape = std::vector<int>;

// A dense tensor that owns its memory, 128-byte aligned, not initialized.
// Throws Error(bad_input) for a negative extent and for sizes of 2^31 elements and more.
Tensor make_tensor(halide_type_t type, const Shape &shape);

// The same for elements of type T, initialized with zeros.
template<typename T>
Tensor make_tensor(const Shape &shape) {
    Tensor tensor = make_tensor(halide_type_of<T>(), shape);
    std::memset(tensor.data(), 0, tensor.size_in_bytes());
    return tensor;
}

// A dense tensor over memory that the caller keeps alive.
Tensor view_tensor(halide_type_t type, void *data, const Shape &shape);

// The same memory under another shape with as many elements; the tensor must be dense.
Tensor reshaped(const Tensor &tensor, const Shape &shape);

Shape shape_of(const Tensor &tensor);
std::size_t element_count(const Shape &shape);

std::string to_string(const Shape &shape);         // "[10, 28, 28, 1]"
std::string to_string(const halide_type_t &type);  // "float32", "uint8"

}  // namespace fsd
