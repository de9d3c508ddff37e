// The sums of a linear layer for few samples, which read the filters where they lie: packing them takes
// longer than adding. Terms are added in the order of the packed sums, so that the bits are the same.
#pragma once

#include "Halide.h"

#include <functional>
#include <string>
#include <vector>

namespace fsd {

class FewSamples {
public:
    using Filter = std::function<Halide::Expr(const Halide::Expr &output, const Halide::Expr &input)>;

    // The sums of a layer with at least so many outputs, computed for so many at a time.
    struct Block {
        int outputs;
        Halide::Func sum;  // output, sample
    };

    // Set before define().
    Halide::RDom term;  // over the inputs
    Halide::Expr samples, outputs, groups;
    int lanes = 1;
    bool has_fma = false;  // without, sums of several terms in one go would be added in another order

    Halide::Var output{"output"}, sample{"sample"}, lane{"lane"}, half{"half"};
    Halide::Expr are_few;       // and of one group, with outputs enough for half a vector
    std::vector<Block> blocks;  // of whole vectors, the largest first
    Halide::Func halves{
        "halves"};  // lane, half, sample: of fewer outputs, the first and the last ones, which overlap
    Halide::Func sums{"few_sums"};  // output, sample

    // probability: input, sample. Samples behind the last one, which a tile may ask for, repeat it.
    void define(const Halide::Func &probability, const Filter &filter) {
        const auto product = [&](const Halide::Expr &of) {
            const Halide::Expr to = Halide::unsafe_promise_clamped(of, 0, outputs - 1);
            return filter(to, term) * probability(term, min(sample, samples - 1));
        };
        const Halide::Expr last_half = outputs - lanes / 2, in_last = output >= lanes / 2;
        halves(lane, half, sample) = 0.f;
        halves(lane, half, sample) += product(lane + half * last_half);
        const Halide::Expr at = output - select(in_last, last_half, 0);
        Halide::Expr sum_of_any = select(
            have_halves(),
            halves(Halide::unsafe_promise_clamped(at, 0, lanes / 2 - 1), select(in_last, 1, 0), sample), 0.f);
        for (const int size : {lanes, 4 * lanes, streamed_outputs}) {
            Halide::Func sum("sums_of_" + std::to_string(size));
            sum(output, sample) = 0.f;
            sum(output, sample) += product(output);
            sum_of_any = select(outputs >= size, sum(output, sample), sum_of_any);
            blocks.insert(blocks.begin(), {size, sum});
        }
        sums(output, sample) = sum_of_any;
        // One comparison, so that Halide knows what holds where it is false.
        are_few = samples <= select(groups != 1 || !have_halves(), 0, outputs < lanes, has_fma ? 4 : 1,
                                    has_fma ? lanes : 4);
    }

    Halide::Expr have_halves() const { return outputs >= lanes / 2; }

    // Rows of filters as long as this are read from front to back, several side by side.
    static constexpr int streamed_outputs = 512;
};

}  // namespace fsd
