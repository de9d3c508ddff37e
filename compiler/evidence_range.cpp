// Sums the least and the most that each variable can contribute.
#include "compiler/evidence_range.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace fsd::compiler {
namespace {

struct Interval {
    double low = 0, high = 0;
};

// What one variable adds to a sum with the weights `weight(state)`.
class Contribution {
public:
    // The integers of a variable are P(1) alone, or its states, each rounded, which sum to 255 within half a
    // unit per state.
    Contribution(const QuantizedLayer &layer, int input_states, bool padded)
        : states_(layer.weights.dim(1).extent()),
          padded_(padded),
          is_free_(states_ < input_states),
          most_(255 + (is_free_ ? 0 : states_ / 2.0)),
          least_(std::max(0.0, 255 - states_ / 2.0)) {}

    template<typename Weight>
    Interval of(const Weight &weight) const {
        double low = weight(0), high = weight(0);
        for (int state = 1; state < states_; state++) {
            low = std::min(low, weight(state));
            high = std::max(high, weight(state));
        }
        if (padded_ || is_free_) {
            return {most_ * std::min(low, 0.0), most_ * std::max(high, 0.0)};
        }
        return {low * (low < 0 ? most_ : least_), high * (high > 0 ? most_ : least_)};
    }

private:
    int states_;
    bool padded_, is_free_;
    double most_, least_;
};

class Evidence {
public:
    Evidence(const QuantizedLayer &layer, int input_states, bool padded)
        : contribution_(layer, input_states, padded),
          states_(static_cast<std::size_t>(layer.weights.dim(1).extent())),
          outputs_(static_cast<std::size_t>(layer.weights.dim(0).extent())),
          variables_(layer.weights.number_of_elements() / states_ / outputs_),
          unit_(1 / layer.activation_scale()),
          weights_(static_cast<const int8_t *>(layer.weights.data())),
          scales_(static_cast<const float *>(layer.scales.data())),
          biases_(static_cast<const float *>(layer.biases.data())) {}

    // The mean of the evidence of `count` outputs.
    Interval mean(std::size_t first, std::size_t count) const {
        Interval sum;
        for (std::size_t i = first; i < first + count; i++) {
            sum.low += biases_[i];
        }
        sum.high = sum.low;
        for (std::size_t variable = 0; variable < variables_; variable++) {
            const Interval part = contribution_.of([&](int state) {
                const int8_t *row =
                    weights_ + (variable * states_ + static_cast<std::size_t>(state)) * outputs_;
                double weight = 0;
                for (std::size_t i = first; i < first + count; i++) {
                    weight += static_cast<double>(scales_[i]) * row[i];
                }
                return weight * unit_;
            });
            sum.low += part.low;
            sum.high += part.high;
        }
        const auto divisor = static_cast<double>(count);
        return {sum.low / divisor, sum.high / divisor};
    }

private:
    Contribution contribution_;
    std::size_t states_, outputs_, variables_;
    double unit_;
    const int8_t *weights_;
    const float *scales_, *biases_;
};

// Powers of 2. All that is normal, less what rounding may add; sums and the largest of a group stay farther
// inside, so that products with 255, which the compiler may take in any order, stay finite.
constexpr double lowest_power = -125, highest_sum = 110, lowest_peak = -110;
// What is raised to the lowest power shall be less than 2^-24 of the largest.
constexpr double negligible = 24;

const double nats = std::log(2.0);  // per power of 2

// An offset for each group that leaves the sum of its exponentials small enough and is at most `most`; empty
// where a group has none.
std::vector<double> offsets(const std::vector<EvidenceRange> &ranges, int states,
                            const std::function<double(const EvidenceRange &)> &most) {
    const double highest = (highest_sum - std::log2(static_cast<double>(states))) * nats;
    std::vector<double> chosen;
    for (const EvidenceRange &range : ranges) {
        if (range.highest - highest > most(range)) {
            return {};
        }
        // The least change of the numbers that makes them fit.
        chosen.push_back(std::clamp(0.0, range.highest - highest, most(range)));
    }
    return chosen;
}

}  // namespace

std::vector<EvidenceRange> evidence_ranges(const QuantizedLayer &layer, int input_states, bool padded) {
    const Evidence evidence(layer, input_states, padded);
    const auto groups = static_cast<std::size_t>(layer.biases.dim(1).extent()),
               states = static_cast<std::size_t>(layer.biases.dim(0).extent());
    std::vector<EvidenceRange> ranges;
    for (std::size_t group = 0; group < groups; group++) {
        // The largest is no less than the mean, and no less than any one.
        Interval range = evidence.mean(group * states, 1);
        double least_peak = std::max(range.low, evidence.mean(group * states, states).low);
        for (std::size_t i = 1; i < states; i++) {
            const Interval one = evidence.mean(group * states + i, 1);
            range = {std::min(range.low, one.low), std::max(range.high, one.high)};
            least_peak = std::max(least_peak, one.low);
        }
        ranges.push_back({range.low, range.high, least_peak});
    }
    return ranges;
}

ExponentChoice choose_exponent(const std::vector<EvidenceRange> &ranges, int states) {
    const std::vector<double> bare = offsets(ranges, states, [](const EvidenceRange &range) {
        return std::min(range.lowest - lowest_power * nats, range.least_peak - lowest_peak * nats);
    });
    if (!bare.empty()) {
        return {Exponent::bare, bare};
    }
    const double lowest = lowest_power + negligible + std::log2(static_cast<double>(states));
    const std::vector<double> clamped =
        offsets(ranges, states, [&](const EvidenceRange &range) { return range.least_peak - lowest * nats; });
    if (!clamped.empty()) {
        return {Exponent::clamped, clamped};
    }
    return {Exponent::peaked, std::vector<double>(ranges.size())};
}

}  // namespace fsd::compiler
