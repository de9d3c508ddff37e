// One run per set of images gives all measures.
#include "toolkit/evaluation/unknown_images.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"
#include "toolkit/evaluation/information.h"
#include "toolkit/system/progress.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

std::vector<double> column(const Tensor &tensor, int index, double factor) {
    std::vector<double> numbers;
    const std::ptrdiff_t size = tensor.dim(0).extent();
    for (std::ptrdiff_t row = 0; row < tensor.dim(1).extent(); row++) {
        numbers.push_back(factor * static_cast<const float *>(tensor.data())[row * size + index]);
    }
    return numbers;
}

std::vector<double> all_of(const Tensor &numbers) {
    const auto *const first = static_cast<const float *>(numbers.data());
    return {first, first + numbers.number_of_elements()};
}

template<typename Score>
std::vector<double> of_posteriors(const Tensor &log_posterior, Score score) {
    std::vector<double> numbers;
    const int classes = log_posterior.dim(0).extent();
    const auto *row = static_cast<const float *>(log_posterior.data());
    for (int image = 0; image < log_posterior.dim(1).extent(); image++, row += classes) {
        numbers.push_back(score(row, classes));
    }
    return numbers;
}

}  // namespace

ImageScores scores_of(Network &network, const Tensor &inputs) {
    const Model &model = network.model();
    if (model.classes.empty()) {
        throw Error(ExitCode::unsupported,
                    "Only a network that gives classes tells known images from others.");
    }
    const int images = shape_of(inputs).front(), layers = network.evidence_size();
    Tensor log_posterior = make_tensor<float>({images, network.result_size()}),
           evidence = make_tensor<float>({images, layers}), novelty = make_tensor<float>({images}),
           p_value = make_tensor<float>({images});
    RunArguments arguments{inputs, log_posterior};
    arguments.evidence = layers > 0 ? &evidence : nullptr;
    if (model.novelty) {
        arguments.novelty = &novelty;
        arguments.p_value = &p_value;
    }
    const Progress progress(text("judges ", images, " images"));
    network.run(arguments);
    ImageScores result;
    if (model.novelty) {
        result.measures.push_back({"novelty", all_of(novelty)});
        result.p_values = all_of(p_value);
    }
    if (layer_kind(model.layers.back().op).gives_posterior) {
        result.measures.push_back({"evidence of the last layer", column(evidence, layers - 1, -1)});
    }
    result.measures.push_back(
        {"entropy of the posterior",
         of_posteriors(log_posterior, [](const float *row, int classes) { return entropy(row, classes); })});
    result.measures.push_back(
        {"largest posterior", of_posteriors(log_posterior, [](const float *row, int classes) {
             return -std::expm1(static_cast<double>(*std::max_element(row, row + classes)));
         })});
    return result;
}

std::vector<Detection> compare(const ImageScores &usual, const ImageScores &unknown) {
    std::vector<Detection> result;
    for (const ImageScores::Measure &measure : usual.measures) {
        const auto other =
            std::find_if(unknown.measures.begin(), unknown.measures.end(),
                         [&](const ImageScores::Measure &one) { return one.name == measure.name; });
        if (other != unknown.measures.end()) {
            result.push_back({measure.name, auroc(measure.scores, other->scores),
                              roc_curve(measure.scores, other->scores), measure.scores, other->scores});
        }
    }
    return result;
}

}  // namespace fsd
