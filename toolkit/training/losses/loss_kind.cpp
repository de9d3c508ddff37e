// Finds losses and averages over samples.
#include "toolkit/training/losses/loss_kind.h"

#include "runtime/error.h"
#include "toolkit/training/losses/known_losses.h"

#include <algorithm>
#include <numeric>

namespace fsd {
namespace {

const float *floats(const Tensor &tensor) {
    return static_cast<const float *>(tensor.data());
}

const std::vector<LossKind> &losses() {
    static const std::vector<LossKind> all = training::known_losses();
    return all;
}

}  // namespace

std::string loss_names() {
    std::string all;
    for (const LossKind &kind : losses()) {
        all += text(all.empty() ? "" : ", ", kind.name, " (of ", to_string(kind.takes), ")");
    }
    return all;
}

const LossKind &loss_kind(const std::string &name, ActivationKind given) {
    for (const LossKind &kind : losses()) {
        if (kind.takes == given && (name.empty() || kind.name == name)) {
            return kind;
        }
    }
    throw Error(ExitCode::usage,
                text("There is no loss", name.empty() ? "" : " '" + name + "'",
                     " for a network that ends in ", to_string(given), "; there are ", loss_names(), "."));
}

void check_class_weights(const LossKind &kind, const std::vector<float> &class_weights) {
    if (!class_weights.empty() && !kind.is_mean) {
        throw Error(ExitCode::usage, text("The loss '", kind.name,
                                          "' is one of the whole batch and not a mean over samples, so that "
                                          "classes cannot be weighted in it. Leave out the class weights, or "
                                          "choose another loss."));
    }
}

int Loss::correct() const {
    if (!end_.batch.labels.data()) {
        return 0;
    }
    const int classes = end_.result.dim(0).extent(), samples = end_.batch.samples();
    const auto *label = static_cast<const std::int32_t *>(end_.batch.labels.data());
    int correct = 0;
    for (std::ptrdiff_t sample = 0; sample < samples; sample++) {
        const float *row = floats(end_.result) + sample * classes;
        correct += std::max_element(row, row + classes) - row == label[sample] ? 1 : 0;
    }
    return correct;
}

MeanLoss::MeanLoss(const LossEnd &end) : Loss(end), loss_(make_tensor<float>({end.batch.samples()})) {}

double MeanLoss::value() const {
    const int samples = end_.batch.samples();
    return std::accumulate(floats(loss_), floats(loss_) + samples, 0.0) / end_.samples_of_mean();
}

// Of both the loss and its gradient.
void MeanLoss::weight_samples() {
    const std::ptrdiff_t samples = end_.batch.samples();
    const auto numbers = static_cast<std::ptrdiff_t>(end_.d_result.number_of_elements()) / samples;
    const auto *label = static_cast<const std::int32_t *>(end_.batch.labels.data());
    auto *loss = static_cast<float *>(loss_.data());
    auto *gradient = static_cast<float *>(const_cast<void *>(end_.d_result.data()));
    for (std::ptrdiff_t sample = 0; sample < samples; sample++, gradient += numbers) {
        const float weight = end_.class_weights[label[sample]];
        loss[sample] *= weight;
        std::for_each(gradient, gradient + numbers, [weight](float &d) { d *= weight; });
    }
}

void MeanLoss::plan_mean(Tape &tape) {
    auto *gradient = static_cast<float *>(const_cast<void *>(end_.d_result.data()));
    const std::size_t count = end_.d_result.number_of_elements();
    const float share = 1.f / static_cast<float>(end_.samples_of_mean());
    if (!end_.class_weights.empty()) {
        tape.add("weight", [this] { weight_samples(); });
    }
    tape.add("average", [gradient, count, share] {
        std::for_each(gradient, gradient + count, [share](float &d) { d *= share; });
    });
}

}  // namespace fsd
