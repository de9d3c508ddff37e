// Tensors that lie in two memories, the host's and a device's. The only place that knows which copy is the
// newer one, and the only one that copies.
#pragma once

#include "runtime/tensor.h"

#include <memory>
#include <vector>

namespace fsd {

// Calls that find a mirror of their tensor (Call's constructor) hand its numbers from kernel to kernel. They
// are copied only where a kernel, or the host, wants them in the other memory.
class Mirror {
public:
    // `host` is dense; its memory is kept alive as far as the tensor owns it. Memory on a device is taken
    // when a kernel first wants it there.
    explicit Mirror(const Tensor &host);
    ~Mirror();
    Mirror(const Mirror &) = delete;
    Mirror &operator=(const Mirror &) = delete;

    const void *host() const { return memory_.host; }

    // Brings the host's copy up to date. Throws Error(unsupported) where the device fails.
    void need_host();
    // The host wrote the first `elements` elements.
    void host_wrote(std::size_t elements);
    // The first `elements` elements are in other memory of the host, dense, until the next kernel has read
    // them: a device takes them from there.
    void host_has(const void *numbers, std::size_t elements);

    // Around a kernel that reads, or overwrites, `view`, a dense tensor that begins where the mirror does: on
    // a device, or with nullptr on the CPU. A kernel cannot overwrite what it reads: on a device its parts
    // run one after the other. Throws Error(unsupported) where a copy fails or the device has no memory left.
    void lend(halide_buffer_t &view, bool to_write, const halide_device_interface_t *device);
    void take_back(halide_buffer_t &view, bool written, const halide_device_interface_t *device) noexcept;

private:
    halide_buffer_t written_part(halide_dimension_t &elements) const;
    void take_memory(const halide_device_interface_t *device);
    void free_memory() noexcept;

    Tensor host_;
    halide_dimension_t elements_;
    halide_buffer_t memory_{};         // all elements in one axis
    std::size_t written_ = 0;          // by the last kernel or the host: what is worth a copy
    const void *elsewhere_ = nullptr;  // where the host has them, if not in memory_
    bool is_read_ = false;             // by the kernel that runs
};

// The tensors that stay on a device while a network runs or is trained.
class Mirrors {
public:
    // From now on `tensor`, dense, and its reshaped views have a mirror.
    Mirror &add(const Tensor &tensor);
    // nullptr where no mirror begins at this address.
    Mirror *find(const void *host) const;

private:
    std::vector<std::unique_ptr<Mirror>> all_;
};

// A tensor without a mirror, around a kernel on a device: nothing stays there.
void bring(halide_buffer_t &tensor, bool to_write) noexcept;
// Returns Halide's code of the copy to the host, which is made where `written`.
int fetch(halide_buffer_t &tensor, bool written) noexcept;

}  // namespace fsd
