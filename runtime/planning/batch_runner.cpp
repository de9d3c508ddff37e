// Enters inputs, runs the steps, copies what comes out.
#include "runtime/planning/batch_runner.h"

#include "runtime/error.h"
#include "runtime/planning/samples.h"
#include "runtime/planning/unobserved.h"
#include "runtime/system/floating_point.h"
#include "runtime/threads.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace fsd {
namespace {

// The mean in float64, in an order that the count alone decides: eight sums, so that none waits for another.
double mean_of(const float *numbers, std::size_t count) {
    constexpr std::size_t sums = 8;
    double sum[sums] = {};
    std::size_t i = 0;
    for (; i + sums <= count; i += sums) {
        for (std::size_t k = 0; k < sums; k++) {
            sum[k] += numbers[i + k];
        }
    }
    for (; i < count; i++) {
        sum[i % sums] += numbers[i];
    }
    double all = 0;
    for (const double part : sum) {
        all += part;
    }
    return all / static_cast<double>(count);
}

}  // namespace

BatchRunner::BatchRunner(const Model &model, const NetworkOptions &options, const RunForm &form)
    : model_(model),
      steps_(plan(model, options, form)),
      size_(result_size(model)),
      evidence_(make_tensor<float>({steps_.batch, static_cast<int>(steps_.evidence.size())})),
      bound_samples_(steps_.batch) {}

void BatchRunner::run_step(Step &step) {
    step.run();
    if (done_) {
        done_(step);
    }
}

void BatchRunner::resize(int samples) {
    if (samples == bound_samples_) {
        return;
    }
    for (Step &step : steps_.in_order) {
        step.resize(samples);
    }
    for (std::optional<Entry> *entry : {&steps_.bytes, &steps_.floats}) {
        if (*entry && (*entry)->step) {
            (*entry)->step->resize(samples);
        }
    }
    bound_samples_ = samples;
}

// Makes the first layer's input of some of the samples.
void BatchRunner::enter(const Tensor &inputs, int first, int samples) {
    const bool bytes = inputs.type() == halide_type_of<uint8_t>();
    bytes ? show(inputs, first, samples) : stage(inputs, first, samples);
    std::optional<Step> &step = bytes ? steps_.bytes->step : steps_.floats->step;
    if (step) {
        run_step(*step);
    }
}

// Lets the first kernel read the images: in place, or on a device.
void BatchRunner::show(const Tensor &images, int first, int samples) {
    Entry &entry = *steps_.bytes;
    if (Mirror *mirror = steps_.mirrors->find(entry.staged.data())) {
        Tensor given = images.cropped(3, images.dim(3).min() + first, samples);
        given.set_min(0, 0, 0, 0);
        if (is_dense(given)) {
            mirror->host_has(given.data(), given.number_of_elements());
        } else {
            Tensor shown = entry.staged.cropped(3, 0, samples);
            shown.copy_from(given);
            mirror->host_wrote(shown.number_of_elements());
        }
        return;
    }
    halide_buffer_t &image = entry.step->call().buffer("image");
    std::copy_n(images.raw_buffer()->dim, image.dimensions, image.dim);
    for (int axis = 0; axis < image.dimensions; axis++) {
        image.dim[axis].min = 0;
    }
    image.dim[3].extent = samples;
    image.host = images.raw_buffer()->host + static_cast<std::ptrdiff_t>(first) * image.dim[3].stride;
}

// Copies the numbers to where a kernel, or the first layer, reads them.
void BatchRunner::stage(const Tensor &numbers, int first, int samples) {
    const Tensor &place = steps_.floats->staged.data() ? steps_.floats->staged : steps_.input.numbers;
    const auto &[height, width, colors] = model_.input.extents();
    const std::size_t count = static_cast<std::size_t>(height) * width * colors;
    auto *to = static_cast<float *>(const_cast<void *>(place.data()));
    for (int i = 0; i < samples; i++, to += count) {
        copy_sample(numbers, first + i, to);
        check_numbers(model_.input, to, count, first + i);
    }
    if (Mirror *mirror = steps_.mirrors->find(place.data())) {
        mirror->host_wrote(samples * count);
    }
}

void BatchRunner::hide(const Tensor &mask, int first, int samples) {
    const auto &[height, width, colors] = model_.input.extents();
    const Tensor &states = steps_.input.numbers;
    bring_to_host(states);
    hide_unobserved(mask, first, samples, colors, static_cast<float *>(const_cast<void *>(states.data())));
    if (Mirror *mirror = steps_.mirrors->find(states.data())) {
        mirror->host_wrote(static_cast<std::size_t>(samples) * height * width * colors * 2);
    }
}

void BatchRunner::run_steps(int samples, const Network::Observer *observe) {
    for (std::size_t i = 0; i < steps_.in_order.size(); i++) {
        Step &step = steps_.in_order[i];
        run_step(step);
        if (observe && steps_.outputs[i]) {
            const Activation &output = *steps_.outputs[i];
            bring_to_host(output.numbers);
            Shape shape = output.shape;
            shape.insert(shape.begin(), samples);
            (*observe)(static_cast<std::size_t>(step.last_layer()),
                       view_tensor(output.numbers.type(), const_cast<void *>(output.numbers.data()), shape));
        }
    }
}

