// NumPy arrays as tensors. Nothing is copied unless a name says so.
#pragma once

#include "python/module/module.h"
#include "runtime/tensor.h"

#include <nanobind/ndarray.h>

namespace fsd::python {

using Array = nb::ndarray<nb::ro, nb::device::cpu>;                // numbers of any type and strides
using Floats = nb::ndarray<float, nb::c_contig, nb::device::cpu>;  // written to
using Dense = nb::ndarray<nb::ro, nb::c_contig, nb::device::cpu>;  // read as one block
using Integers = nb::ndarray<const int, nb::c_contig, nb::device::cpu>;

// Samples first .. first + count - 1 along the outermost axis, in place. Strides must fit 32 bits (fits()).
Tensor view_of(const Array &array, std::size_t first, int count);

// How many samples at a time a view can hold, at most `most`; 0 where one sample alone has too large strides.
int samples_in_view(const Array &array, int most);

// Whether the numbers of the innermost axis are neighbors, as kernels want them.
bool has_adjacent_numbers(const Array &array);

// The same samples in memory of their own.
Tensor dense_copy_of(const Array &array, std::size_t first, int count);

Tensor view_of(const Floats &array);
Tensor view_of(const Dense &array);

// Rows first .. first + count - 1 of the array.
Tensor rows_of(const Floats &array, std::size_t first, int count);

}  // namespace fsd::python
