// Entropies by the kernel entropy, of the posteriors and of their mean.
#include "toolkit/analysis/features/posteriors.h"

#include "runtime/call.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fsd::analysis {
namespace {

constexpr float sum_tolerance = 1e-3f;

bool are_distributions(const Tensor &rows, int states) {
    const auto *row = static_cast<const float *>(rows.data());
    const auto *end = row + rows.number_of_elements();
    for (; row < end; row += states) {
        if (!(std::fabs(std::accumulate(row, row + states, 0.f) - 1) <= sum_tolerance)) {
            return false;
        }
    }
    return true;
}

// Sum over rows of [row, state].
double entropy_sum(const Tensor &rows) {
    Tensor entropies = make_tensor<float>({shape_of(rows)[0]});
    Call call(need_kernel("entropy", {"tuned", "cpu"}));
    call.set("probability", rows).set("entropy", entropies);
    call();
    const auto *first = static_cast<const float *>(entropies.data());
    return std::accumulate(first, first + entropies.number_of_elements(), 0.);
}

Tensor mean_over_samples(const Tensor &posteriors) {
    const int samples = shape_of(posteriors)[0], width = shape_of(posteriors)[1];
    std::vector<double> sums(static_cast<std::size_t>(width));
    const auto *next = static_cast<const float *>(posteriors.data());
    for (int sample = 0; sample < samples; sample++) {
        for (double &sum : sums) {
            sum += *next++;
        }
    }
    Tensor mean = make_tensor<float>({width});
    std::transform(sums.begin(), sums.end(), static_cast<float *>(mean.data()),
                   [&](double sum) { return static_cast<float>(sum / samples); });
    return mean;
}

}  // namespace

std::optional<Tensor> posteriors_of(const Tensor &activations, const ActivationType &type) {
    const bool logarithms = type.kind == ActivationKind::log_probability;
    if ((type.kind != ActivationKind::probability && !logarithms) || type.shape[3] < 2) {
        return std::nullopt;
    }
    const int samples = shape_of(activations).front();
    const auto width = static_cast<int>(activations.number_of_elements() / static_cast<std::size_t>(samples));
    Tensor rows = make_tensor<float>({samples, width});
    const auto *first = static_cast<const float *>(activations.data());
    std::transform(first, first + activations.number_of_elements(), static_cast<float *>(rows.data()),
                   [&](float number) { return logarithms ? std::exp(number) : number; });
    if (!are_distributions(rows, type.shape[3])) {
        return std::nullopt;
    }
    return rows;
}

Tensor variable_of(const Tensor &posteriors, int variable, int states) {
    const int samples = shape_of(posteriors)[0], width = shape_of(posteriors)[1];
    Tensor own = make_tensor<float>({samples, states});
    auto *next = static_cast<float *>(own.data());
    const auto *row = static_cast<const float *>(posteriors.data()) + std::ptrdiff_t(variable) * states;
    for (int sample = 0; sample < samples; sample++, row += width) {
        next = std::copy_n(row, states, next);
    }
    return own;
}

double mean_input_information(const Tensor &posteriors, int states) {
    const int samples = shape_of(posteriors)[0], variables = shape_of(posteriors)[1] / states;
    const Tensor mean = mean_over_samples(posteriors);
    const double marginal = entropy_sum(reshaped(mean, {variables, states}));
    const double conditional = entropy_sum(reshaped(posteriors, {samples * variables, states})) / samples;
    return std::max(0., marginal - conditional) / variables;
}

}  // namespace fsd::analysis
