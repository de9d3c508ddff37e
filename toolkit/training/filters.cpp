// log q = theta - LSE theta, log pi = beta - LSE beta, n = exp nu, and their gradients.
#include "toolkit/training/filters.h"

#include <array>
#include <cmath>

namespace fsd {
namespace {

float *floats(const Tensor &tensor) {
    return static_cast<float *>(const_cast<void *>(tensor.data()));
}

// In float64, as 16 interleaved sums in a fixed order: the compiler may use vectors without changing the
// result.
double inner_product(const Tensor &a, const Tensor &b) {
    std::array<double, 16> sums{};
    const float *left = floats(a), *right = floats(b);
    const std::size_t count = a.number_of_elements();
    std::size_t i = 0;
    for (; i + sums.size() <= count; i += sums.size()) {
        for (std::size_t lane = 0; lane < sums.size(); lane++) {
            sums[lane] += static_cast<double>(left[i + lane]) * right[i + lane];
        }
    }
    double total = 0;
    for (; i < count; i++) {
        total += static_cast<double>(left[i]) * right[i];
    }
    for (double sum : sums) {
        total += sum;
    }
    return total;
}

}  // namespace

Filters::Filters(const Block &block, const Parameters &parameters, std::size_t layer)
    : values_(parameters.part(parameters.values, layer)),
      gradient_(parameters.part(parameters.gradient, layer)) {
    const Shape shape = shape_of(values_.theta);
    log_likelihood = make_tensor<float>(shape);
    d_log_likelihood = make_tensor<float>(shape);
    log_prior = make_tensor<float>({block.posterior[2], block.posterior[3]});
    d_log_prior = reshaped(gradient_.prior_logits, {block.outputs()});
}

void Filters::add_forward(Tape &tape) {
    tape.add("log_normalize_filters").set("theta", values_.theta).set("log_likelihood", log_likelihood);
    const Shape prior = shape_of(log_prior);
    tape.add("log_normalize")
        .set("logits", reshaped(values_.prior_logits, {1, prior[0], prior[1]}))
        .set("log_posterior", reshaped(log_prior, {1, prior[0], prior[1]}));
    tape.add("observations", [this] {
        observations = static_cast<float>(std::exp(static_cast<double>(*floats(values_.log_observations))));
    });
}

void Filters::add_backward(Tape &tape) {
    tape.add("log_normalize_filters_backward")
        .set("log_likelihood", log_likelihood)
        .set("d_log_likelihood", d_log_likelihood)
        .set("d_theta", gradient_.theta);
    tape.add("observations", [this] { differentiate_observations(); });
}

// d nu = n sum dz p log q, and d_log_likelihood = n sum dz p.
void Filters::differentiate_observations() {
    *floats(gradient_.log_observations) = static_cast<float>(inner_product(d_log_likelihood, log_likelihood));
}

}  // namespace fsd
