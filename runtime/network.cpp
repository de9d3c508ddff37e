// Runs planned steps over the images, a batch at a time.
#include "runtime/network.h"

#include "runtime/error.h"
#include "runtime/models/model_check.h"
#include "runtime/planning/planner.h"
#include "runtime/system/floating_point.h"
#include "runtime/threads.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fsd {
namespace {

// The caller's tensors may change after planning; a network keeps its own numbers.
Model with_own_tensors(const Model &model) {
    check_model(model);
    Model own = model;
    for (auto &[name, tensor] : own.tensors) {
        tensor = copy_of(tensor);
    }
    return own;
}

std::string shape_wanted(const Input &input) {
    return input.kind == InputKind::vector
               ? text("[samples, ", input.colors, "]")
               : text("[samples, ", input.height, ", ", input.width, ", ", input.colors, "]");
}

std::string types_wanted(const Steps &steps) {
    return !steps.bytes    ? "float32 numbers"
           : !steps.floats ? "uint8 images"
                           : "uint8 images or float32 numbers";
}

void check_inputs(const Model &model, const Steps &steps, const Tensor &inputs) {
    const auto &[height, width, colors] = model.input.extents();
    const bool bytes = inputs.type() == halide_type_of<uint8_t>();
    const bool has_type = bytes ? steps.bytes.has_value()
                                : inputs.type() == halide_type_of<float>() && steps.floats.has_value();
    const int sample_axis = inputs.dimensions() - 1;
    const bool is_map =
        sample_axis == 3 && inputs.dim(2).extent() == height && inputs.dim(1).extent() == width;
    const bool is_vector = sample_axis == 1 && height == 1 && width == 1 && !bytes;
    if (!has_type || !(is_map || is_vector) || inputs.dim(0).extent() != colors ||
        inputs.dim(0).stride() != 1) {
        throw Error(ExitCode::bad_input,
                    text("The network takes ", types_wanted(steps), " of shape ", shape_wanted(model.input),
                         " with adjacent colors; found ", to_string(inputs.type()), " ",
                         to_string(shape_of(inputs)), "."));
    }
}

void check_result(int size, int samples, const Tensor &result) {
    if (result.type() != halide_type_of<float>() || result.dimensions() != 2 ||
        result.dim(1).extent() != samples || result.dim(0).extent() != size) {
        throw Error(ExitCode::bad_input,
                    text("The network writes float32 log-posteriors or numbers of shape [", samples, ", ",
                         size, "]; found ", to_string(result.type()), " ", to_string(shape_of(result)), "."));
    }
}

// Copies the numbers of a sample; they are dense behind the copy.
void copy_sample(const Tensor &inputs, int sample, float *to) {
    const int axes = inputs.dimensions() - 1;
    const auto *from = static_cast<const float *>(inputs.data()) +
                       static_cast<std::ptrdiff_t>(sample) * inputs.dim(axes).stride();
    const std::ptrdiff_t colors = inputs.dim(0).extent();
    const std::ptrdiff_t width = axes > 1 ? inputs.dim(1).extent() : 1;
    const std::ptrdiff_t height = axes > 2 ? inputs.dim(2).extent() : 1;
    for (std::ptrdiff_t y = 0; y < height; y++) {
        for (std::ptrdiff_t x = 0; x < width; x++, to += colors) {
            const std::ptrdiff_t row = axes > 2 ? y * inputs.dim(2).stride() : 0;
            const std::ptrdiff_t column = axes > 1 ? x * inputs.dim(1).stride() : 0;
            std::copy_n(from + row + column, colors, to);
        }
    }
}

void check_numbers(const Input &input, const float *numbers, std::size_t count, int sample) {
    const bool bernoulli = input.kind == InputKind::bernoulli;
    const float least = bernoulli ? 0 : -std::numeric_limits<float>::max();
    const float most = bernoulli ? 1 : std::numeric_limits<float>::max();
    const float *const end = numbers + count;
    const float *const found =
        std::find_if(numbers, end, [&](float number) { return !(number >= least && number <= most); });
    if (found != end) {
        throw Error(ExitCode::bad_input,
                    text("Number ", found - numbers, " of sample ", sample, " is ", *found, "; expected ",
                         bernoulli ? "a probability between 0 and 1." : "a finite number."));
    }
}

bool is_dense(const Tensor &tensor) {
    std::ptrdiff_t expected = 1;
    for (int axis = 0; axis < tensor.dimensions(); axis++) {
        if (tensor.dim(axis).stride() != expected) {
            return false;
        }
        expected *= tensor.dim(axis).extent();
    }
    return true;
}

}  // namespace

struct Network::Plan {
    Model model;
    Steps steps;
    int size = 0;  // of a result
    int bound_samples = 0;
    int warm_threads = 0;  // the number of threads for which the kernels' memory is there

    Plan(const Model &given, const NetworkOptions &options)
        : model(with_own_tensors(given)),
          steps(plan(model, options)),
          size(fsd::result_size(model)),
          bound_samples(steps.batch) {}

    void resize(int samples);
    void enter(const Tensor &inputs, int first, int samples);
    void show(const Tensor &images, int first, int samples);
    void stage(const Tensor &numbers, int first, int samples);
    void run(int samples, const Observer *observe);
    void bring_to_host(std::size_t step);
    void warm_up();
    void copy_result(Tensor &result, int first, int samples);
};

void Network::Plan::resize(int samples) {
    if (samples == bound_samples) {
        return;
    }
    for (Step &step : steps.in_order) {
        step.resize(samples);
    }
    for (std::optional<Entry> *entry : {&steps.bytes, &steps.floats}) {
        if (*entry && (*entry)->step) {
            (*entry)->step->resize(samples);
        }
    }
    bound_samples = samples;
}

