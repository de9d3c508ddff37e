// The inner loop of a KLD layer, in float64 or in integers: sums of products over windows.
#pragma once

#include "toolkit/quantization/map.h"

#include <array>

namespace fsd {

// Products of Number are summed in Sum: double in double, or int16 in int32. Integers up to 2^53 are exact in
// double, so that a sum of integers has the same bits on every machine in either.
template<typename Number, typename Sum>
class WindowSums {
public:
    // weights: [position * channels + channel, output] for the input [y, x, group, state].
    WindowSums(const LayerWindow &window, const Shape &input, const std::vector<Number> &weights, int outputs)
        : window_(window),
          input_(input),
          terms_(static_cast<std::size_t>(window.positions()) * input[2] * input[3]),
          outputs_(static_cast<std::size_t>(outputs)),
          packed_((outputs_ + width - 1) / width * terms_ * width) {
        for (std::size_t term = 0; term < terms_; term++) {
            for (std::size_t output = 0; output < outputs_; output++) {
                packed_[(output / width * terms_ + term) * width + output % width] =
                    weights[term * outputs_ + output];
            }
        }
    }

    // Calls at(output site, output, sum) for each output of each window; `shape` is that of the output.
    template<typename At>
    void run(const Number *input, const Shape &shape, const At &at) const {
        std::vector<Term> observed;
        observed.reserve(terms_);
        for (int y = 0; y < shape[0]; y++) {
            for (int x = 0; x < shape[1]; x++) {
                collect(input, y, x, observed);
                const std::size_t site = static_cast<std::size_t>(y) * shape[1] + x;
                for (std::size_t first = 0; first < outputs_; first += width) {
                    const std::array<Sum, width> sums = block(observed, first);
                    for (std::size_t i = 0; i < width && first + i < outputs_; i++) {
                        at(site, first + i, sums[i]);
                    }
                }
            }
        }
    }

private:
    // As many outputs as stay in registers while the window is summed.
    static constexpr std::size_t width = 16;

    struct Term {
        Number activation;
        std::size_t term;
    };

    // Activations of 0 add nothing, and most pixels and posteriors are 0.
    void collect(const Number *input, int y, int x, std::vector<Term> &observed) const {
        observed.clear();
        const std::size_t channels = terms_ / static_cast<std::size_t>(window_.positions());
        visit_window(window_, input_, y, x, [&](std::size_t site, std::size_t position) {
            for (std::size_t c = 0; c < channels; c++) {
                if (const Number activation = input[site * channels + c]; activation != 0) {
                    observed.push_back({activation, position * channels + c});
                }
            }
        });
    }

    std::array<Sum, width> block(const std::vector<Term> &observed, std::size_t first) const {
        std::array<Sum, width> sums{};
        const Number *rows = &packed_[first * terms_];
        for (const Term &term : observed) {
            const Number *row = rows + term.term * width;
            for (std::size_t i = 0; i < width; i++) {
                sums[i] += static_cast<Sum>(term.activation) * static_cast<Sum>(row[i]);
            }
        }
        return sums;
    }

    LayerWindow window_;
    Shape input_;
    std::size_t terms_, outputs_;
    std::vector<Number> packed_;  // [block of outputs, term, output in the block]
};

}  // namespace fsd
