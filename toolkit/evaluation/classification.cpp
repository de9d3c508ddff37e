// Ranks the classes of each image.
#include "toolkit/evaluation/classification.h"

#include "runtime/error.h"
#include "toolkit/evaluation/information.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

ImageResult result_of(const float *log_posterior, int classes) {
    const double nats = entropy(log_posterior, classes);
    ImageResult result;
    // Rounding can leave -1e-8 where one class has it all.
    result.entropy = std::max(0.0, nats / std::log(2.0));
    for (int label = 0; label < classes; label++) {
        result.ranking.push_back({label, std::exp(static_cast<double>(log_posterior[label]))});
    }
    std::stable_sort(result.ranking.begin(), result.ranking.end(),
                     [](const Ranked &a, const Ranked &b) { return a.probability > b.probability; });
    return result;
}

}  // namespace

std::optional<double> Classification::accuracy() const {
    return labeled > 0 ? std::optional<double>(static_cast<double>(correct) / labeled) : std::nullopt;
}

Classification classify(const Tensor &log_posterior, const std::vector<int> &labels) {
    const Shape shape = shape_of(log_posterior);
    if (labels.size() != static_cast<std::size_t>(shape[0])) {
        throw Error(ExitCode::bad_input, text("Log-posteriors of shape ", to_string(shape),
                                              " need as many labels; "
                                              "found ",
                                              labels.size(), "."));
    }
    Classification result;
    const auto *row = static_cast<const float *>(log_posterior.data());
    for (const int label : labels) {
        result.images.push_back(result_of(row, shape[1]));
        row += shape[1];
        if (label >= 0) {
            result.labeled++;
            result.correct += label == result.images.back().ranking.front().label ? 1 : 0;
        }
    }
    return result;
}

void add_novelty(Classification &result, const Tensor &novelty, const Tensor &p_value) {
    for (std::size_t i = 0; i < result.images.size(); i++) {
        result.images[i].novelty = static_cast<const float *>(novelty.data())[i];
        result.images[i].p_value = static_cast<const float *>(p_value.data())[i];
    }
}

}  // namespace fsd
