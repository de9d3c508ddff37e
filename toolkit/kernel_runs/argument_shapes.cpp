// Left-out and collapsed axes.
#include "toolkit/kernel_runs/argument_shapes.h"

#include "runtime/error.h"

#include <algorithm>
#include <limits>

namespace fsd {
namespace {

std::string axes_of(const ArgumentSignature &argument) {
    std::string out = "[";
    for (const std::string &axis : argument.axes) {
        out += (out.size() > 1 ? ", " : "") + axis;
    }
    return out + "]";
}

[[noreturn]] void fail(const Signature &signature, const ArgumentSignature &argument, const Shape &array,
                       const std::string &reason) {
    throw Error(ExitCode::bad_input,
                text("The argument '", argument.name, "' of ", signature.op, " has the axes ",
                     axes_of(argument), "; found shape ", to_string(array), ": ", reason, "."));
}

// Which axes of the argument the array does not have.
std::vector<bool> left_out(const ArgumentSignature &argument, std::size_t missing) {
    std::vector<bool> result(argument.axes.size(), false);
    const auto group = std::find(argument.axes.begin(), argument.axes.end(), "group");
    if (missing > 0 && group != argument.axes.end()) {
        result[group - argument.axes.begin()] = true;
        missing--;
    }
    for (std::size_t axis = 0; missing > 0; axis++) {
        missing -= result[axis] ? 0 : 1;
        result[axis] = true;
    }
    return result;
}

int product(const Signature &signature, const ArgumentSignature &argument, const Shape &array,
            std::size_t axes) {
    std::int64_t extent = 1;
    for (std::size_t axis = 0; axis < axes; axis++) {
        extent *= array[axis];
        if (extent > std::numeric_limits<int>::max()) {
            fail(signature, argument, array, "the leading axes together have 2^31 elements or more");
        }
    }
    return static_cast<int>(extent);
}

// An axis that one input leaves out and another one shows is shown.
void record(const std::string &axis, const Shape &extents, Spelling &spelling) {
    Shape &known = spelling.emplace(axis, extents).first->second;
    if (known.empty()) {
        known = extents;
    }
}

}  // namespace

Shape matched(const Signature &signature, const ArgumentSignature &argument, const Shape &array,
              Spelling &spelling) {
    if (std::find(array.begin(), array.end(), 0) != array.end()) {
        fail(signature, argument, array, "an array without elements cannot be used");
    }
    const std::vector<std::string> &axes = argument.axes;
    const std::size_t surplus = array.size() > axes.size() ? array.size() - axes.size() : 0;
    if (surplus > 0 && axes.front() != "site" && axes.front() != "sample") {
        fail(signature, argument, array, "it has too many axes");
    }
    const std::vector<bool> missing =
        left_out(argument, axes.size() > array.size() ? axes.size() - array.size() : 0);
    Shape shape;
    std::size_t next = 0;
    for (std::size_t axis = 0; axis < axes.size(); axis++) {
        const std::size_t count = missing[axis] ? 0 : axis == 0 ? 1 + surplus : 1;
        const Shape extents(array.begin() + next, array.begin() + next + count);
        shape.push_back(product(signature, argument, extents, count));
        record(axes[axis], extents, spelling);
        next += count;
    }
    return shape;
}

Shape spelled(const ArgumentSignature &argument, const Shape &shape, const Spelling &spelling) {
    Shape result;
    for (std::size_t axis = 0; axis < shape.size(); axis++) {
        const auto found = spelling.find(argument.axes[axis]);
        const bool same = found != spelling.end() && element_count(found->second) == std::size_t(shape[axis]);
        const Shape extents = same ? found->second : Shape{shape[axis]};
        result.insert(result.end(), extents.begin(), extents.end());
    }
    return result;
}

}  // namespace fsd
