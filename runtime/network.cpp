// Runs planned steps over the images, a batch at a time.
#include "runtime/network.h"

#include "runtime/error.h"
#include "runtime/models/model_check.h"
#include "runtime/planning/planner.h"
#include "runtime/threads.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

// The caller's tensors may change after planning; a network keeps its own numbers.
Model with_own_tensors(const Model &model) {
    check_model(model);
    Model own = model;
    for (auto &[name, tensor] : own.tensors) {
        tensor = tensor.copy();
    }
    return own;
}

void check_images(const Model &model, const Tensor &images) {
    const auto &[height, width, colors] = model.input;
    const bool fits = images.type() == halide_type_of<uint8_t>() && images.dimensions() == 4 &&
                      images.dim(2).extent() == height && images.dim(1).extent() == width &&
                      images.dim(0).extent() == colors && images.dim(0).stride() == 1;
    if (!fits) {
        throw Error(ExitCode::bad_input,
                    text("The network takes uint8 images of shape [samples, ", height, ", ", width, ", ",
                         colors, "] with adjacent colors; found ", to_string(images.type()), " ",
                         to_string(shape_of(images)), "."));
    }
}

void check_result(const Model &model, const Tensor &images, const Tensor &log_posterior) {
    const int samples = images.dim(3).extent(), classes = static_cast<int>(model.classes.size());
    if (log_posterior.type() != halide_type_of<float>() || log_posterior.dimensions() != 2 ||
        log_posterior.dim(1).extent() != samples || log_posterior.dim(0).extent() != classes) {
        throw Error(ExitCode::bad_input, text("The network writes float32 log-posteriors of shape [", samples,
                                              ", ", classes, "]; found ", to_string(log_posterior.type()),
                                              " ", to_string(shape_of(log_posterior)), "."));
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
    int bound_samples = 0;
    int warm_threads = 0;  // the number of threads for which the kernels' memory is there

    Plan(const Model &given, const NetworkOptions &options)
        : model(with_own_tensors(given)), steps(plan(model, options)), bound_samples(steps.batch) {}

    void resize(int samples);
    void show(const Tensor &images, int first, int samples);
    void run(int samples, const Observer *observe);
    void bring_to_host(std::size_t step);
    void warm_up();
    void copy_result(Tensor &log_posterior, int first, int samples);
};

void Network::Plan::resize(int samples) {
    if (samples != bound_samples) {
        for (Step &step : steps.in_order) {
            step.resize(samples);
        }
        bound_samples = samples;
    }
}

// Lets the first kernel read the images: in place, or on a device.
void Network::Plan::show(const Tensor &images, int first, int samples) {
    halide_buffer_t &image = steps.in_order.front().call().buffer("image");
    if (Mirror *mirror = steps.mirrors->find(image.host)) {
        Tensor given = images.cropped(3, images.dim(3).min() + first, samples);
        given.set_min(0, 0, 0, 0);
        if (is_dense(given)) {
            mirror->host_has(given.data(), given.number_of_elements());
        } else {
            Tensor shown = steps.image.cropped(3, 0, samples);
            shown.copy_from(given);
            mirror->host_wrote(shown.number_of_elements());
        }
        image.dim[3].extent = samples;
        return;
    }
    std::copy_n(images.raw_buffer()->dim, image.dimensions, image.dim);
    for (int axis = 0; axis < image.dimensions; axis++) {
        image.dim[axis].min = 0;
    }
    image.dim[3].extent = samples;
    image.host = images.raw_buffer()->host + static_cast<std::ptrdiff_t>(first) * image.dim[3].stride;
}

void Network::Plan::run(int samples, const Observer *observe) {
    for (std::size_t i = 0; i < steps.in_order.size(); i++) {
        Step &step = steps.in_order[i];
        step.run();
        if (observe && step.last_layer() >= 0) {
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
    const auto &[height, width, colors] = model.input;
    const Tensor black = make_tensor<uint8_t>({steps.batch, height, width, colors});
    resize(steps.batch);
    show(black, 0, steps.batch);
    run(steps.batch, nullptr);
    warm_threads = threads();
}

void Network::Plan::bring_to_host(std::size_t step) {
    if (Mirror *output = steps.mirrors->find(steps.outputs[step].numbers.data())) {
        output->need_host();
    }
}

void Network::Plan::copy_result(Tensor &log_posterior, int first, int samples) {
    bring_to_host(steps.outputs.size() - 1);
    const std::size_t classes = model.classes.size();
    const auto *row = static_cast<const float *>(steps.outputs.back().numbers.data());
    for (int sample = first; sample < first + samples; sample++, row += classes) {
        if (std::any_of(row, row + classes, [](float number) { return std::isnan(number); })) {
            throw Error(ExitCode::bad_input,
                        text("The network's result for sample ", sample,
                             " is not a distribution (NaN): the model's numbers are out of range."));
        }
        float *place = static_cast<float *>(log_posterior.data()) +
                       static_cast<std::ptrdiff_t>(sample) * log_posterior.dim(1).stride();
        for (std::size_t c = 0; c < classes; c++) {
            place[static_cast<std::ptrdiff_t>(c) * log_posterior.dim(0).stride()] = row[c];
        }
    }
}

Network::Network(const Model &model, const NetworkOptions &options)
    : plan_(std::make_unique<Plan>(model, options)) {}
Network::~Network() = default;
Network::Network(Network &&) noexcept = default;
Network &Network::operator=(Network &&) noexcept = default;

const Model &Network::model() const {
    return plan_->model;
}

const std::string &Network::device() const {
    return plan_->steps.device;
}

void Network::run(const Tensor &images, Tensor &log_posterior) {
    run(images, log_posterior, nullptr);
}

void Network::run(const Tensor &images, Tensor &log_posterior, const Observer &observe) {
    check_images(plan_->model, images);
    check_result(plan_->model, images, log_posterior);
    plan_->warm_up();
    const int samples = images.dim(3).extent();
    for (int first = 0, count = 0; first < samples; first += count) {
        count = std::min(plan_->steps.batch, samples - first);
        plan_->resize(count);
        plan_->show(images, first, count);
        plan_->run(count, observe ? &observe : nullptr);
        plan_->copy_result(log_posterior, first, count);
    }
}

std::vector<const Kernel *> Network::kernels() const {
    std::vector<const Kernel *> all;
    for (const Step &step : plan_->steps.in_order) {
        all.push_back(&step.kernel());
    }
    return all;
}

std::vector<Extents> Network::extents() const {
    std::vector<Extents> all;
    for (const Step &step : plan_->steps.in_order) {
        all.push_back(step.extents());
    }
    return all;
}

}  // namespace fsd
