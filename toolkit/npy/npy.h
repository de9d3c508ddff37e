// NumPy's .npy files, versions 1 to 3: read into tensors in C order, written in version 1.
#pragma once

#include "runtime/tensor.h"

#include <string>

namespace fsd {

// Reads booleans, integers of 8 to 64 bits, float32 and float64, of either byte order; Fortran order is
// converted. The tensor has the file's element type (booleans become uint8). Throws Error(bad_input) that
// names the file and what is wrong with it: magic, version, header, element type, shape, missing or surplus
// bytes. Takes no memory for elements that the file does not hold.
Tensor read_npy(const std::string &path);

// The same as float32: other element types are rounded to the nearest number. Throws Error(bad_input) also
// for a NaN, an infinity or a number beyond float32, with its index.
Tensor read_npy_floats(const std::string &path);

// The bytes of a file that holds the tensor's elements (dense, C order) under `shape`, which must have as
// many elements.
std::string npy_bytes(const Tensor &tensor, const Shape &shape);

}  // namespace fsd
