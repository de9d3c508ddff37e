// Makes, views and describes tensors.
#include "runtime/tensor.h"

#include "runtime/error.h"

#include <algorithm>
#include <limits>

namespace fsd {
namespace {

void check_size(const Shape &shape) {
    double elements = 1;
    for (int extent : shape) {
        if (extent < 0) {
            throw Error(ExitCode::bad_input,
                        text("A tensor's extents must not be negative; found ", to_string(shape), "."));
        }
        elements *= extent;
    }
    if (elements > std::numeric_limits<int32_t>::max()) {
        throw Error(ExitCode::bad_input,
                    text("A tensor of shape ", to_string(shape),
                         " has 2^31 elements or more; split the batch into smaller ones."));
    }
}

std::vector<int> innermost_first(const Shape &shape) {
    return {shape.rbegin(), shape.rend()};
}

}  // namespace

Tensor make_tensor(halide_type_t type, const Shape &shape) {
    check_size(shape);
    Tensor tensor(type, innermost_first(shape));
    if (!tensor.data()) {
        tensor.allocate();  // without elements, but with an address
    }
    return tensor;
}

Tensor view_tensor(halide_type_t type, void *data, const Shape &shape) {
    check_size(shape);
    return Tensor(type, data, innermost_first(shape));
}

Tensor reshaped(const Tensor &tensor, const Shape &shape) {
    if (element_count(shape) != tensor.number_of_elements() ||
        tensor.size_in_bytes() != tensor.number_of_elements() * tensor.type().bytes()) {
        throw Error(ExitCode::internal,
                    text("A tensor of shape ", to_string(shape_of(tensor)), " cannot be seen as ",
                         to_string(shape), ": it must be dense and have as many elements."));
    }
    return view_tensor(tensor.type(), const_cast<void *>(tensor.data()), shape);
}

Shape shape_of(const Tensor &tensor) {
    Shape shape;
    for (int axis = tensor.dimensions() - 1; axis >= 0; axis--) {
        shape.push_back(tensor.dim(axis).extent());
    }
    return shape;
}

std::size_t element_count(const Shape &shape) {
    std::size_t count = 1;
    for (int extent : shape) {
        count *= static_cast<std::size_t>(extent);
    }
    return count;
}

std::string to_string(const Shape &shape) {
    std::string out = "[";
    for (std::size_t axis = 0; axis < shape.size(); axis++) {
        out += (axis ? ", " : "") + std::to_string(shape[axis]);
    }
    return out + "]";
}

std::string to_string(const halide_type_t &type) {
    const char *family = type.code == halide_type_float  ? "float"
                         : type.code == halide_type_uint ? "uint"
                                                         : "int";
    return family + std::to_string(type.bits);
}

}  // namespace fsd
