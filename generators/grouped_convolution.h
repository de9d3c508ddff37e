// What the fusions of the KLD convolution with Bayes' rule share: their inputs and the stages up to the
// posterior.
#pragma once

#include "generators/bayes.h"
#include "generators/start_at_zero.h"
#include "generators/window_evidence.h"

namespace fsd {

template<typename Op>
class GroupedConvolution : public Halide::Generator<Op> {
public:
    template<typename T>
    using Input = Halide::GeneratorInput<T>;
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

protected:
    Halide::Var state{"state"}, group{"group"}, output_x{"output_x"}, output_y{"output_y"}, sample{"sample"};
    WindowEvidence window;
    Bayes bayes;  // rows: group, output_x, output_y, sample

    WindowAxis columns() const {
        return {probability.dim(1).extent(), log_likelihood.dim(3).extent(), stride_x, padding_x};
    }
    WindowAxis rows() const {
        return {probability.dim(2).extent(), log_likelihood.dim(4).extent(), stride_y, padding_y};
    }

    // Defines the stages for a map of output_width columns.
    void define_posterior(const Halide::Expr &output_width) {
        start_at_zero({probability, log_likelihood, log_prior});
        const SiteOrder order{output_width};
        window.inputs = probability.dim(0).extent();
        window.filters.states = log_likelihood.dim(0).extent();
        window.filters.groups = log_likelihood.dim(1).extent();
        window.filters.lanes = this->template natural_vector_size<float>();
        window.define(probability, columns(), rows(), order,
                      [&](const Halide::Expr &s, const Halide::Expr &g) {
                          return log_likelihood(s, g, window.input, window.window_x, window.window_y);
                      });
        bayes.state = state;
        bayes.row = {group, output_x, output_y, sample};
        bayes.evidence(state, group, output_x, output_y, sample) = evidence(
            log_prior(state, group), observations,
            window.sums(state + window.filters.states * group, order.site(output_x, output_y), sample));
        bayes.define(window.filters.states);
    }

    void set_input_estimates() {
        probability.set_estimates({{0, 32}, {0, 34}, {0, 34}, {0, 16}});
        log_likelihood.set_estimates({{0, 64}, {0, 1}, {0, 32}, {0, 3}, {0, 3}});
        log_prior.set_estimates({{0, 64}, {0, 1}});
    }
};

}  // namespace fsd
