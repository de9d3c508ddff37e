// Binds the kernels of a block once.
#include "toolkit/training/hidden_block.h"

namespace fsd {
namespace {

Shape with_batch(int batch, const Shape &shape) {
    return {batch, shape[0], shape[1], shape[2], shape[3]};
}

// [sample, y, x, group, state] as [sample, y, x, channel].
Tensor channels_of(const Tensor &tensor) {
    const Shape shape = shape_of(tensor);
    return reshaped(tensor, {shape[0], shape[1], shape[2], shape[3] * shape[4]});
}

// [sample, y, x, group, state] as [site, group, state].
Tensor sites_of(const Tensor &tensor) {
    const Shape shape = shape_of(tensor);
    return reshaped(tensor, {shape[0] * shape[1] * shape[2], shape[3], shape[4]});
}

// Filters [position, input_state, output] as the kernels' [window_y, window_x, input, output].
Tensor windows_of(const Tensor &filters, const Window &window, int outputs) {
    const int inputs =
        static_cast<int>(filters.number_of_elements()) / (window.height * window.width * outputs);
    return reshaped(filters, {window.height, window.width, inputs, outputs});
}

void set_window(Call &call, const Window &window) {
    call.set("stride_y", window.stride_y).set("stride_x", window.stride_x);
    call.set("padding_y", window.padding_y).set("padding_x", window.padding_x);
}

void set_pool(Call &call, const Layer &pool) {
    for (const auto &[name, value] : pool.attributes) {
        call.set(name, value);
    }
}

}  // namespace

bool has_log_odds_form(const Block &block) {
    return block.input[3] == 2 && block.window.padding_y == 0 && block.window.padding_x == 0;
}

HiddenBlock::HiddenBlock(const Place &place, const Block &block, const Parameters &parameters,
                         std::size_t layer, const Observed &input, bool log_odds)
    : forward(place, block.name),
      backward(place, block.name),
      place_(place),
      block_(block),
      filters_(block, parameters, layer),
      input_(input),
      batch_(shape_of(input.probability)[0]) {
    if (log_odds) {
        log_odds_ = std::make_unique<LogOdds>(filters_);
    }
    posterior_ = make_tensor<float>(with_batch(batch_, block.posterior));
    d_logits_ = make_tensor<float>(with_batch(batch_, block.posterior));
    const Shape output = with_batch(batch_, block.output);
    output_ = {block.pool ? make_tensor<float>(output) : posterior_, make_tensor<float>(output)};
    for (const Tensor &tensor : {posterior_, d_logits_, output_.d_probability}) {
        place_.keep(tensor);
    }
    if (block.pool) {
        place_.keep(output_.probability);
    }
    plan_forward();
    plan_pooling();
    plan_pooling_backward();
    plan_backward();
}

Observed HiddenBlock::output() const {
    return {channels_of(output_.probability), channels_of(output_.d_probability)};
}

void HiddenBlock::plan_forward() {
    filters_.add_forward(forward);
    if (log_odds_) {
        log_odds_->add_forward(forward);
    }
    const Tensor filters = log_odds_ ? log_odds_->log_odds : filters_.log_likelihood;
    const Shape windows = shape_of(windows_of(filters, block_.window, block_.outputs()));
    Call &call = forward.add("kld_conv_normalize", filters_.observations);
    call.set("probability", input_.probability)
        .set("log_likelihood", reshaped(filters, {windows[0], windows[1], windows[2], block_.posterior[2],
                                                  block_.posterior[3]}))
        .set("log_prior", log_odds_ ? log_odds_->offset : filters_.log_prior)
        .set("posterior", posterior_);
    set_window(call, block_.window);
}

void HiddenBlock::plan_pooling() {
    if (!block_.pool) {
        return;
    }
    Call &call = forward.add(block_.pool->op);
    set_pool(call, *block_.pool);
    if (block_.pool->op == "marginal_pool") {
        call.set("probability", channels_of(posterior_)).set("marginal", channels_of(output_.probability));
    } else {
        call.set("probability", posterior_).set("maximum", output_.probability);
    }
}

void HiddenBlock::plan_pooling_backward() {
    if (block_.pool && block_.pool->op == "marginal_pool") {
        Call &call = backward.add("normalize_marginal_pool_backward");
        call.set("posterior", posterior_).set("d_marginal", output_.d_probability).set("d_logits", d_logits_);
        set_pool(call, *block_.pool);
        return;
    }
    d_posterior_ = output_.d_probability;
    if (block_.pool) {
        d_posterior_ = make_tensor<float>(shape_of(posterior_));
        place_.keep(d_posterior_);
        Call &call = backward.add("renormalized_max_pool_backward");
        call.set("probability", posterior_).set("d_maximum", output_.d_probability);
        call.set("d_probability", d_posterior_);
        set_pool(call, *block_.pool);
    }
    backward.add("normalize_backward")
        .set("posterior", sites_of(posterior_))
        .set("d_posterior", sites_of(d_posterior_))
        .set("d_logits", sites_of(d_logits_));
}

void HiddenBlock::plan_backward() {
    const Tensor d_log_evidence = channels_of(d_logits_);
    const Shape sites = shape_of(d_log_evidence);
    backward.add("log_prior_backward")
        .set("d_log_evidence", reshaped(d_log_evidence, {sites[0] * sites[1] * sites[2], sites[3]}))
        .set("d_log_prior", filters_.d_log_prior);
    const Tensor d_filters = log_odds_ ? log_odds_->d_log_odds : filters_.d_log_likelihood;
    Call &filters = backward.add("kld_conv_backward_filters", filters_.observations);
    filters.set("probability", input_.probability)
        .set("d_log_evidence", d_log_evidence)
        .set("d_log_likelihood", windows_of(d_filters, block_.window, block_.outputs()));
    set_window(filters, block_.window);
    if (log_odds_) {
        log_odds_->add_backward(backward);
    }
    filters_.add_backward(backward);
    if (input_.d_probability.data()) {
        Call &states = backward.add("kld_conv_backward_states", filters_.observations);
        states.set("d_log_evidence", d_log_evidence)
            .set("log_likelihood", windows_of(filters_.log_likelihood, block_.window, block_.outputs()))
            .set("d_probability", input_.d_probability);
        set_window(states, block_.window);
    }
}

}  // namespace fsd
