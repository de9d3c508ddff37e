// One kernel with its arguments bound by name; checked when bound, so that running only calls.
#pragma once

#include "runtime/registry.h"
#include "runtime/tensor.h"

#include <string>
#include <vector>

namespace fsd {

class Mirror;
class Mirrors;

class Call {
public:
    // Tensors that have a mirror stay on the kernel's device; `mirrors` must outlive the call. All others are
    // copied there and back each time the kernel runs. Throws Error(unsupported) where the kernel's device is
    // not there.
    explicit Call(const Kernel &kernel, const Mirrors *mirrors = nullptr);
    Call(Call &&) =
        default;  // not copyable: the arguments' addresses are those of this call's own descriptions
    Call &operator=(Call &&) = default;

    // Binds a tensor. Throws Error(bad_input) where its type or number of axes is not the kernel's.
    Call &set(const std::string &argument, const Tensor &tensor);

    // Binds a scalar, converted to the argument's type. Throws Error(bad_input) where it does not fit.
    Call &set(const std::string &argument, double scalar);

    // The bound tensor's description as the kernel sees it, for a caller that runs over parts of a tensor.
    // The caller answers for what it writes there. Throws Error(usage) where no tensor is bound.
    halide_buffer_t &buffer(const std::string &argument);

    bool has(const std::string &argument) const;

    // Runs the kernel. Throws Error(usage) if an argument is not bound, Error(bad_input) with Halide's
    // message if the kernel refuses the shapes, Error(unsupported) if its device fails. Allocates nothing in
    // the host's memory, but for what a device's driver takes. On the CPU the kernel computes with rounding
    // to nearest and 0 in place of denormal results (docs/numerics.md), whatever the caller's floating-point
    // environment is, which comes back.
    void operator()();

    const Kernel &kernel() const { return *kernel_; }

    // The kernel's name, with that of the kernel for the bound shape where one takes its place.
    std::string name_in_force() const;

private:
    int index_of(const std::string &argument) const;
    template<typename Visit>
    void for_each_tensor(Visit visit);
    void lend_tensors();
    int take_tensors_back(bool has_run) noexcept;

    const Kernel *kernel_;
    const halide_device_interface_t *device_;  // nullptr on the CPU
    const Mirrors *mirrors_;                   // may be nullptr
    std::vector<Tensor> tensors_;
    std::vector<halide_scalar_value_t> scalars_;
    std::vector<void *> pointers_;
    std::vector<Mirror *> mirror_of_;  // each tensor's, or nullptr
};

}  // namespace fsd
