// From layers to steps: fusion by name, numbers in the form that is cheapest, two buffers in turn, on a
// device mirrored.
#include "runtime/planning/planner.h"

#include "runtime/device.h"
#include "runtime/error.h"
#include "runtime/layers/folding.h"
#include "runtime/models/model_limits.h"
#include "runtime/planning/entry.h"

#include <algorithm>

namespace fsd {
namespace {

class Planner {
public:
    Planner(const Model &model, const NetworkOptions &options, const RunForm &form)
        : model_(model),
          options_(options),
          form_(form),
          schedules_(options.schedules),
          shapes_(activation_shapes(model)) {
        steps_.success_probability = !form.masked && reads_success_probability(model);
        steps_.device = chosen_device(options.device);
        if (on_device()) {
            schedules_.insert(schedules_.begin(), steps_.device);
        }
    }

    Steps plan() {
        plan_buffers();
        plan_input();
        for (std::size_t first = 0; first < model_.layers.size();) {
            first += plan_layers(first);
        }
        return std::move(steps_);
    }

private:
    // The layers that one kernel computes: `folded` of them are its first one and what that absorbs.
    struct Choice {
        const Kernel *kernel;
        std::size_t folded, layers;
        std::optional<std::size_t> judged = {};  // the layer whose evidence it gives, too
    };

    bool on_device() const { return steps_.device != "cpu"; }
    const LayerKind &kind_of(std::size_t index) const { return layer_kind(model_.layers[index].op); }
    std::string op_of(std::size_t index) const { return kind_of(index).op_of(model_.layers[index]); }
    void keep(const Tensor &tensor);
    void plan_buffers();
    void plan_input();
    std::size_t plan_layers(std::size_t first);
    bool gives_posterior(std::size_t index) const { return kind_of(index).gives_posterior; }
    const Activation &add_evidence(std::size_t layer);
    void plan_evidence(std::size_t layer, const Activation &logits);
    Choice choose(std::size_t first) const;
    const Kernel *find_judging(const std::string &op) const;
    void bind_arguments(Step &step, const KernelArguments &arguments);
    void bind_scalars(Step &step, std::size_t first, std::size_t count);
    static void bind_scalar(Step &step, const std::string &name, const Layer &layer);
    void bind_input(Step &step);
    void finish(Step step, const Shape &shape);