// Makes the first layer's input of some of the samples.
void Network::Plan::enter(const Tensor &inputs, int first, int samples) {
    const bool bytes = inputs.type() == halide_type_of<uint8_t>();
    bytes ? show(inputs, first, samples) : stage(inputs, first, samples);
    std::optional<Step> &step = bytes ? steps.bytes->step : steps.floats->step;
    if (step) {
        step->run();
    }
}

// Lets the first kernel read the images: in place, or on a device.
void Network::Plan::show(const Tensor &images, int first, int samples) {
    Entry &entry = *steps.bytes;
    if (Mirror *mirror = steps.mirrors->find(entry.staged.data())) {
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
void Network::Plan::stage(const Tensor &numbers, int first, int samples) {
    const Tensor &place = steps.floats->staged.data() ? steps.floats->staged : steps.input.numbers;
    const auto &[height, width, colors] = model.input.extents();
    const std::size_t count = static_cast<std::size_t>(height) * width * colors;
    auto *to = static_cast<float *>(const_cast<void *>(place.data()));
    for (int i = 0; i < samples; i++, to += count) {
        copy_sample(numbers, first + i, to);
        check_numbers(model.input, to, count, first + i);
    }
    if (Mirror *mirror = steps.mirrors->find(place.data())) {
        mirror->host_wrote(samples * count);
    }
}

void Network::Plan::run(int samples, const Observer *observe) {
    for (std::size_t i = 0; i < steps.in_order.size(); i++) {
        Step &step = steps.in_order[i];
        step.run();
        if (observe) {
            bring_to_host(i);
            const Activation &output = steps.outputs[i];
            Shape shape = output.shape;
            shape.insert(shape.begin(), samples);
            (*observe)(static_cast<std::size_t>(step.last_layer()),
                       view_tensor(output.numbers.type(), const_cast<void *>(output.numbers.data()), shape));
        }
    }
}

// The largest batch needs the largest blocks of memory: after it no other one has to wait for the system.
void Network::Plan::warm_up() {
    if (warm_threads == threads()) {
        return;
    }
    const auto &[height, width, colors] = model.input.extents();
    const Shape shape = {steps.batch, height, width, colors};
    const halide_type_t type = steps.bytes ? halide_type_of<uint8_t>() : halide_type_of<float>();
    Tensor black = make_tensor(type, shape);
    std::memset(black.data(), 0, black.size_in_bytes());
    resize(steps.batch);
    enter(black, 0, steps.batch);
    run(steps.batch, nullptr);
    warm_threads = threads();
}

void Network::Plan::bring_to_host(std::size_t step) {
    if (Mirror *output = steps.mirrors->find(steps.outputs[step].numbers.data())) {
        output->need_host();
    }
}

void Network::Plan::copy_result(Tensor &result, int first, int samples) {
    bring_to_host(steps.outputs.size() - 1);
    const auto *row = static_cast<const float *>(steps.outputs.back().numbers.data());
    for (int sample = first; sample < first + samples; sample++, row += size) {
        if (std::any_of(row, row + size, [](float number) { return std::isnan(number); })) {
            throw Error(ExitCode::bad_input, text("The network's result for sample ", sample, " is not ",
                                                  model.classes.empty() ? "a number" : "a distribution",
                                                  " (NaN): the model's numbers are out of range."));
        }
        float *place = static_cast<float *>(result.data()) +
                       static_cast<std::ptrdiff_t>(sample) * result.dim(1).stride();
        for (std::ptrdiff_t i = 0; i < size; i++) {
            place[i * result.dim(0).stride()] = row[i];
        }
    }
}

Network::Network(const Model &model, const NetworkOptions &options) {
    const FloatingPointMode mode = FloatingPointMode::standard();
    plan_ = std::make_unique<Plan>(model, options);
}
Network::~Network() = default;
Network::Network(Network &&) noexcept = default;
Network &Network::operator=(Network &&) noexcept = default;

const Model &Network::model() const {
    return plan_->model;
}

int Network::result_size() const {
    return plan_->size;
}

const std::string &Network::device() const {
    return plan_->steps.device;
}

void Network::run(const Tensor &inputs, Tensor &result) {
    run(inputs, result, nullptr);
}

void Network::run(const Tensor &inputs, Tensor &result, const Observer &observe) {
    check_inputs(plan_->model, plan_->steps, inputs);
    const int samples = inputs.dim(inputs.dimensions() - 1).extent();
    check_result(plan_->size, samples, result);
    plan_->warm_up();
    for (int first = 0, count = 0; first < samples; first += count) {
        count = std::min(plan_->steps.batch, samples - first);
        plan_->resize(count);
        plan_->enter(inputs, first, count);
        plan_->run(count, observe ? &observe : nullptr);
        plan_->copy_result(result, first, count);
    }
}

namespace {

// The steps in the order in which they run.
std::vector<const Step *> all_steps(const Steps &steps) {
    std::vector<const Step *> all;
    const std::optional<Entry> &entry = steps.bytes ? steps.bytes : steps.floats;
    if (entry && entry->step) {
        all.push_back(&*entry->step);
    }
    for (const Step &step : steps.in_order) {
        all.push_back(&step);
    }
    return all;
}

}  // namespace

std::vector<const Kernel *> Network::kernels() const {
    std::vector<const Kernel *> all;
    for (const Step *step : all_steps(plan_->steps)) {
        all.push_back(&step->kernel());
    }
    return all;
}

std::vector<Extents> Network::extents() const {
    std::vector<Extents> all;
    for (const Step *step : all_steps(plan_->steps)) {
        all.push_back(step->extents());
    }
    return all;
}

}  // namespace fsd
