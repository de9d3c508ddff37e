// Activations are float32, whatever holds them.
#include "toolkit/analysis/teacher/class_means.h"

#include "runtime/error.h"
#include "toolkit/analysis/features/class_means.h"

#include <algorithm>

namespace fsd::analysis {

ClassMeans class_means(const Matrix &values, const std::vector<int> &labels, int classes) {
    if (values.rows() != static_cast<Eigen::Index>(labels.size()) || values.rows() == 0) {
        throw Error(ExitCode::bad_input, text("Means of classes need a label for each sample; found ",
                                              values.rows(), " samples and ", labels.size(), " labels."));
    }
    const auto samples = static_cast<int>(values.rows()), units = static_cast<int>(values.cols());
    Tensor numbers = make_tensor<float>({samples, units});
    std::transform(values.data(), values.data() + values.size(), static_cast<float *>(numbers.data()),
                   [](double number) { return static_cast<float>(number); });
    const ClassedMeans means = class_means_of(numbers, labels, classes);
    return {means.mean, means.probability * samples};
}

}  // namespace fsd::analysis