    const Model &model_;
    const NetworkOptions &options_;
    const RunForm form_;
    std::vector<std::string> schedules_;  // preferred first
    const std::vector<Shape> shapes_;
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

void Planner::plan_input() {
    Shape shape = shapes_.front();
    if (steps_.success_probability) {
        shape.back() = 1;
    }
    input_ = {steps_.batch, shape, buffers_[0]};
    steps_.input = input_;
    plan_entries(model_, schedules_, steps_);
}

// Plans the layers from `first` on that one kernel computes; returns how many.
std::size_t Planner::plan_layers(std::size_t first) {
    const Choice choice = choose(first);
    Step step(*choice.kernel, static_cast<int>(first + choice.layers - 1), steps_.mirrors.get());
    // Who sees each layer's activation, or its evidence, wants the evidence itself.
    const bool wants_evidence = !options_.fuse || form_.evidence;
    const LayerForm form = {first == 0 && steps_.success_probability,
                            !wants_evidence && is_up_to_constant(model_, first, choice.folded)};
    bind_arguments(step, folded_arguments(model_, first, choice.folded, form));
    bind_scalars(step, first, choice.layers);
    bind_input(step);
    if (choice.judged) {
        step.bind("log_normalizer", add_evidence(*choice.judged));
    }
    const Activation read = input_;
    finish(std::move(step), shapes_[first + choice.layers]);
    if (form_.evidence && gives_posterior(first)) {
        plan_evidence(first, read);
    }
    return choice.layers;
}

// Room for the log-evidence of a normalized layer.
const Activation &Planner::add_evidence(std::size_t layer) {
    Shape shape = shapes_[layer];
    shape.back() = 1;
    Tensor numbers = make_tensor<float>({steps_.batch * static_cast<int>(element_count(shape))});
    keep(numbers);
    return steps_.evidence.emplace_back(Activation{steps_.batch, shape, numbers});
}

// The log-evidence of a normalized layer, from what that reads and, unless they are logarithms, from what it
// gives; both buffers still hold it.
void Planner::plan_evidence(std::size_t layer, const Activation &logits) {
    const bool from_posterior = kind_of(layer).takes_gives.front().second == ActivationKind::probability;
    Step step(need_kernel(from_posterior ? "posterior_log_normalizer" : "log_normalizer", schedules_),
              static_cast<int>(layer), steps_.mirrors.get());
    step.bind("logits", logits);
    if (from_posterior) {
        step.bind("posterior", input_);
    }
    step.bind_output(add_evidence(layer));
    step.check();
    steps_.in_order.push_back(std::move(step));
    steps_.outputs.emplace_back();
}

bool stands_alone(const Layer &layer, const Shape &input) {
    const LayerKind &kind = layer_kind(layer.op);
    return kind.stands_alone && kind.stands_alone(layer, input);
}

// The kernel that computes most layers from `first` on: its op is the layers' ops joined by '_', and behind
// them log_normalizer where it gives the evidence of the one normalized layer among them.
Planner::Choice Planner::choose(std::size_t first) const {
    const std::size_t folded = options_.fuse ? folded_count(model_, first) : 1;
    std::string op = op_of(first);
    Choice best = {&need_kernel(op, schedules_), folded, folded};
    const bool may_fuse = options_.fuse && !stands_alone(model_.layers[first], shapes_[first]) &&
                          !(form_.evidence && gives_posterior(first));
    std::optional<std::size_t> judged;
    for (std::size_t next = first + folded; may_fuse && next < model_.layers.size(); next++) {
        if (stands_alone(model_.layers[next], shapes_[next])) {
            break;
        }
        op += "_" + op_of(next);
        if (form_.evidence && gives_posterior(next)) {
            if (judged) {
                break;
            }
            judged = next;
        }
        const Kernel *fused = judged ? find_judging(op) : find_kernel(op, schedules_);
        if (!fused && judged == next) {
            fused = find_judging(op + "_marginal_pool");  // of single sites
        }
        if (fused) {
            best = {fused, folded, next - first + 1, judged};
        }
    }
    return best;
}

// On a device only its own: separate kernels are faster there than the way to the host.
const Kernel *Planner::find_judging(const std::string &op) const {
    return find_kernel(op + "_log_normalizer",
                       on_device() ? std::vector<std::string>{steps_.device} : schedules_);
}

// Tensors by name, with the axes that the kernel's signature names.
void Planner::bind_arguments(Step &step, const KernelArguments &arguments) {
    for (const auto &[name, tensor] : arguments.tensors) {
        keep(tensor);
        step.bind(name, arguments.extents.empty()
                            ? tensor
                            : reshaped(tensor, shape_of(step.signature(), name, arguments.extents)));
    }
    for (const auto &[name, value] : arguments.scalars) {
        step.bind(name, value);
    }
}

bool is_of_pool(const std::string &scalar) {
    return scalar.rfind("pool_", 0) == 0;
}

// The other scalars are attributes and numbers of the layers by the same name.
void Planner::bind_scalars(Step &step, std::size_t first, std::size_t count) {
    const halide_filter_metadata_t &about = *step.kernel().about;
    for (int i = 0; i < about.num_arguments; i++) {
        if (about.arguments[i].kind == halide_argument_kind_input_scalar) {
            for (std::size_t layer = first; layer < first + count; layer++) {
                bind_scalar(step, about.arguments[i].name, model_.layers[layer]);
            }
            if (!step.is_bound(about.arguments[i].name) && is_of_pool(about.arguments[i].name)) {
                step.bind(about.arguments[i].name, 1);  // no layer pools: windows of single sites
            }
        }
    }
}

void Planner::bind_scalar(Step &step, const std::string &name, const Layer &layer) {
    const LayerKind &kind = layer_kind(layer.op);
    if (kind.has_attribute(name)) {
        step.bind(name, layer.attribute(name));
    } else if (kind.number(name) != nullptr) {
        step.bind(name, layer.number(name));
    }
}

// The activation is the one input that is left.
void Planner::bind_input(Step &step) {
    const halide_filter_metadata_t &about = *step.kernel().about;
    for (int i = 0; i < about.num_arguments; i++) {
        const std::string name = about.arguments[i].name;
        if (about.arguments[i].kind == halide_argument_kind_input_buffer && !step.is_bound(name)) {
            step.bind(name, input_);
        }
    }
}

void Planner::finish(Step step, const Shape &shape) {
    const bool reads_first = input_.numbers.data() == buffers_[0].data();
    Activation output{steps_.batch, shape, buffers_[reads_first ? 1 : 0]};
    step.bind_output(output);
    step.check();
    steps_.in_order.push_back(std::move(step));
    steps_.outputs.emplace_back(output);
    steps_.result = output;
    input_ = output;
}

}  // namespace

bool has_unobserved_form(const Model &model) {
    return model.input.kind == InputKind::bernoulli &&
           layer_kind(model.layers.front().op).gives_evidence_of_distributions;
}

void need_unobserved_form(const Model &model) {
    if (!has_unobserved_form(model)) {
        throw Error(
            ExitCode::unsupported,
            "Only images as Bernoulli states in front of a KLD layer can have unobserved pixels; this "
            "network reads something else.");
    }
}

void need_novelty(const Model &model) {
    if (!model.novelty) {
        throw Error(
            ExitCode::unsupported,
            "The model holds no fit of its novelty; 'fsdnet calibrate MODEL --data DATA --output FILE' "
            "adds it.");
    }
}

std::vector<std::size_t> normalized_layers(const Model &model) {
    std::vector<std::size_t> layers;
    for (std::size_t i = 0; i < model.layers.size(); i++) {
        if (layer_kind(model.layers[i].op).gives_posterior) {
            layers.push_back(i);
        }
    }
    return layers;
}

Steps plan(const Model &model, const NetworkOptions &options, const RunForm &form) {
    if (options.batch < 1) {
        throw Error(ExitCode::usage,
                    text("A network runs at least 1 sample at a time; found batch ", options.batch, "."));
    }
    return Planner(model, options, form).plan();
}

}  // namespace fsd
