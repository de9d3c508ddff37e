// Test-only kernel: weight times the sum of each row, in float64.
#include "Halide.h"

namespace fsd {

class WeightedSum : public Halide::Generator<WeightedSum> {
public:
    Input<Buffer<double, 2>> values{"values"};  // state, site
    Input<double> weight{"weight"};
    Output<Buffer<double, 1>> sum{"sum"};  // site

    void generate() {
        const Halide::RDom states(0, values.dim(0).extent(), "states");
        total_(site_) = Halide::cast<double>(0);
        total_(site_) += values(states, site_);
        sum(site_) = weight * total_(site_);
    }
    void schedule() {}

private:
    Halide::Var site_{"site"};
    Halide::Func total_{"total"};
};

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::WeightedSum, weighted_sum)
