// The samples of each class, one behind the other, through the kernel sample_covariance.
#include "toolkit/analysis/aggregation/class_covariance.h"

#include "runtime/call.h"

#include <algorithm>

namespace fsd::analysis {
namespace {

Tensor samples_of_class(const PooledSet &set, int label) {
    const auto count = std::count(set.labels.begin(), set.labels.end(), label);
    Tensor samples = make_tensor<float>({static_cast<int>(count), set.width()});
    auto *next = static_cast<float *>(samples.data());
    for (int sample = 0; sample < set.samples(); sample++) {
        if (set.labels[sample] == label) {
            next = std::copy_n(set.row(sample), set.width(), next);
        }
    }
    return samples;
}

}  // namespace

ClassCovariances class_covariances(const PooledSet &set, int classes) {
    const int width = set.width();
    ClassCovariances result{Matrix::Zero(classes, width), make_tensor<double>({classes, width, width})};
    Call call(need_kernel("sample_covariance", {"tuned", "cpu"}));
    for (int label = 0; label < classes; label++) {
        const Tensor samples = samples_of_class(set, label);
        if (shape_of(samples)[0] > 0) {
            double *covariance = static_cast<double *>(result.covariance.data()) +
                                 static_cast<std::size_t>(label) * width * width;
            call.set("samples", samples)
                .set("result_mean",
                     view_tensor(halide_type_of<double>(), result.mean.row(label).data(), {width}))
                .set("result_covariance", view_tensor(halide_type_of<double>(), covariance, {width, width}));
            call();
        }
    }
    return result;
}

}  // namespace fsd::analysis
