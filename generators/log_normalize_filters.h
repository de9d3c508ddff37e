// The natural parametrization of filters: log q = theta - log sum exp theta over the input states (MATH 1).
#pragma once

#include "generators/operator.h"

namespace fsd {

class LogNormalizeFilters : public Operator<LogNormalizeFilters> {
public:
    Input<Buffer<float, 3>> theta{"theta"};                     // output, input_state, position
    Output<Buffer<float, 3>> log_likelihood{"log_likelihood"};  // output, input_state, position

    void generate();
    void schedule();

private:
    Halide::Var output{"output"}, input_state{"input_state"}, position{"position"};
    // Longer distributions are summed in float64: their roundings add up.
    static constexpr int few_states = 64;

    Halide::RDom states, states_of_few, states_of_many;
    Halide::Func peak{"peak"}, mass{"mass"}, mass_of_many{"mass_of_many"}, log_mass{"log_mass"};
};

}  // namespace fsd
