// Maps activations to the axes of the kernels' arguments.
#include "runtime/planning/step.h"

#include "runtime/error.h"

#include <numeric>

namespace fsd {
namespace {

int product(const Shape &shape) {
    return std::accumulate(shape.begin(), shape.end(), 1, std::multiplies<>());
}

// The extent of any axis of an activation but the last one, 0 for an axis that activations do not have.
int extent_of(const std::string &axis, const Activation &activation) {
    const Shape &shape = activation.shape;
    if (axis == "sample") {
        return activation.samples;
    }
    if (axis == "site") {
        return activation.samples * shape[0] * shape[1];
    }
    if (axis == "y" || axis == "output_y" || axis == "pool_y") {
        return shape[0];
    }
    if (axis == "x" || axis == "output_x" || axis == "pool_x") {
        return shape[1];
    }
    return axis == "group" ? shape[2] : 0;
}

Shape shape_for(const Kernel &kernel, const ArgumentSignature &argument, const Activation &activation) {
    Shape shape;
    for (std::size_t i = 0; i + 1 < argument.axes.size(); i++) {
        shape.push_back(extent_of(argument.axes[i], activation));
        if (shape.back() == 0) {
            throw Error(ExitCode::unsupported,
                        text("A network cannot feed the argument '", argument.name, "' of ", kernel.name,
                             ": it has no axis '", argument.axes[i], "'."));
        }
    }
    shape.push_back(activation.samples * product(activation.shape) / product(shape));
    return shape;
}

}  // namespace

Step::Step(const Kernel &kernel, int last_layer, const Mirrors *mirrors)
    : kernel_(&kernel),
      signature_(&signature_of(kernel.op)),
      last_layer_(last_layer),
      call_(kernel, mirrors) {}

void Step::bind(const std::string &argument, const Activation &activation) {
    const Shape shape = shape_for(*kernel_, argument_of(*signature_, argument), activation);
    bind(argument,
         view_tensor(activation.numbers.type(), const_cast<void *>(activation.numbers.data()), shape));
    batched_.push_back({&call_.buffer(argument), shape.front() / activation.samples});
}

void Step::bind(const std::string &argument, const Tensor &tensor) {
    call_.set(argument, tensor);
    bound_.insert(argument);
    shapes_[argument] = shape_of(tensor);
}

void Step::bind(const std::string &argument, int extent) {
    bind(argument, static_cast<double>(extent));
    extents_[argument] = extent;
}

void Step::bind(const std::string &argument, double scalar) {
    call_.set(argument, scalar);
    bound_.insert(argument);
}

void Step::bind_output(const Activation &activation) {
    for (int i = 0; i < kernel_->about->num_arguments; i++) {
        if (kernel_->about->arguments[i].kind == halide_argument_kind_output_buffer &&
            !is_bound(kernel_->about->arguments[i].name)) {
            bind(kernel_->about->arguments[i].name, activation);
        }
    }
}

Extents Step::extents() const {
    Extents extents = extents_;
    for (int i = 0; i < kernel_->about->num_arguments; i++) {
        const halide_filter_argument_t &argument = kernel_->about->arguments[i];
        if (argument.kind == halide_argument_kind_input_buffer) {
            unify(*signature_, argument.name, shapes_.at(argument.name), extents);
        }
    }
    return extents;
}

void Step::check() const {
    for (int i = 0; i < kernel_->about->num_arguments; i++) {
        const halide_filter_argument_t &argument = kernel_->about->arguments[i];
        if (bound_.count(argument.name) == 0) {
            throw Error(ExitCode::unsupported, text("A network has nothing to give to the argument '",
                                                    argument.name, "' of ", kernel_->name, "."));
        }
    }
    Extents extents = this->extents();
    if (signature_->derive) {
        signature_->derive(extents);
    }
    for (const auto &[argument, shape] : shapes_) {
        const Shape derived = shape_of(*signature_, argument, extents);
        if (derived != shape) {
            throw Error(ExitCode::unsupported,
                        text("The kernel ", kernel_->name, " gives '", argument, "' the shape ",
                             to_string(derived), ", but the layers need ", to_string(shape), "."));
        }
    }
}

void Step::resize(int samples) {
    for (const Batched &batched : batched_) {
        batched.buffer->dim[batched.buffer->dimensions - 1].extent = samples * batched.per_sample;
    }
}

}  // namespace fsd
