// Both directions touch only the filters: a few hundred numbers.
#include "toolkit/training/layers/kld_log_odds.h"

namespace fsd::training {
namespace {

float *floats(const Tensor &tensor) {
    return static_cast<float *>(const_cast<void *>(tensor.data()));
}

}  // namespace

KldLogOdds::KldLogOdds(KldFilters &filters) : filters_(filters) {
    const Shape shape = shape_of(filters.log_likelihood);
    positions_ = shape[0];
    outputs_ = shape[2];
    log_odds = make_tensor<float>({positions_, outputs_});
    d_log_odds = make_tensor<float>({positions_, outputs_});
    offset = make_tensor<float>(shape_of(filters.log_prior));
}

void KldLogOdds::add_forward(Tape &tape) {
    tape.add("log_odds", [this] { convert(); });
}

void KldLogOdds::add_backward(Tape &tape) {
    tape.add("log_odds", [this] { differentiate(); });
}

void KldLogOdds::convert() {
    const float *log_likelihood = floats(filters_.log_likelihood);
    for (std::ptrdiff_t output = 0; output < outputs_; output++) {
        double sum = 0;
        for (std::ptrdiff_t position = 0; position < positions_; position++) {
            const float *states = log_likelihood + 2 * position * outputs_ + output;
            sum += states[0];
            floats(log_odds)[position * outputs_ + output] = states[outputs_] - states[0];
        }
        floats(offset)[output] =
            static_cast<float>(floats(filters_.log_prior)[output] + filters_.observations * sum);
    }
}

// n sum dz x for state 1; n sum dz (1 - x) = n sum dz - n sum dz x for state 0.
void KldLogOdds::differentiate() {
    for (std::ptrdiff_t position = 0; position < positions_; position++) {
        float *states = floats(filters_.d_log_likelihood) + 2 * position * outputs_;
        for (std::ptrdiff_t output = 0; output < outputs_; output++) {
            const float one = floats(d_log_odds)[position * outputs_ + output];
            states[outputs_ + output] = one;
            states[output] =
                static_cast<float>(filters_.observations * floats(filters_.d_log_prior)[output] - one);
        }
    }
}

}  // namespace fsd::training
