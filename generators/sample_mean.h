// The mean of samples in float64, and the samples without it.
#pragma once

#include "generators/plain_formulas.h"

#include "Halide.h"

namespace fsd {

class SampleMean {
public:
    static constexpr int part = 256;  // samples that are added in one go; parts are added in order

    Halide::Var unit{"unit"}, chunk{"chunk"}, sample{"sample"};
    Halide::RDom in_chunk, chunks;
    Halide::Func part_sums{"part_sums"};  // unit, chunk
    Halide::Func sums{"sums"};            // unit
    Halide::Func average{"average"};      // unit

    template<typename Samples>
    void define(const Samples &samples, const Halide::Expr &extent, const Halide::Expr &count) {
        extent_ = extent;
        count_ = count;
        define_sums(samples, count);
        average(unit) = sums(unit) / Halide::cast<double>(count);
        inside_ = Halide::BoundaryConditions::constant_exterior(
            samples, Halide::cast(Halide::Expr(samples(unit, sample)).type(), 0),
            {{0, extent}, {Halide::Expr(), Halide::Expr()}});
    }

    // x - mean; 0 beyond the units and beyond the samples.
    Halide::Expr centered(const Halide::Expr &place, const Halide::Expr &at) const {
        const Halide::Expr unit_at = Halide::min(place, extent_ - 1), sample_at = Halide::min(at, count_ - 1);
        const Halide::Expr difference = Halide::cast<double>(inside_(place, sample_at)) - average(unit_at);
        return Halide::select(place < extent_ && at < count_, difference, Halide::Expr(0.));
    }

private:
    template<typename Samples>
    void define_sums(const Samples &samples, const Halide::Expr &count) {
        sums(unit) = Halide::Expr(0.);
        if (PlainFormulas::are_wanted()) {
            chunks = Halide::RDom(0, count, "samples");
            sums(unit) += Halide::cast<double>(samples(unit, chunks));
            return;
        }
        in_chunk = Halide::RDom(0, part, "in_chunk");
        const Halide::Expr at = chunk * part + in_chunk;
        const Halide::Expr inside = Halide::min(at, count - 1);
        part_sums(unit, chunk) = Halide::Expr(0.);
        part_sums(unit, chunk) +=
            Halide::select(at < count, Halide::cast<double>(samples(unit, inside)), Halide::Expr(0.));
        chunks = Halide::RDom(0, (count + part - 1) / part, "parts");
        sums(unit) += part_sums(unit, chunks);
    }

    Halide::Expr extent_, count_;
    Halide::Func inside_;
};

}  // namespace fsd
