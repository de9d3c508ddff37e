// What training changes: per layer the filters' logits, the prior's logits and the logarithm of the number of
// observations, all in one flat vector so that one call of adam updates everything.
#pragma once

#include "toolkit/training/blocks.h"

#include <cstdint>

namespace fsd {

class Parameters {
public:
    explicit Parameters(const std::vector<Block> &blocks);

    // One layer's part of a flat vector; the views share its memory.
    struct Part {
        Tensor theta;             // [position, input_state, output]: log q = theta - LSE over input_state
        Tensor prior_logits;      // [group, state]: log pi = prior_logits - LSE over state
        Tensor log_observations;  // [1]: nu; n = exp(nu)
    };
    Part part(const Tensor &flat, std::size_t layer) const;

    std::size_t layers() const { return places_.size(); }

    // float32 [element]; parts begin at multiples of 64 bytes, and the gaps between them stay 0.
    Tensor values, gradient, moment1, moment2;

    // theta ~ N(0, 0.1^2), prior logits and nu 0, moments 0.
    void initialize(std::uint64_t seed);

    // `description` with the tensors that the parameters stand for, rounded from float64.
    Model model(const Model &description) const;

private:
    struct Place {
        std::string name;
        Shape theta, prior,
            filters;  // filters: theta as the model file's [window_y, window_x, group, state, output]
        std::size_t theta_at = 0, prior_at = 0, observations_at = 0;
    };
    std::vector<Place> places_;
};

}  // namespace fsd
