// Checks arguments and plans on demand what a run needs.
#include "runtime/network.h"

#include "runtime/error.h"
#include "runtime/models/fingerprint.h"
#include "runtime/models/model_check.h"
#include "runtime/planning/batch_runner.h"
#include "runtime/planning/compiled_runner.h"
#include "runtime/system/floating_point.h"

#include <algorithm>
#include <array>

namespace fsd {
namespace {

// The caller's tensors may change after planning; a network keeps its own numbers.
Model with_own_tensors(const Model &model) {
    check_model(model);
    Model own = model;
    for (auto &[name, tensor] : own.tensors) {
        tensor = copy_of(tensor);
    }
    if (own.novelty) {
        own.novelty = Novelty{copy_of(own.novelty->mean), copy_of(own.novelty->precision),
                              copy_of(own.novelty->scores)};
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

void check_mask(const Model &model, int samples, const Tensor &mask) {
    need_unobserved_form(model);
    const auto &[height, width, colors] = model.input.extents();
    const bool is_map = mask.dimensions() == 4 && mask.dim(3).extent() == samples &&
                        mask.dim(2).extent() == height && mask.dim(1).extent() == width &&
                        (mask.dim(0).extent() == 1 || mask.dim(0).extent() == colors);
    if (mask.type() != halide_type_of<uint8_t>() || !is_map) {
        throw Error(ExitCode::bad_input,
                    text("The mask of these samples is uint8 of shape [", samples, ", ", height, ", ", width,
                         ", 1", colors > 1 ? text(" or ", colors) : "", "]; found ", to_string(mask.type()),
                         " ", to_string(shape_of(mask)), "."));
    }
}

void check_evidence(int layers, int samples, const Tensor &evidence) {
    if (layers == 0) {
        throw Error(ExitCode::unsupported,
                    "No layer of this network is normalized by Bayes' rule or softmax, so that none has an "
                    "evidence.");
    }
    if (evidence.type() != halide_type_of<float>() || evidence.dimensions() != 2 ||
        evidence.dim(1).extent() != samples || evidence.dim(0).extent() != layers) {
        throw Error(ExitCode::bad_input,
                    text("The network writes the evidence of its layers as float32 of shape [", samples, ", ",
                         layers, "]; found ", to_string(evidence.type()), " ", to_string(shape_of(evidence)),
                         "."));
    }
}

void check_per_sample(const Tensor *numbers, const char *what, int samples) {
    if (numbers && (numbers->type() != halide_type_of<float>() || numbers->dimensions() != 1 ||
                    numbers->dim(0).extent() != samples)) {
        throw Error(ExitCode::bad_input,
                    text("The network writes ", what, " as float32 of shape [", samples, "]; found ",
                         to_string(numbers->type()), " ", to_string(shape_of(*numbers)), "."));
    }
}

void check_novelty_of(const RunArguments &arguments, const Model &model, int samples) {
    need_novelty(model);
    if (arguments.mask) {
        throw Error(ExitCode::unsupported,
                    "The novelty is fitted to whole images and says nothing about images with unobserved "
                    "pixels; leave out the mask or the novelty.");
    }
    check_per_sample(arguments.novelty, "the novelty", samples);
    check_per_sample(arguments.p_value, "p-values", samples);
}

}  // namespace

// One runner per choice of mask and evidence, made when it is first asked for; the plain one at once.
struct Network::Plans {
    Model model;
    NetworkOptions options;
    int size = 0;  // of a result
    int evidence_size = 0;
    std::array<std::unique_ptr<BatchRunner>, 4> runners;
    std::unique_ptr<CompiledRunner> compiled;  // where the options have a library

    Plans(const Model &given, NetworkOptions chosen)
        : model(with_own_tensors(given)),
          options(std::move(chosen)),
          size(fsd::result_size(model)),
          evidence_size(static_cast<int>(normalized_layers(model).size())) {
        runner({});
        if (!options.compiled.empty()) {
            compiled = std::make_unique<CompiledRunner>(model, fingerprint_of(model), options);
        }
    }

    BatchRunner &runner(const RunForm &form) {
        std::unique_ptr<BatchRunner> &found = runners[(form.masked ? 1 : 0) + (form.evidence ? 2 : 0)];
        if (!found) {
            const FloatingPointMode mode = FloatingPointMode::standard();
            found = std::make_unique<BatchRunner>(model, options, form);
        }
        return *found;
    }

    void run(const RunArguments &arguments, const Observer *observe) {
        const Tensor &inputs = arguments.inputs;
        check_inputs(model, runner({}).steps(), inputs);
        const int samples = inputs.dim(inputs.dimensions() - 1).extent();
        check_result(size, samples, arguments.result);
        if (arguments.mask) {
            check_mask(model, samples, *arguments.mask);
        }
        if (arguments.evidence) {
            check_evidence(evidence_size, samples, *arguments.evidence);
        }
        if (arguments.novelty || arguments.p_value) {
            check_novelty_of(arguments, model, samples);
        }
        const bool evidence = arguments.evidence || arguments.novelty || arguments.p_value;
        if (compiled && !arguments.mask && !evidence && !observe && compiled->takes(inputs)) {
            compiled->run(inputs, arguments.result);
            return;
        }
        BatchRunner &chosen = runner({arguments.mask != nullptr, evidence});
        check_inputs(model, chosen.steps(), inputs);
        chosen.run(arguments, observe);
    }
};

Network::Network(const Model &model, const NetworkOptions &options) {
    const FloatingPointMode mode = FloatingPointMode::standard();
    plans_ = std::make_unique<Plans>(model, options);
}
Network::~Network() = default;
Network::Network(Network &&) noexcept = default;
Network &Network::operator=(Network &&) noexcept = default;

const Model &Network::model() const {
    return plans_->model;
}

int Network::result_size() const {
    return plans_->size;
}

int Network::evidence_size() const {
    return plans_->evidence_size;
}

const std::string &Network::device() const {
    return plans_->runner({}).steps().device;
}

void Network::run(const Tensor &inputs, Tensor &result) {
    plans_->run({inputs, result}, nullptr);
}

void Network::run(const RunArguments &arguments) {
    plans_->run(arguments, nullptr);
}

void Network::run(const Tensor &inputs, Tensor &result, const Observer &observe) {
    plans_->run({inputs, result}, &observe);
}

void Network::run(const RunArguments &arguments, const Observer &observe) {
    plans_->run(arguments, &observe);
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
    for (const Step *step : all_steps(plans_->runner({}).steps())) {
        all.push_back(&step->kernel());
    }
    return all;
}

std::vector<std::string> Network::kernel_names() const {
    std::vector<std::string> all;
    for (const Step *step : all_steps(plans_->runner({}).steps())) {
        all.push_back(step->call().name_in_force());
    }
    return all;
}

std::vector<Extents> Network::extents() const {
    std::vector<Extents> all;
    for (const Step *step : all_steps(plans_->runner({}).steps())) {
        all.push_back(step->extents());
    }
    return all;
}

}  // namespace fsd
