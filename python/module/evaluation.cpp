// How good numbers are that a network gave.
#include "toolkit/evaluation/evaluation.h"

#include "python/module/arrays.h"
#include "toolkit/evaluation/regression.h"

#include <nanobind/stl/vector.h>

namespace fsd::python {
namespace {

nb::tuple evaluate_classes(const Dense &log_posterior, const Integers &labels) {
    Evaluation found;
    {
        const nb::gil_scoped_release released;
        found =
            evaluate(view_of(log_posterior), std::vector<int>(labels.data(), labels.data() + labels.size()));
    }
    return nb::make_tuple(found.images, found.accuracy, found.nll, found.ece, found.confusion);
}

nb::tuple evaluate_numbers(const Dense &predicted, const Dense &targets) {
    Regression found;
    {
        const nb::gil_scoped_release released;
        found = compare_with_targets(view_of(predicted), view_of(targets));
    }
    return nb::make_tuple(found.samples, found.mse, found.r2);
}

}  // namespace

void add_evaluation(nb::module_ &module) {
    module.def("evaluate_classes", evaluate_classes);
    module.def("evaluate_numbers", evaluate_numbers);
}

}  // namespace fsd::python
