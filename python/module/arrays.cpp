// Shapes and strides from Python's order (outermost first) to Halide's (innermost first).
#include "python/module/arrays.h"

#include "runtime/error.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>

namespace fsd::python {
namespace {

constexpr int64_t most = std::numeric_limits<int32_t>::max();

halide_type_t type_of(const nb::dlpack::dtype &type) {
    using Code = nb::dlpack::dtype_code;
    switch (static_cast<Code>(type.code)) {
    case Code::Int:
        return {halide_type_int, type.bits};
    case Code::UInt:
        return {halide_type_uint, type.bits};
    case Code::Float:
        return {halide_type_float, type.bits};
    default:
        throw Error(ExitCode::bad_input, "The array must hold integers or real numbers.");
    }
}

template<typename Any>
Shape shape_from(const Any &array) {
    Shape shape;
    for (std::size_t axis = 0; axis < array.ndim(); axis++) {
        if (array.shape(axis) > static_cast<std::size_t>(most)) {
            throw Error(ExitCode::bad_input, text("An array's axis has at most ", most, " elements; found ",
                                                  array.shape(axis), "; give less at a time."));
        }
        shape.push_back(static_cast<int>(array.shape(axis)));
    }
    return shape;
}

template<typename Any>
void *address(const Any &array, int64_t elements) {
    auto *data = static_cast<std::uint8_t *>(const_cast<void *>(static_cast<const void *>(array.data())));
    return data + elements * static_cast<int64_t>(array.itemsize());
}

}  // namespace

bool has_adjacent_numbers(const Array &array) {
    const std::size_t last = array.ndim() - 1;
    return array.shape(last) <= 1 || array.stride(last) == 1;
}

int samples_in_view(const Array &array, int at_most) {
    for (std::size_t axis = 1; axis < array.ndim(); axis++) {
        if (array.shape(axis) > 1 &&
            std::abs(array.stride(axis)) > most / static_cast<int64_t>(array.shape(axis))) {
            return 0;
        }
    }
    const int64_t stride = std::abs(array.stride(0));
    return static_cast<int>(std::clamp<int64_t>(stride > 0 ? most / stride : at_most, 1, at_most));
}

Tensor view_of(const Array &array, std::size_t first, int count) {
    Shape shape = shape_from(array);
    shape.at(0) = count;
    if (shape.size() > most_axes) {
        throw Error(ExitCode::bad_input,
                    text("An array has at most ", most_axes, " axes; found ", shape.size(), "."));
    }
    std::array<halide_dimension_t, most_axes> innermost_first{};
    for (std::size_t i = 0; i < shape.size(); i++) {
        const std::size_t axis = shape.size() - 1 - i;
        // The stride of a single element means nothing, and may be anything.
        const auto stride = shape[axis] > 1 ? static_cast<int>(array.stride(axis)) : 1;
        innermost_first[i] = halide_dimension_t(0, shape[axis], stride);
    }
    void *data = address(array, static_cast<int64_t>(first) * array.stride(0));
    return Tensor(type_of(array.dtype()), data, static_cast<int>(shape.size()), innermost_first.data());
}

Tensor dense_copy_of(const Array &array, std::size_t first, int count) {
    const Tensor view = view_of(array, first, count);
    Tensor copy = make_tensor(view.type(), shape_of(view));
    copy.copy_from(view);
    return copy;
}

Tensor view_of(const Floats &array) {
    return view_tensor(halide_type_of<float>(), address(array, 0), shape_from(array));
}

Tensor view_of(const Dense &array) {
    return view_tensor(type_of(array.dtype()), address(array, 0), shape_from(array));
}

Tensor rows_of(const Floats &array, std::size_t first, int count) {
    Shape shape = shape_from(array);
    shape.at(0) = count;
    int64_t row = 1;
    for (std::size_t axis = 1; axis < shape.size(); axis++) {
        row *= shape[axis];
    }
    return view_tensor(halide_type_of<float>(), address(array, static_cast<int64_t>(first) * row), shape);
}

}  // namespace fsd::python
