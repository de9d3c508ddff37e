// The first layer on the input's success probabilities x instead of its states (1 - x, x): for a window
// without padding, log pi + n sum_u ((1 - x) log q0 + x log q1) = offset + n sum_u x log(q1 / q0), which
// halves its cost.
#pragma once

#include "toolkit/training/layers/kld_filters.h"

namespace fsd::training {

class KldLogOdds {
public:
    // `filters` has two input states and must outlive this object.
    explicit KldLogOdds(KldFilters &filters);
    KldLogOdds(const KldLogOdds &) = delete;
    KldLogOdds &operator=(const KldLogOdds &) = delete;

    // Adds the computation of log_odds and offset from the filters' distributions.
    void add_forward(Tape &tape);
    // Adds the computation of the filters' d_log_likelihood from d_log_odds and the filters' d_log_prior.
    void add_backward(Tape &tape);

    Tensor log_odds;    // [position, output]: log(q1 / q0), nats
    Tensor offset;      // [group, state]: log pi + n sum_position log q0, nats
    Tensor d_log_odds;  // n sum dz x

private:
    void convert();
    void differentiate();

    KldFilters &filters_;
    int positions_, outputs_;
};

}  // namespace fsd::training
