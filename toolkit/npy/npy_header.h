// The header of a .npy file: a Python dict with the element type, the order and the shape.
#pragma once

#include "runtime/tensor.h"

#include <string>

namespace fsd {

struct NpyHeader {
    halide_type_t type;
    bool big_endian = false;
    bool boolean = false;  // NumPy's bool, read as uint8
    bool fortran_order = false;
    Shape shape;           // below 2^31 elements, where an axis without any counts as one
    std::size_t size = 0;  // bytes before the first element
};

// Throws Error(bad_input) that names the file and what is wrong.
NpyHeader parse_npy_header(const std::string &file, const std::string &path);

// Of the file at `path`, of which only the header is read.
NpyHeader read_npy_header(const std::string &path);

}  // namespace fsd
