// From layers to steps: fusion by name, parameters in the form that is cheapest, two buffers in turn, on a
// device mirrored.
#include "runtime/planning/planner.h"

#include "runtime/device.h"
#include "runtime/error.h"
#include "runtime/layers/layer_kinds.h"
#include "runtime/layers/parameters.h"
#include "runtime/models/model_limits.h"

#include <algorithm>

namespace fsd {
namespace {

class Planner {
public:
    Planner(const Model &model, const NetworkOptions &options)
        : model_(model), options_(options), schedules_(options.schedules), shapes_(activation_shapes(model)) {
        steps_.device = chosen_device(options.device);
        if (on_device()) {
            schedules_.insert(schedules_.begin(), steps_.device);
        }
    }

    Steps plan() {
        plan_buffers();
        plan_image();
        for (std::size_t first = 0; first < model_.layers.size();) {
            first += plan_layers(first);
        }
        return std::move(steps_);
    }

private:
    bool on_device() const { return steps_.device != "cpu"; }
    void keep(const Tensor &tensor);
    void plan_buffers();
    void plan_image();
    std::size_t plan_layers(std::size_t first);
    std::pair<const Kernel *, std::size_t> choose(std::size_t first) const;
    void bind_parameters(Step &step, std::size_t index, const EvidenceForm &form);
    void bind_scalars(Step &step, std::size_t first, std::size_t count);
    void bind_input(Step &step);
    void finish(Step step, const Shape &shape);

    const Model &model_;
    const NetworkOptions &options_;
    std::vector<std::string> schedules_;  // preferred first
    const std::vector<Shape> shapes_;
    bool log_odds_ = false;
    Tensor buffers_[2];
    Activation input_;  // of the next step
    Steps steps_;
};

// Lets the steps refer to a tensor; must come before they bind it.
void Planner::keep(const Tensor &tensor) {
    steps_.owned.push_back(tensor);
    if (on_device()) {
        steps_.mirrors->add(tensor);
    }
}

// Steps read one buffer and write the other one.
void Planner::plan_buffers() {
    std::size_t largest = 1;
    for (const Shape &shape : shapes_) {
        largest = std::max(largest, element_count(shape));
    }
    const std::size_t fitting = static_cast<std::size_t>(most_activation) / largest;
    steps_.batch = static_cast<int>(std::min<std::size_t>(options_.batch, fitting));
    for (Tensor &buffer : buffers_) {
        buffer = make_tensor(halide_type_of<float>(), {static_cast<int>(steps_.batch * largest)});
        keep(buffer);
    }
}

void Planner::plan_image() {
    log_odds_ = takes_log_odds(model_) && find_kernel("success_probability", schedules_) != nullptr;
    Step step(need_kernel(log_odds_ ? "success_probability" : "bernoulli_states", schedules_), -1,
              steps_.mirrors.get());
    const auto &[height, width, colors] = model_.input;
    const Shape shape = {steps_.batch, height, width, colors};
    if (on_device()) {
        steps_.image = make_tensor(halide_type_of<uint8_t>(), shape);
        keep(steps_.image);
    }
    step.bind("image", on_device() ? steps_.image : view_tensor(halide_type_of<uint8_t>(), nullptr, shape));
    finish(std::move(step), {height, width, colors, log_odds_ ? 1 : 2});
}

// Plans the layers from `first` on that one kernel computes; returns how many.
std::size_t Planner::plan_layers(std::size_t first) {
    const auto [kernel, count] = choose(first);
    Step step(*kernel, static_cast<int>(first + count - 1), steps_.mirrors.get());
    if (layer_kind(model_.layers[first].op).has_parameters()) {
        // A kernel that computes further layers normalizes: nobody sees the evidence itself.
        bind_parameters(step, first, {first == 0 && log_odds_, count > 1});
    }
    bind_scalars(step, first, count);
    bind_input(step);
    finish(std::move(step), shapes_[first + count]);
    return count;
}

// The kernel that computes most layers from `first` on: its op is the layers' ops joined by '_'.
std::pair<const Kernel *, std::size_t> Planner::choose(std::size_t first) const {
    std::string op = model_.layers[first].op;
    std::pair<const Kernel *, std::size_t> best = {&need_kernel(op, schedules_), 1};
    for (std::size_t next = first + 1; options_.fuse && next < model_.layers.size(); next++) {
        op += "_" + model_.layers[next].op;
        if (const Kernel *fused = find_kernel(op, schedules_)) {
            best = {fused, next - first + 1};
        }
    }
    return best;
}

void Planner::bind_parameters(Step &step, std::size_t index, const EvidenceForm &form) {
    const Parameters parameters = evidence_parameters(model_, index, form);
    const Shape window = shape_of(parameters.log_likelihood);
    const Shape prior = shape_of(parameters.log_prior);
    const bool whole_map = model_.layers[index].op == "kld_linear";
    const Extents extents = {{"window_y", window[0]},
                             {"window_x", window[1]},
                             {"input", (whole_map ? window[0] * window[1] : 1) * window[2] * window[3]},
                             {"output", window[4]},
                             {"group", prior[0]},
                             {"state", prior[1]}};
    const Signature &signature = step.signature();
    keep(parameters.log_likelihood);
    keep(parameters.log_prior);
    step.bind("log_likelihood",
              reshaped(parameters.log_likelihood, shape_of(signature, "log_likelihood", extents)));
    step.bind("log_prior", reshaped(parameters.log_prior, shape_of(signature, "log_prior", extents)));
    step.bind("observations", parameters.observations);
}

// Integer scalars are attributes of the layers by the same name.
void Planner::bind_scalars(Step &step, std::size_t first, std::size_t count) {
    const halide_filter_metadata_t &about = *step.kernel().about;
    for (int i = 0; i < about.num_arguments; i++) {
        const std::string name = about.arguments[i].name;
        if (about.arguments[i].kind != halide_argument_kind_input_scalar || name == "observations") {
            continue;
        }
        for (std::size_t layer = first; layer < first + count; layer++) {
            if (model_.layers[layer].attributes.count(name)) {
                step.bind(name, model_.layers[layer].attribute(name));
            }
        }
    }
}

// The activation is the one input that is no parameter.
void Planner::bind_input(Step &step) {
    const halide_filter_metadata_t &about = *step.kernel().about;
    for (int i = 0; i < about.num_arguments; i++) {
        const std::string name = about.arguments[i].name;
        if (about.arguments[i].kind == halide_argument_kind_input_buffer && name != "log_likelihood" &&
            name != "log_prior") {
            step.bind(name, input_);
        }
    }
}

void Planner::finish(Step step, const Shape &shape) {
    Activation output{steps_.batch, shape, buffers_[steps_.in_order.size() % 2]};
    const halide_filter_metadata_t &about = *step.kernel().about;
    for (int i = 0; i < about.num_arguments; i++) {
        if (about.arguments[i].kind == halide_argument_kind_output_buffer) {
            step.bind(about.arguments[i].name, output);
        }
    }
    step.check();
    steps_.in_order.push_back(std::move(step));
    steps_.outputs.push_back(output);
    input_ = output;
}

}  // namespace

Steps plan(const Model &model, const NetworkOptions &options) {
    if (options.batch < 1) {
        throw Error(ExitCode::usage,
                    text("A network runs at least 1 sample at a time; found batch ", options.batch, "."));
    }
    return Planner(model, options).plan();
}

}  // namespace fsd
