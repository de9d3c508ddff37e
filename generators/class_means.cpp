// mean = sum of the class's samples, in their order, / their number; 0 for a class without samples. A sample
// whose label is no class counts nowhere.
#include "generators/class_means.h"

#include "generators/start_at_zero.h"

namespace fsd {

void ClassMeans::generate() {
    start_at_zero({values, label, mean_of_class, count_of_class});
    const Expr extent = values.dim(1).extent(), zero{0.}, one{1.};
    label.dim(0).set_extent(extent);
    const auto own = [&](Halide::RDom &all) {
        all.where(label(all) >= 0 && label(all) < classes);
        return unsafe_promise_clamped(label(all), 0, classes - 1);
    };
    samples = Halide::RDom(0, extent, "samples");
    sums(feature, clas) = zero;
    sums(feature, own(samples)) += values(feature, samples);
    counted = Halide::RDom(0, extent, "counted");
    counts(clas) = zero;
    counts(own(counted)) += one;
    mean_of_class(feature, clas) = sums(feature, clas) / max(counts(clas), one);
    count_of_class(clas) = counts(clas);

    values.set_estimates({{0, 64}, {0, 2000}});
    label.set_estimates({{0, 2000}});
    classes.set_estimate(10);
    mean_of_class.dim(0).set_extent(values.dim(0).extent());
    mean_of_class.dim(1).set_extent(classes);
    count_of_class.dim(0).set_extent(classes);
    mean_of_class.set_estimates({{0, 64}, {0, 10}});
    count_of_class.set_estimates({{0, 10}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::ClassMeans, class_means)
