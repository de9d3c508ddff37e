// kld_linear, log_normalize, cross_entropy and back.
#include "toolkit/training/last_block.h"

#include <algorithm>
#include <utility>

namespace fsd {
namespace {

const float *floats(const Tensor &tensor) {
    return static_cast<const float *>(tensor.data());
}

// [sample, y, x, channel] as [sample, input].
Tensor inputs_of(const Tensor &tensor) {
    const Shape shape = shape_of(tensor);
    return reshaped(tensor, {shape[0], shape[1] * shape[2] * shape[3]});
}

}  // namespace

LastBlock::LastBlock(const Place &place, const Block &block, const Parameters &parameters, std::size_t layer,
                     Observed input, Tensor labels)
    : forward(place, block.name),
      backward(place, block.name),
      block_(block),
      filters_(block, parameters, layer),
      input_(std::move(input)),
      batch_(shape_of(labels)[0]),
      labels_(std::move(labels)) {
    log_posterior_ = make_tensor<float>({batch_, block.outputs()});
    d_logits_ = make_tensor<float>({batch_, block.outputs()});
    loss_ = make_tensor<float>({batch_});
    plan_forward(labels_);
    plan_backward();
}

void LastBlock::plan_forward(const Tensor &labels) {
    filters_.add_forward(forward);
    const Tensor probability = inputs_of(input_.probability);
    const int inputs = shape_of(probability)[1];
    forward.add("kld_linear_log_normalize", filters_.observations)
        .set("probability", probability)
        .set("log_likelihood", reshaped(filters_.log_likelihood, {inputs, 1, block_.outputs()}))
        .set("log_prior", filters_.log_prior)
        .set("log_posterior", reshaped(log_posterior_, {batch_, 1, block_.outputs()}));
    forward.add("cross_entropy")
        .set("log_posterior", log_posterior_)
        .set("label", labels)
        .set("loss", loss_)
        .set("d_logits", d_logits_);
    forward.add("average", [this] { average_gradient(); });
}

void LastBlock::plan_backward() {
    const Tensor probability = inputs_of(input_.probability);
    const Shape filters = {shape_of(probability)[1], block_.outputs()};
    backward.add("log_prior_backward")
        .set("d_log_evidence", d_logits_)
        .set("d_log_prior", filters_.d_log_prior);
    backward.add("kld_linear_backward_filters", filters_.observations)
        .set("probability", probability)
        .set("d_log_evidence", d_logits_)
        .set("d_log_likelihood", reshaped(filters_.d_log_likelihood, filters));
    filters_.add_backward(backward);
    if (input_.d_probability.data()) {
        backward.add("kld_linear_backward_states", filters_.observations)
            .set("d_log_evidence", d_logits_)
            .set("log_likelihood", reshaped(filters_.log_likelihood, filters))
            .set("d_probability", inputs_of(input_.d_probability));
    }
}

// cross_entropy gives the gradient of each sample's loss; the loss that is minimized is their mean.
void LastBlock::average_gradient() {
    auto *gradient = static_cast<float *>(d_logits_.data());
    const float share = 1.f / static_cast<float>(batch_);
    std::for_each(gradient, gradient + d_logits_.number_of_elements(), [share](float &d) { d *= share; });
}

double LastBlock::loss() const {
    double sum = 0;
    for (int sample = 0; sample < batch_; sample++) {
        sum += floats(loss_)[sample];
    }
    return sum / batch_;
}

int LastBlock::correct() const {
    const int classes = block_.outputs();
    const auto *label = static_cast<const std::int32_t *>(labels_.data());
    int correct = 0;
    for (std::ptrdiff_t sample = 0; sample < batch_; sample++) {
        const float *row = floats(log_posterior_) + sample * classes;
        correct += std::max_element(row, row + classes) - row == label[sample] ? 1 : 0;
    }
    return correct;
}

}  // namespace fsd
