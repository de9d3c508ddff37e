// One call of the kernel.
#include "toolkit/analysis/class_means.h"

#include "runtime/call.h"
#include "runtime/error.h"

#include <algorithm>

namespace fsd::analysis {

MeansByClass class_means(const Tensor &values, const std::vector<int> &labels, int classes) {
    const int samples = shape_of(values).front();
    if (samples == 0 || static_cast<std::size_t>(samples) != labels.size()) {
        throw Error(ExitCode::bad_input, text("Means of classes need a label for each sample; found ",
                                              samples, " samples and ", labels.size(), " labels."));
    }
    const auto units = static_cast<int>(values.number_of_elements() / static_cast<std::size_t>(samples));
    MeansByClass found{Vector(classes), Matrix(classes, units)};
    Call call(need_kernel("class_means", {"tuned", "cpu"}));
    call.set("samples", reshaped(values, {samples, units}))
        .set("label", view_tensor(halide_type_of<int>(), const_cast<int *>(labels.data()), {samples}))
        .set("classes", classes)
        .set("class_count", view(found.count))
        .set("class_unit_mean", view(found.mean));
    call();
    return found;
}

MeansByClass class_means(const Matrix &values, const std::vector<int> &labels, int classes) {
    Tensor numbers = make_tensor<float>({static_cast<int>(values.rows()), static_cast<int>(values.cols())});
    std::transform(values.data(), values.data() + values.size(), static_cast<float *>(numbers.data()),
                   [](double number) { return static_cast<float>(number); });
    return class_means(numbers, labels, classes);
}

}  // namespace fsd::analysis
