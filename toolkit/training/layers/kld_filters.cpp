// log q = theta - LSE theta, log pi = beta - LSE beta, n = exp nu, and their gradients.
#include "toolkit/training/layers/kld_filters.h"

#include <array>
#include <cmath>

namespace fsd::training {
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

KldFilters::KldFilters(const LayerSite &site, const LayerNumbers &numbers, bool sums_to_zero)
    : numbers_(numbers),
      log_observations_(floats(numbers.values.at("log_observations"))),
      d_log_observations_(floats(numbers.gradient.at("log_observations"))),
      sums_to_zero_(sums_to_zero) {
    const KldShapes shapes = kld_shapes(site);
    log_likelihood = make_tensor<float>(shapes.theta);
    d_log_likelihood = make_tensor<float>(shapes.theta);
    log_prior = make_tensor<float>(shapes.prior);
    d_log_prior = sums_to_zero ? reshaped(numbers_.gradient.at("prior_logits"), {shapes.outputs})
                               : make_tensor<float>({shapes.outputs});
}

void KldFilters::add_forward(Tape &tape) {
    tape.add("log_normalize_filters")
        .set("theta", numbers_.values.at("theta"))
        .set("log_likelihood", log_likelihood);
    const Shape prior = shape_of(log_prior);
    tape.add("log_normalize")
        .set("logits", reshaped(numbers_.values.at("prior_logits"), {1, prior[0], prior[1]}))
        .set("log_posterior", reshaped(log_prior, {1, prior[0], prior[1]}));
    tape.add("observations", [this] { set_observations(); });
}

void KldFilters::set_observations() {
    observations = static_cast<float>(std::exp(static_cast<double>(*log_observations_)));
    for (Call *call : calls_) {
        call->set("observations", observations);
    }
}

void KldFilters::add_backward(Tape &tape) {
    tape.add("log_normalize_filters_backward")
        .set("log_likelihood", log_likelihood)
        .set("d_log_likelihood", d_log_likelihood)
        .set("d_theta", numbers_.gradient.at("theta"));
    if (!sums_to_zero_) {
        const Shape prior = shape_of(log_prior), rows = {1, prior[0], prior[1]};
        tape.add("log_normalize_backward")
            .set("log_posterior", reshaped(log_prior, rows))
            .set("d_log_posterior", reshaped(d_log_prior, rows))
            .set("d_logits", reshaped(numbers_.gradient.at("prior_logits"), rows));
    }
    tape.add("observations", [this] { differentiate_observations(); });
}

// d nu = n sum dz p log q, and d_log_likelihood = n sum dz p.
void KldFilters::differentiate_observations() {
    *d_log_observations_ = static_cast<float>(inner_product(d_log_likelihood, log_likelihood));
}

}  // namespace fsd::training
