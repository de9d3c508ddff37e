// What the fusions of the KLD convolution with Bayes' rule share: their inputs and the stages up to the
// posterior.
#pragma once

#include "generators/bayes.h"
#include "generators/operator.h"
#include "generators/schedule_parameters.h"
#include "generators/start_at_zero.h"
#include "generators/window_evidence.h"

namespace fsd {

template<typename Op>
class GroupedConvolution : public Operator<Op> {
public:
    template<typename T>
    using Input = Halide::GeneratorInput<T>;
    using Expr = Halide::Expr;
    template<typename T, int D>
    using Buffer = Halide::Buffer<T, D>;

    Input<Buffer<float, 4>> probability{"probability"};        // input, x, y, sample
    Input<Buffer<float, 5>> log_likelihood{"log_likelihood"};  // state, group, input, window_x, window_y
    Input<Buffer<float, 2>> log_prior{"log_prior"};            // state, group
    Input<float> observations{"observations"};
    Input<int> stride_y{"stride_y"};
    Input<int> stride_x{"stride_x"};
    Input<int> padding_y{"padding_y"};
    Input<int> padding_x{"padding_x"};
    ScheduleTemplate measured;

protected:
    Halide::Var state{"state"}, group{"group"}, output_x{"output_x"}, output_y{"output_y"}, sample{"sample"};
    Places places;
    WindowEvidence window;
    Bayes bayes;

    // `width`: of the map, where it is an output's extent.
    void define_evidence(const Expr &width = Expr()) {
        window.width = width;
        start_at_zero({probability, log_likelihood, log_prior});
        window.columns = {probability.dim(1).extent(), log_likelihood.dim(3).extent(), stride_x, padding_x};
        window.rows = {probability.dim(2).extent(), log_likelihood.dim(4).extent(), stride_y, padding_y};
        window.inputs = probability.dim(0).extent();
        window.states = log_likelihood.dim(0).extent();
        window.groups = log_likelihood.dim(1).extent();
        window.observations = observations;
        window.lanes = measured.number(this->target, vector_width(this->target));
        window.define(
            probability,
            [&](const Expr &s, const Expr &g, const Expr &input, const Expr &x, const Expr &y) {
                return log_likelihood(s, g, input, x, y);
            },
            [&](const Expr &s, const Expr &g) { return log_prior(s, g); });
        if (PlainFormulas::are_wanted()) {
            bayes.place = {output_x, output_y, sample};
        }
    }

    // result(state, group, output_x, output_y, sample) = the posterior.
    void define_posteriors(const Halide::Func &result, const Expr &height, const Expr &samples) {
        places = define_map(result, {state, group, output_x, output_y, sample}, window.order(), height,
                            samples, [&](std::vector<Expr> place) {
                                place.insert(place.begin(), {state, group});
                                return bayes.result(place);
                            });
    }

    // The evidence of kld_conv in the rows of `bayes`.
    Expr row_evidence(const Expr &state) const {
        return window.at(state, bayes.group, {bayes.place.begin(), bayes.place.end()});
    }

    void set_input_estimates() {
        probability.set_estimates({{0, 32}, {0, 34}, {0, 34}, {0, 16}});
        log_likelihood.set_estimates({{0, 64}, {0, 1}, {0, 32}, {0, 3}, {0, 3}});
        log_prior.set_estimates({{0, 64}, {0, 1}});
    }
};

}  // namespace fsd
