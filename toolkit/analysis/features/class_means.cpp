// One call of the kernel.
#include "toolkit/analysis/features/class_means.h"

#include "runtime/call.h"

namespace fsd::analysis {

ClassedMeans class_means_of(const Tensor &features, const std::vector<int> &labels, int classes) {
    const int samples = shape_of(features).front();
    const auto units = static_cast<int>(features.number_of_elements() / static_cast<std::size_t>(samples));
    ClassedMeans found{Vector(classes), Matrix(classes, units)};
    Call call(need_kernel("class_means", {"tuned", "cpu"}));
    call.set("samples", reshaped(features, {samples, units}))
        .set("label", view_tensor(halide_type_of<int>(), const_cast<int *>(labels.data()), {samples}))
        .set("classes", classes)
        .set("class_count", view(found.probability))
        .set("class_unit_mean", view(found.mean));
    call();
    found.probability /= samples;
    return found;
}

}  // namespace fsd::analysis