// The largest batch needs the largest blocks of memory: after it no other one has to wait for the system.
void BatchRunner::warm_up() {
    if (warm_threads_ == threads()) {
        return;
    }
    const auto &[height, width, colors] = model_.input.extents();
    const Shape shape = {steps_.batch, height, width, colors};
    const halide_type_t type = steps_.bytes ? halide_type_of<uint8_t>() : halide_type_of<float>();
    Tensor black = make_tensor(type, shape);
    std::memset(black.data(), 0, black.size_in_bytes());
    resize(steps_.batch);
    enter(black, 0, steps_.batch);
    run_steps(steps_.batch, nullptr);
    warm_threads_ = threads();
}

void BatchRunner::bring_to_host(const Tensor &tensor) {
    if (Mirror *mirror = steps_.mirrors->find(tensor.data())) {
        mirror->need_host();
    }
}

void BatchRunner::copy_result(Tensor &result, int first, int samples) {
    const Tensor &numbers = steps_.result.numbers;
    bring_to_host(numbers);
    const auto *row = static_cast<const float *>(numbers.data());
    for (int sample = first; sample < first + samples; sample++, row += size_) {
        if (std::any_of(row, row + size_, [](float number) { return std::isnan(number); })) {
            throw Error(ExitCode::bad_input, text("The network's result for sample ", sample, " is not ",
                                                  model_.classes.empty() ? "a number" : "a distribution",
                                                  " (NaN): the model's numbers are out of range."));
        }
        copy_row(row, sample, result);
    }
}

// Means over the sites and groups of each normalized layer.
void BatchRunner::find_evidence(int samples) {
    const FloatingPointMode mode = FloatingPointMode::standard();
    const std::size_t layers = steps_.evidence.size();
    for (std::size_t layer = 0; layer < layers; layer++) {
        const Activation &evidence = steps_.evidence[layer];
        bring_to_host(evidence.numbers);
        const std::size_t count = element_count(evidence.shape);
        const auto *numbers = static_cast<const float *>(evidence.numbers.data());
        float *mean = static_cast<float *>(evidence_.data()) + layer;
        for (int sample = 0; sample < samples; sample++, numbers += count, mean += layers) {
            *mean = static_cast<float>(mean_of(numbers, count));
        }
    }
}

void BatchRunner::copy_evidence(Tensor &evidence, int first, int samples) const {
    const std::ptrdiff_t layers = evidence.dim(0).extent();
    const auto *from = static_cast<const float *>(evidence_.data());
    for (int sample = first; sample < first + samples; sample++, from += layers) {
        float *row = static_cast<float *>(evidence.data()) +
                     static_cast<std::ptrdiff_t>(sample) * evidence.dim(1).stride();
        for (std::ptrdiff_t layer = 0; layer < layers; layer++) {
            row[layer * evidence.dim(0).stride()] = from[layer];
        }
    }
}

// Scores and p-values of the most probable classes, the first ones of equals.
void BatchRunner::judge(const RunArguments &arguments, int first, int samples) const {
    const FloatingPointMode mode = FloatingPointMode::standard();
    const auto place = [](Tensor &numbers, int sample) {
        return static_cast<float *>(numbers.data()) +
               static_cast<std::ptrdiff_t>(sample) * numbers.dim(0).stride();
    };
    const Novelty &novelty = *model_.novelty;
    const auto *row = static_cast<const float *>(steps_.result.numbers.data());
    const auto *evidence = static_cast<const float *>(evidence_.data());
    for (int sample = first; sample < first + samples; sample++) {
        const float score =
            novelty.score(evidence, static_cast<int>(std::max_element(row, row + size_) - row));
        if (arguments.novelty) {
            *place(*arguments.novelty, sample) = score;
        }
        if (arguments.p_value) {
            *place(*arguments.p_value, sample) = novelty.p_value(score);
        }
        row += size_;
        evidence += steps_.evidence.size();
    }
}

void BatchRunner::run(const RunArguments &arguments, const Network::Observer *observe) {
    const Tensor &inputs = arguments.inputs;
    const int samples = inputs.dim(inputs.dimensions() - 1).extent();
    warm_up();
    for (int first = 0, count = 0; first < samples; first += count) {
        count = std::min(steps_.batch, samples - first);
        resize(count);
        enter(inputs, first, count);
        if (arguments.mask) {
            hide(*arguments.mask, first, count);
        }
        run_steps(count, observe);
        copy_result(arguments.result, first, count);
        if (!steps_.evidence.empty()) {
            find_evidence(count);
        }
        if (arguments.evidence) {
            copy_evidence(*arguments.evidence, first, count);
        }
        if (arguments.novelty || arguments.p_value) {
            judge(arguments, first, count);
        }
    }
}

}  // namespace fsd
