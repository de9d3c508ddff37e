// Binds the kernels of a KLD layer once.
#include "toolkit/training/layers/kld_layer.h"

#include "runtime/layers/folding.h"
#include "toolkit/training/layers/kld_log_odds.h"

#include <algorithm>

namespace fsd::training {
namespace {

class KldLayer : public TrainableLayer {
public:
    KldLayer(const LayerSite &site, const LayerNumbers &numbers, std::vector<std::string> ops)
        : TrainableLayer(site, {{"probability", BackwardRead::input}}),
          ops_(std::move(ops)),
          shapes_(kld_shapes(site)),
          filters_(site, numbers, is_up_to_constant(site.description, site.index, 1)) {
        choose(ops_.front());
    }

    bool has_parameters() const override { return true; }
    std::vector<std::string> ops() const override { return ops_; }
    void choose(const std::string &op) override;

    bool can_take_success_probability() const override {
        return has_window_ && layer_kind(site().layer().op).takes_success_probability(site().layer());
    }
    void take_success_probability() override { log_odds_ = std::make_unique<KldLogOdds>(filters_); }

    void plan_arguments(Tape &tape) override;
    void bind(Step &step) override;
    void plan_backward(Tape &tape, const Signal &input, const Signal &output) override;

private:
    Step &add_observing(Tape &tape, const std::string &op);
    void bind_window(Step &step) const;
    void bind_distribution(Step &step, const std::string &name, const Tensor &tensor, int states) const;
    void plan_filters_backward(Tape &tape, const Signal &input, const Signal &output);

    const std::vector<std::string> ops_;
    const KldShapes shapes_;
    KldFilters filters_;
    std::unique_ptr<KldLogOdds> log_odds_;
    std::string op_;
    bool has_window_ = false;  // of the kernel; else it counts all sites of the map among its inputs
};

void KldLayer::choose(const std::string &op) {
    op_ = op;
    const std::vector<ArgumentSignature> &arguments = signature_of(op).arguments;
    has_window_ = std::any_of(arguments.begin(), arguments.end(),
                              [](const ArgumentSignature &argument) { return argument.name == "stride_y"; });
}

// A layer without attributes of a window has one as large as the map.
void KldLayer::bind_window(Step &step) const {
    if (!has_window_) {
        return;
    }
    if (layer_kind(site().layer().op).has_attribute("stride_y")) {
        bind_scalars(step);
        return;
    }
    for (const char *once : {"stride_y", "stride_x"}) {
        step.bind(once, 1);
    }
    for (const char *none : {"padding_y", "padding_x"}) {
        step.bind(none, 0);
    }
}

// With the axes that the op's signature names; `states` of each input variable.
void KldLayer::bind_distribution(Step &step, const std::string &name, const Tensor &tensor,
                                 int states) const {
    Extents extents = shapes_.extents(!has_window_);
    extents["input"] = extents["input"] / shapes_.filters[3] * states;
    step.bind(name, reshaped(tensor, shape_of(step.signature(), name, extents)));
}

void KldLayer::plan_arguments(Tape &tape) {
    filters_.add_forward(tape);
    if (log_odds_) {
        log_odds_->add_forward(tape);
    }
}

void KldLayer::bind(Step &step) {
    bind_distribution(step, "log_likelihood", log_odds_ ? log_odds_->log_odds : filters_.log_likelihood,
                      log_odds_ ? 1 : shapes_.filters[3]);
    bind_distribution(step, "log_prior", log_odds_ ? log_odds_->offset : filters_.log_prior, 1);
    bind_window(step);
    step.bind("observations", 1.0);
    filters_.observe(step.call());
}

Step &KldLayer::add_observing(Tape &tape, const std::string &op) {
    Step &step = tape.add_step(op);
    bind_window(step);
    step.bind("observations", 1.0);
    filters_.observe(step.call());
    return step;
}

void KldLayer::plan_backward(Tape &tape, const Signal &input, const Signal &output) {
    Step &prior = tape.add_step("log_prior_backward");
    prior.bind("d_log_evidence", output.gradient);
    prior.bind("d_log_prior", filters_.d_log_prior);
    plan_filters_backward(tape, input, output);
    if (input.has_gradient()) {
        Step &states = add_observing(tape, op_ + "_backward_states");
        states.bind("d_log_evidence", output.gradient);
        bind_distribution(states, "log_likelihood", filters_.log_likelihood, shapes_.filters[3]);
        states.bind("d_probability", input.gradient);
    }
}

void KldLayer::plan_filters_backward(Tape &tape, const Signal &input, const Signal &output) {
    Step &filters = add_observing(tape, op_ + "_backward_filters");
    filters.bind("probability", input.value);
    filters.bind("d_log_evidence", output.gradient);
    bind_distribution(filters, "d_log_likelihood",
                      log_odds_ ? log_odds_->d_log_odds : filters_.d_log_likelihood,
                      log_odds_ ? 1 : shapes_.filters[3]);
    if (log_odds_) {
        log_odds_->add_backward(tape);
    }
    filters_.add_backward(tape);
}

}  // namespace

TrainableKind kld_kind(const std::string &name, const std::vector<std::string> &ops) {
    TrainableKind kind;
    kind.name = name;
    kind.parameters = kld_parameters;
    kind.make = [ops](const LayerSite &site, const LayerNumbers &numbers) {
        return std::make_unique<KldLayer>(site, numbers, ops);
    };
    kind.tensors = kld_tensors;
    kind.from_tensors = kld_from_tensors;
    return kind;
}

}  // namespace fsd::training
