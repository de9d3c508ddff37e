// Counts classes, or reads numbers.
#include "toolkit/training/class_weights.h"

#include "runtime/error.h"
#include "toolkit/system/list_text.h"
#include "toolkit/system/number_text.h"

#include <algorithm>

namespace fsd {
namespace {

std::vector<float> balanced(const Dataset &dataset, const std::vector<int> &samples) {
    std::vector<int> counts(dataset.classes.size());
    for (const int sample : samples) {
        counts[dataset.labels[sample]]++;
    }
    const auto occurring =
        static_cast<double>(std::count_if(counts.begin(), counts.end(), [](int count) { return count > 0; }));
    std::vector<float> weights;
    for (const int count : counts) {
        weights.push_back(
            count == 0 ? 1.f : static_cast<float>(static_cast<double>(samples.size()) / (occurring * count)));
    }
    return weights;
}

std::vector<float> given(const std::string &wanted, const Dataset &dataset) {
    std::vector<float> weights;
    for (const std::string &word : split_list(wanted)) {
        const auto weight = finite_number(word);
        if (!weight || !(static_cast<float>(*weight) > 0)) {
            throw Error(ExitCode::usage, text("Class weights are 'balanced' or numbers above 0 with commas "
                                              "between them, one for each class; found '",
                                              word, "' in '", wanted, "'."));
        }
        weights.push_back(static_cast<float>(*weight));
    }
    if (weights.size() != dataset.classes.size()) {
        throw Error(ExitCode::usage,
                    text("There are ", weights.size(), " class weights, '", wanted, "', and ", dataset.source,
                         " has ", dataset.classes.size(), " classes; give one for each, in their order."));
    }
    return weights;
}

}  // namespace

std::vector<float> class_weights(const std::string &wanted, const Dataset &dataset,
                                 const std::vector<int> &samples) {
    if (wanted.empty()) {
        return {};
    }
    need_classes(dataset);
    return wanted == "balanced" ? balanced(dataset, samples) : given(wanted, dataset);
}

}  // namespace fsd
