// The format: magic, version, length of the header, the header (a Python dict), the elements.
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
#include "toolkit/npy/npy.h"

#include "runtime/error.h"
#include "runtime/formats/input_file.h"
#include "toolkit/npy/convert.h"
#include "toolkit/npy/npy_header.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace fsd {
namespace {

void reverse_bytes(std::string &bytes, std::size_t from, std::size_t width) {
    for (std::size_t at = from; at + width <= bytes.size(); at += width) {
        std::reverse(bytes.begin() + at, bytes.begin() + at + width);
    }
}

// Copies elements that stand first axis fastest to last axis fastest.
void copy_from_fortran_order(const char *source, const Shape &shape, std::size_t width, char *target) {
    const std::size_t count = element_count(shape);
    std::vector<int> index(shape.size(), 0);
    for (std::size_t element = 0; element < count; element++) {
        std::size_t offset = 0;
        for (std::size_t axis = 0; axis < shape.size(); axis++) {
            offset = offset * shape[axis] + index[axis];
        }
        std::memcpy(target + offset * width, source + element * width, width);
        for (std::size_t axis = 0; axis < shape.size() && ++index[axis] == shape[axis]; axis++) {
            index[axis] = 0;
        }
    }
}

Shape index_of(std::size_t element, const Shape &shape) {
    Shape index(shape.size());
    for (std::size_t axis = shape.size(); axis-- > 0; element /= shape[axis]) {
        index[axis] = static_cast<int>(element % shape[axis]);
    }
    return index;
}

// Every element is a number that float32 holds.
template<typename Element>
void check_finite(const Tensor &tensor, const std::string &path) {
    const auto *values = static_cast<const Element *>(tensor.data());
    for (std::size_t i = 0; i < tensor.number_of_elements(); i++) {
        if (!std::isfinite(static_cast<float>(values[i]))) {
            throw Error(ExitCode::bad_input,
                        text("The file '", path,
                             "' must hold finite numbers of float32; "
                             "its element ",
                             to_string(index_of(i, shape_of(tensor))), " is ", values[i], "."));
        }
    }
}

std::string descriptor_of(const halide_type_t &type) {
    const char family = type.code == halide_type_float ? 'f' : type.code == halide_type_uint ? 'u' : 'i';
    return (type.bits == 8 ? "|" : "<") + std::string(1, family) + std::to_string(type.bits / 8);
}

std::string header_of(const halide_type_t &type, const Shape &shape) {
    std::string extents;
    for (int extent : shape) {
        extents += std::to_string(extent) + ", ";
    }
    std::string header =
        "{'descr': '" + descriptor_of(type) + "', 'fortran_order': False, 'shape': (" + extents + "), }";
    const std::size_t preamble = 10, alignment = 64;
    header.append(alignment - 1 - (preamble + header.size()) % alignment, ' ');
    return header + '\n';
}

}  // namespace

Tensor read_npy(const std::string &path) {
    const NpyHeader header = read_npy_header(path);
    const InputFile file(path);
    const std::size_t width = header.type.bytes(), needed = element_count(header.shape) * width;
    if (file.size() - header.size != needed) {
        throw Error(ExitCode::bad_input,
                    text("The file '", path, "' should hold ", needed, " bytes of elements for shape ",
                         to_string(header.shape), " but holds ", file.size() - header.size, "."));
    }
    std::string bytes = file.whole();
    Tensor tensor = make_tensor(header.type, header.shape);
    if (header.big_endian) {
        reverse_bytes(bytes, header.size, width);
    }
    auto *target = static_cast<char *>(tensor.data());
    if (header.fortran_order) {
        copy_from_fortran_order(bytes.data() + header.size, header.shape, width, target);
    } else {
        std::memcpy(target, bytes.data() + header.size, needed);
    }
    return tensor;
}

Tensor read_npy_floats(const std::string &path) {
    const Tensor tensor = read_npy(path);
    if (tensor.type() == halide_type_of<float>()) {
        check_finite<float>(tensor, path);
    } else if (tensor.type() == halide_type_of<double>()) {
        check_finite<double>(tensor, path);
    }
    return converted(tensor, halide_type_of<float>(), text("The file '", path, "'")).tensor;
}

std::string npy_bytes(const Tensor &tensor, const Shape &shape) {
    if (element_count(shape) != tensor.number_of_elements()) {
        throw Error(ExitCode::internal, text("A tensor of shape ", to_string(shape_of(tensor)),
                                             " cannot be written as ", to_string(shape), "."));
    }
    const std::string header = header_of(tensor.type(), shape);
    std::string file("\x93NUMPY\x01\x00", 8);
    file += static_cast<char>(header.size() & 0xff);
    file += static_cast<char>(header.size() >> 8);
    file += header;
    file.append(static_cast<const char *>(tensor.data()),
                tensor.number_of_elements() * tensor.type().bytes());
    return file;
}

}  // namespace fsd
