// Splits the samples among the threads: the compiled functions use one.
#include "runtime/planning/compiled_runner.h"

#include "runtime/error.h"
#include "runtime/planning/samples.h"
#include "runtime/threads.h"

#include <algorithm>

namespace fsd {
namespace {

// Waking a thread takes about as long as a sample of a small network.
constexpr int least_samples_per_thread = 8;

// The status of a compiled function where a result is NaN (its header).
constexpr int not_a_number = 5;

struct Work {
    const CompiledLibrary &library;
    bool second_function;  // for floats, beside that for bytes
    const uint8_t *inputs;
    std::size_t input_bytes, results;  // of a sample
    float *result;
    int samples, parts;
};

int run_part(void *, int part, uint8_t *closure) {
    const Work &work = *reinterpret_cast<const Work *>(closure);
    const auto begin_of = [&](int index) {
        return static_cast<int>(static_cast<int64_t>(work.samples) * index / work.parts);
    };
    const int first = begin_of(part), count = begin_of(part + 1) - first;
    const void *inputs = work.inputs + static_cast<std::size_t>(first) * work.input_bytes;
    float *result = work.result + static_cast<std::size_t>(first) * work.results;
    return work.second_function ? work.library.status_of_run_for_floats(inputs, count, result)
                                : work.library.status_of_run(inputs, count, result);
}

const NetworkOptions &for_cpu(const NetworkOptions &options) {
    if (options.device != "cpu") {
        throw Error(ExitCode::usage, "A compiled library runs on the CPU; found the device '" +
                                         options.device + "'. Leave one of the two out.");
    }
    return options;
}

}  // namespace

CompiledRunner::CompiledRunner(const Model &model, std::uint64_t fingerprint, const NetworkOptions &options)
    : model_(model),
      library_(for_cpu(options).compiled),
      numbers_(static_cast<std::size_t>(model.input.height) * model.input.width * model.input.colors),
      batch_(options.batch),
      inputs_(make_tensor<float>({batch_, static_cast<int>(numbers_)})),
      result_(make_tensor<float>({batch_, result_size(model)})) {
    library_.need_made_of(fingerprint);
}

bool CompiledRunner::takes(const Tensor &inputs) const {
    return inputs.type() == halide_type_of<uint8_t>() || !model_.input.takes_bytes() ||
           library_.has_function_for_floats();
}

void CompiledRunner::run_dense(const void *inputs, bool floats, int samples, float *result) const {
    start_threads();
    const int parts = std::clamp(samples / least_samples_per_thread, 1, threads());
    Work work{library_,
              floats && model_.input.takes_bytes(),
              static_cast<const uint8_t *>(inputs),
              numbers_ * (floats ? sizeof(float) : 1),
              static_cast<std::size_t>(result_.dim(0).extent()),
              result,
              samples,
              parts};
    auto *const closure = reinterpret_cast<uint8_t *>(&work);
    const int status =
        parts == 1 ? run_part(nullptr, 0, closure) : halide_do_par_for(nullptr, run_part, 0, parts, closure);
    if (status == not_a_number) {
        throw Error(ExitCode::bad_input, std::string("The network's result is not ") +
                                             (model_.classes.empty() ? "a number" : "a distribution") +
                                             " (NaN): the model's numbers are out of range.");
    }
    if (status != 0) {
        throw Error(ExitCode::internal, "The compiled function " + library_.function() + " gives status " +
                                            std::to_string(status) + ".");
    }
}

void CompiledRunner::stage(const Tensor &inputs, int first, int samples) {
    const bool floats = inputs.type() == halide_type_of<float>();
    const std::size_t bytes = numbers_ * (floats ? sizeof(float) : 1);
    auto *to = static_cast<uint8_t *>(inputs_.data());
    for (int sample = first; sample < first + samples; sample++, to += bytes) {
        copy_sample(inputs, sample, to);
        if (floats) {
            check_numbers(model_.input, reinterpret_cast<const float *>(to), numbers_, sample);
        }
    }
}

void CompiledRunner::run(const Tensor &inputs, Tensor &result) {
    const int samples = inputs.dim(inputs.dimensions() - 1).extent();
    const bool floats = inputs.type() == halide_type_of<float>();
    if (!floats && is_dense(inputs) && is_dense(result)) {
        run_dense(inputs.data(), floats, samples, static_cast<float *>(result.data()));
        return;
    }
    for (int first = 0; first < samples; first += batch_) {
        const int count = std::min(batch_, samples - first);
        stage(inputs, first, count);
        auto *row = static_cast<float *>(result_.data());
        run_dense(inputs_.data(), floats, count, row);
        for (int sample = first; sample < first + count; sample++, row += result_.dim(0).extent()) {
            copy_row(row, sample, result);
        }
    }
}

}  // namespace fsd
