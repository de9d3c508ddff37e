// Splits what is too large for one call, and copies what no kernel can read in place.
#include "python/module/running.h"

#include "runtime/device.h"
#include "runtime/error.h"

#include <algorithm>

namespace fsd::python {
namespace {

// Of samples that have to be copied first, so many at a time.
constexpr int copied_at_a_time = 1024;

int part_of(const Array &inputs, int result_size) {
    std::size_t numbers = 1;
    for (std::size_t axis = 1; axis < inputs.ndim(); axis++) {
        numbers *= inputs.shape(axis);
    }
    const auto largest = std::max<std::size_t>({numbers, static_cast<std::size_t>(result_size), 1});
    const auto most = static_cast<int>(std::max<std::size_t>(1, (std::size_t(1) << 30U) / largest));
    const int in_view = samples_in_view(inputs, most);
    return has_adjacent_numbers(inputs) ? in_view : std::min(in_view, copied_at_a_time);
}

// A part of what is written, and whether anything is.
struct OutputPart {
    OutputPart(const std::optional<Floats> &array, std::size_t first, int count)
        : view(array ? rows_of(*array, first, count) : Tensor()), place(array ? &view : nullptr) {}
    OutputPart(const OutputPart &) = delete;
    OutputPart &operator=(const OutputPart &) = delete;

    Tensor view;
    Tensor *place;
};

}  // namespace

RunningNetwork::RunningNetwork(StoredNetwork stored, const std::string &device, int batch)
    : stored_(std::move(stored)) {
    NetworkOptions options;
    options.device = device;
    options.batch = batch;
    options.compiled = stored_.compiled;
    if (stored_.quantized) {
        if (chosen_device(device) != "cpu") {
            throw Error(
                ExitCode::unsupported,
                text("A quantized network is evaluated on the CPU; found the device '", device, "'."));
        }
        integers_.emplace(*stored_.quantized);
        if (!stored_.compiled.empty()) {
            compiled_.emplace(stored_.model, fingerprint_of(*stored_.quantized), options);
        }
        return;
    }
    network_.emplace(stored_.model, options);
}

std::vector<std::string> RunningNetwork::kernel_names() const {
    return network_ ? network_->kernel_names() : std::vector<std::string>();
}

Network &RunningNetwork::network(std::unique_lock<std::mutex> &lock, const char *purpose) {
    if (!network_) {
        throw Error(ExitCode::unsupported,
                    text("A quantized network has no ", purpose, "; use the model that it was made from."));
    }
    lock = std::unique_lock(mutex_);
    return *network_;
}

void RunningNetwork::run(const Array &inputs, const Floats &result, const Wanted &wanted) {
    const std::size_t samples = inputs.shape(0);
    int part = part_of(inputs, result_size());
    if (wanted.mask) {
        part = std::min(part, samples_in_view(*wanted.mask, part));
    }
    if (part == 0) {
        throw Error(ExitCode::bad_input,
                    "The array's strides do not fit 32 bits; copy it with numpy.ascontiguousarray().");
    }
    const std::lock_guard<std::mutex> guard(mutex_);
    std::size_t first = 0;
    do {  // no samples, too: their shape is checked
        const auto count =
            static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(part), samples - first));
        run_part(inputs, result, wanted, first, count);
        first += static_cast<std::size_t>(count);
    } while (first < samples);
}

void RunningNetwork::run_part(const Array &inputs, const Floats &result, const Wanted &wanted,
                              std::size_t first, int count) {
    Tensor numbers = rows_of(result, first, count);
    if (integers_) {
        run_quantized(inputs, numbers, wanted, first, count);
        return;
    }
    const Tensor given =
        has_adjacent_numbers(inputs) ? view_of(inputs, first, count) : dense_copy_of(inputs, first, count);
    const Tensor mask = wanted.mask ? view_of(*wanted.mask, first, count) : Tensor();
    const OutputPart evidence(wanted.evidence, first, count), novelty(wanted.novelty, first, count),
        p_value(wanted.p_value, first, count);
    network_->run(
        {given, numbers, wanted.mask ? &mask : nullptr, evidence.place, novelty.place, p_value.place});
}

void RunningNetwork::run_quantized(const Array &inputs, Tensor &result, const Wanted &wanted,
                                   std::size_t first, int count) {
    if (wanted.mask || wanted.evidence || wanted.novelty || wanted.p_value) {
        throw Error(ExitCode::unsupported,
                    "A quantized network has neither unobserved pixels nor evidence and novelty; "
                    "use the model that it was made from.");
    }
    const Tensor images = dense_copy_of(inputs, first, count);
    if (!compiled_) {
        result.copy_from(integers_->log_posteriors(images));
        return;
    }
    check_images(stored_.model.input, images);
    compiled_->run(images, result);
}

}  // namespace fsd::python
