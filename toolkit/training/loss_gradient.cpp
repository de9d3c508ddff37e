// Forward through the blocks, then back.
#include "toolkit/training/loss_gradient.h"

namespace fsd {

LossGradient::LossGradient(const std::vector<Block> &blocks, const Parameters &parameters, int batch,
                           const std::string &device)
    : place_(Place::on(device, mirrors_.get())), input_(place_) {
    const Block &first = blocks.front();
    images = make_tensor<std::uint8_t>({batch, first.input[0], first.input[1], first.input[2]});
    labels = make_tensor<std::int32_t>({batch});
    const bool log_odds = blocks.size() > 1 && has_log_odds_form(first);
    Observed observed = plan_input(first, log_odds);
    for (std::size_t layer = 0; layer + 1 < blocks.size(); layer++) {
        hidden_.push_back(std::make_unique<HiddenBlock>(place_, blocks[layer], parameters, layer, observed,
                                                        log_odds && layer == 0));
        observed = hidden_.back()->output();
    }
    last_ =
        std::make_unique<LastBlock>(place_, blocks.back(), parameters, blocks.size() - 1, observed, labels);
}

Observed LossGradient::plan_input(const Block &first, bool log_odds) {
    const int channels = first.input[2] * (log_odds ? 1 : 2);
    Observed observed;
    observed.probability =
        make_tensor<float>({shape_of(images)[0], first.input[0], first.input[1], channels});
    place_.keep(observed.probability);
    input_.add(log_odds ? "success_probability" : "bernoulli_states")
        .set("image", images)
        .set("probability", observed.probability);
    return observed;
}

void LossGradient::run() {
    input_.run();
    for (const auto &block : hidden_) {
        block->forward.run();
    }
    last_->forward.run();
    last_->backward.run();
    for (auto block = hidden_.rbegin(); block != hidden_.rend(); ++block) {
        (*block)->backward.run();
    }
}

void LossGradient::measure() {
    input_.measure();
    for (const auto &block : hidden_) {
        block->forward.measure();
        block->backward.measure();
    }
    last_->forward.measure();
    last_->backward.measure();
}

std::map<std::string, Tape::Timing> LossGradient::timings() const {
    std::map<std::string, Tape::Timing> timings;
    input_.add_timings(timings);
    for (const auto &block : hidden_) {
        block->forward.add_timings(timings);
        block->backward.add_timings(timings);
    }
    last_->forward.add_timings(timings);
    last_->backward.add_timings(timings);
    return timings;
}

}  // namespace fsd
