// The Kullback-Leibler divergence of a density from a mixture of densities, by quadrature over one dimension
// (docs/analysis.md, Aggregation).
#pragma once

#include "generators/operator.h"

namespace fsd {

class MixtureDivergence : public Operator<MixtureDivergence> {
public:
    Input<Buffer<double, 2>> log_density{"log_density"};                           // point, pair
    Input<Buffer<double, 3>> log_component{"log_component"};                       // point, component, pair
    Input<Buffer<double, 2>> log_share{"log_share"};                               // component, pair
    Input<Buffer<double, 1>> point_distance{"point_distance"};                     // pair
    Output<Buffer<double, 1>> divergence_from_mixture{"divergence_from_mixture"};  // pair

    void generate();
    void schedule();

private:
    Halide::Var point{"point"}, pair{"pair"};
    Halide::RDom components, points;
    Halide::Func peak{"peak"}, mass{"mass"};  // point, pair
    Halide::Func term{"term"};                // point, pair: p log(p / q)
    Halide::Func sum{"sum"};                  // pair
};

}  // namespace fsd
