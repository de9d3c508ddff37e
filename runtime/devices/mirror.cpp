// Keeps Halide's dirty bits of a block of memory.
#include "runtime/devices/mirror.h"

#include "runtime/device.h"
#include "runtime/error.h"
#include "runtime/system/halide_errors.h"

#include <algorithm>
#include <cstring>

namespace fsd {

Mirror::Mirror(const Tensor &host)
    : host_(host),
      elements_(0, static_cast<int32_t>(host.number_of_elements()), 1),
      written_(host.number_of_elements()) {
    memory_.host = static_cast<uint8_t *>(host_.data());
    memory_.type = host_.type();
    memory_.dimensions = 1;
    memory_.dim = &elements_;
    memory_.set_host_dirty(true);
}

Mirror::~Mirror() {
    free_memory();
}

void Mirror::free_memory() noexcept {
    if (memory_.device && !devices_are_released()) {
        halide_device_free(nullptr, &memory_);
    }
    memory_.device = 0;
    memory_.device_interface = nullptr;
}

halide_buffer_t Mirror::written_part(halide_dimension_t &elements) const {
    elements = halide_dimension_t(0, static_cast<int32_t>(written_), 1);
    halide_buffer_t part = memory_;
    part.dim = &elements;
    return part;
}

void Mirror::take_memory(const halide_device_interface_t *device) {
    if (memory_.device && memory_.device_interface != device) {
        need_host();
        free_memory();
        memory_.set_host_dirty(true);
    }
    if (!memory_.device) {
        const int code = halide_device_malloc(nullptr, &memory_, device);
        if (code != 0) {
            const std::string failure =
                text("The device cannot provide ", memory_.size_in_bytes(), " bytes of memory");
            check_device(code, failure.c_str());
        }
    }
}

void Mirror::need_host() {
    if (elsewhere_) {
        std::memcpy(memory_.host, elsewhere_, written_ * static_cast<std::size_t>(memory_.type.bytes()));
        elsewhere_ = nullptr;
    }
    if (memory_.device_dirty()) {
        halide_dimension_t elements;
        halide_buffer_t part = written_part(elements);
        check_device(halide_copy_to_host(nullptr, &part), "A result cannot be copied from the device");
        memory_.set_device_dirty(false);
    }
}

void Mirror::host_wrote(std::size_t elements) {
    written_ = elements;
    elsewhere_ = nullptr;
    memory_.set_device_dirty(false);
    memory_.set_host_dirty(true);
}

void Mirror::host_has(const void *numbers, std::size_t elements) {
    host_wrote(elements);
    elsewhere_ = numbers;
}

void Mirror::lend(halide_buffer_t &view, bool to_write, const halide_device_interface_t *device) {
    if (!device) {
        if (!to_write) {
            need_host();
        }
        return;
    }
    if (to_write && is_read_) {
        throw Error(ExitCode::internal, "A kernel on a device was told to overwrite what it reads.");
    }
    take_memory(device);
    if (!to_write && memory_.host_dirty()) {
        halide_dimension_t elements;
        halide_buffer_t part = written_part(elements);
        if (elsewhere_) {
            part.host = static_cast<uint8_t *>(const_cast<void *>(elsewhere_));
        }
        check_device(halide_copy_to_device(nullptr, &part, device), "Numbers cannot be copied to the device");
        memory_.set_host_dirty(false);
        elsewhere_ = nullptr;
    }
    is_read_ = is_read_ || !to_write;
    view.device = memory_.device;
    view.device_interface = memory_.device_interface;
    view.flags = 0;
}

void Mirror::take_back(halide_buffer_t &view, bool written,
                       const halide_device_interface_t *device) noexcept {
    view.device = 0;
    view.device_interface = nullptr;
    view.flags = 0;
    is_read_ = false;
    if (written) {
        elsewhere_ = nullptr;
        written_ = std::min(view.number_of_elements(), memory_.number_of_elements());
        memory_.set_device_dirty(device != nullptr);
        memory_.set_host_dirty(device == nullptr);
    }
}

Mirror &Mirrors::add(const Tensor &tensor) {
    all_.push_back(std::make_unique<Mirror>(tensor));
    return *all_.back();
}

Mirror *Mirrors::find(const void *host) const {
    const auto found =
        std::find_if(all_.begin(), all_.end(), [host](const auto &mirror) { return mirror->host() == host; });
    return found == all_.end() ? nullptr : found->get();
}

void bring(halide_buffer_t &tensor, bool to_write) noexcept {
    tensor.flags = 0;
    tensor.set_host_dirty(!to_write);
}

int fetch(halide_buffer_t &tensor, bool written) noexcept {
    const int code = written ? halide_copy_to_host(nullptr, &tensor) : 0;
    tensor.flags = 0;
    if (tensor.device) {
        halide_device_free(nullptr, &tensor);
    }
    return code;
}

}  // namespace fsd
