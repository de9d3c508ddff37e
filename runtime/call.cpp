// Binds arguments against the kernel's own metadata and turns its return codes into Errors.
#include "runtime/call.h"

#include "runtime/device.h"
#include "runtime/devices/mirror.h"
#include "runtime/error.h"
#include "runtime/instruction_set.h"
#include "runtime/shape_kernels.h"
#include "runtime/system/floating_point.h"
#include "runtime/system/halide_errors.h"
#include "runtime/system/scratch_memory.h"
#include "runtime/threads.h"

#include <cmath>

namespace fsd {
namespace {

template<typename T>
bool store(double value, T &place) {
    place = static_cast<T>(value);
    return static_cast<double>(place) == value;
}

bool store(double value, const halide_type_t &type, halide_scalar_value_t &place) {
    if (type == halide_type_of<float>()) {
        place.u.f32 = static_cast<float>(value);
        return std::isfinite(place.u.f32) || !std::isfinite(value);
    }
    if (type == halide_type_of<double>()) {
        place.u.f64 = value;
        return true;
    }
    if (std::fabs(value) > 2147483647.0) {
        return false;
    }
    return type == halide_type_of<int32_t>() && store(value, place.u.i32);
}

// What a device's driver computes on the host is nothing of the kernel's.
int run_kernel(const Kernel &kernel, void **arguments, bool on_device) {
    const FloatingPointMode mode =
        on_device ? FloatingPointMode::standard() : FloatingPointMode::of_kernels();
    return kernel.call(arguments);
}

}  // namespace

Call::Call(const Kernel &kernel, const Mirrors *mirrors)
    : kernel_(&kernel),
      device_(device_interface(kernel.schedule)),
      mirrors_(mirrors),
      tensors_(kernel.about->num_arguments),
      scalars_(kernel.about->num_arguments),
      pointers_(kernel.about->num_arguments),
      mirror_of_(kernel.about->num_arguments) {
    choose_instruction_set();
    install_error_handler();
    pool_scratch_memory();
    start_threads();
}

bool Call::has(const std::string &argument) const {
    for (int i = 0; i < kernel_->about->num_arguments; i++) {
        if (argument == kernel_->about->arguments[i].name) {
            return true;
        }
    }
    return false;
}

// Allocates only to complain: scalars are set while a network runs.
int Call::index_of(const std::string &argument) const {
    const int count = kernel_->about->num_arguments;
    for (int i = 0; i < count; i++) {
        if (argument == kernel_->about->arguments[i].name) {
            return i;
        }
    }
    std::string known;
    for (int i = 0; i < count; i++) {
        known += (i ? ", " : "") + std::string(kernel_->about->arguments[i].name);
    }
    throw Error(ExitCode::usage, text("The kernel ", kernel_->name, " has no argument '", argument,
                                      "'; it takes ", known, "."));
}

Call &Call::set(const std::string &argument, const Tensor &tensor) {
    const int index = index_of(argument);
    const halide_filter_argument_t &expected = kernel_->about->arguments[index];
    if (expected.kind == halide_argument_kind_input_scalar) {
        throw Error(ExitCode::usage,
                    text("The argument '", argument, "' of ", kernel_->name, " is a number, not a tensor."));
    }
    if (tensor.type() != expected.type || tensor.dimensions() != expected.dimensions) {
        throw Error(ExitCode::bad_input,
                    text("The argument '", argument, "' of ", kernel_->name, " must be a ",
                         to_string(expected.type), " tensor with ", expected.dimensions, " axes; found ",
                         to_string(tensor.type()), " with shape ", to_string(shape_of(tensor)), "."));
    }
    tensors_[index] = tensor;
    pointers_[index] = tensors_[index].raw_buffer();
    mirror_of_[index] = mirrors_ ? mirrors_->find(tensor.data()) : nullptr;
    return *this;
}

Call &Call::set(const std::string &argument, double scalar) {
    const int index = index_of(argument);
    const halide_filter_argument_t &expected = kernel_->about->arguments[index];
    if (expected.kind != halide_argument_kind_input_scalar) {
        throw Error(ExitCode::usage,
                    text("The argument '", argument, "' of ", kernel_->name, " is a tensor, not a number."));
    }
    if (!store(scalar, expected.type, scalars_[index])) {
        throw Error(ExitCode::bad_input,
                    text("The argument '", argument, "' of ", kernel_->name, " must be of type ",
                         to_string(expected.type), "; found ", scalar, "."));
    }
    pointers_[index] = &scalars_[index];
    return *this;
}

halide_buffer_t &Call::buffer(const std::string &argument) {
    const int index = index_of(argument);
    if (!pointers_[index] || kernel_->about->arguments[index].kind == halide_argument_kind_input_scalar) {
        throw Error(ExitCode::usage,
                    text("No tensor is bound to the argument '", argument, "' of ", kernel_->name, "."));
    }
    return *tensors_[index].raw_buffer();
}

std::string Call::name_in_force() const {
    const ShapeKernel *kernel = shape_kernel_in_force(*kernel_, pointers_.data());
    return kernel ? text(kernel_->name, " (", kernel->name, ")") : kernel_->name;
}

template<typename Visit>
void Call::for_each_tensor(Visit visit) {
    for (int i = 0; i < kernel_->about->num_arguments; i++) {
        const auto kind = kernel_->about->arguments[i].kind;
        if (kind != halide_argument_kind_input_scalar) {
            visit(*tensors_[i].raw_buffer(), mirror_of_[i], kind == halide_argument_kind_output_buffer);
        }
    }
}

void Call::lend_tensors() {
    for_each_tensor([this](halide_buffer_t &tensor, Mirror *mirror, bool is_output) {
        if (mirror) {
            mirror->lend(tensor, is_output, device_);
        } else if (device_) {
            bring(tensor, is_output);
        }
    });
}

// Halide's first code of a copy that failed, or 0.
int Call::take_tensors_back(bool has_run) noexcept {
    int code = 0;
    for_each_tensor([&](halide_buffer_t &tensor, Mirror *mirror, bool is_output) {
        const bool written = is_output && has_run;
        if (mirror) {
            mirror->take_back(tensor, written, device_);
        } else if (device_) {
            const int copied = fetch(tensor, written);
            code = code ? code : copied;
        }
    });
    return code;
}

void Call::operator()() {
    for (int i = 0; i < kernel_->about->num_arguments; i++) {
        if (!pointers_[i]) {
            throw Error(ExitCode::usage, text("The argument '", kernel_->about->arguments[i].name, "' of ",
                                              kernel_->name, " was not given."));
        }
    }
    try {
        lend_tensors();
    } catch (...) {
        take_tensors_back(false);
        throw;
    }
    const int code = run_kernel(*kernel_, pointers_.data(), device_ != nullptr);
    const int copy_code = take_tensors_back(code == 0);
    check_kernel(code, kernel_->name, device_ != nullptr);
    check_device(copy_code, "A result cannot be copied from the device");
}

}  // namespace fsd
