// Makes, views and describes tensors.
#include "runtime/tensor.h"

#include "runtime/error.h"

#include <array>
#include <cstdlib>
#include <limits>
#include <new>

namespace fsd {
namespace {

// Zeros do not count: strides are products of the other extents.
void check_shape(const int *shape, std::size_t axes) {
    const auto found = [&] { return to_string(Shape(shape, shape + axes)); };
    if (axes > most_axes) {
        throw Error(ExitCode::bad_input,
                    text("A tensor has at most ", most_axes, " axes; found ", found(), "."));
    }
    int64_t elements = 1;
    for (std::size_t axis = 0; axis < axes; axis++) {
        const int extent = shape[axis];
        if (extent < 0) {
            throw Error(ExitCode::bad_input,
                        text("A tensor's extents must not be negative; found ", found(), "."));
        }
        elements *= extent > 0 ? extent : 1;
        if (elements > std::numeric_limits<int32_t>::max()) {
            throw Error(ExitCode::bad_input, text("A tensor of shape ", found(),
                                                  " has 2^31 elements or more; split the batch into "
                                                  "smaller ones."));
        }
    }
}

Tensor dense_tensor(halide_type_t type, void *data, const int *shape, std::size_t axes) {
    check_shape(shape, axes);
    std::array<halide_dimension_t, most_axes> innermost_first{};
    int stride = 1;
    for (std::size_t i = 0; i < axes; i++) {
        const int extent = shape[axes - 1 - i];
        innermost_first[i] = halide_dimension_t(0, extent, stride);
        stride *= extent;
    }
    return Tensor(type, data, static_cast<int>(axes), innermost_first.data());
}

// Halide uses what it is given without a look.
void *take_memory(std::size_t bytes) {
    void *memory = std::malloc(bytes);  // NOLINT(cppcoreguidelines-no-malloc,cppcoreguidelines-owning-memory)
    if (!memory) {
        throw std::bad_alloc();
    }
    return memory;
}

}  // namespace

Tensor make_tensor(halide_type_t type, const Shape &shape) {
    Tensor tensor = dense_tensor(type, nullptr, shape.data(), shape.size());
    tensor.allocate(take_memory, std::free);
    return tensor;
}

Tensor view_tensor(halide_type_t type, void *data, const Shape &shape) {
    return dense_tensor(type, data, shape.data(), shape.size());
}

Tensor view_tensor(halide_type_t type, void *data, std::initializer_list<int> shape) {
    return dense_tensor(type, data, shape.begin(), shape.size());
}

Tensor copy_of(const Tensor &tensor) {
    return tensor.copy(take_memory, std::free);
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
