// Networks are run, arrays are read; the rest is sentences.
#include "toolkit/analysis/aggregation/aggregation_source.h"

#include "runtime/error.h"
#include "toolkit/datasets/npy_data.h"
#include "toolkit/npy/npy.h"

#include <algorithm>

namespace fsd::analysis {
namespace {

constexpr const char *same_samples_note =
    "The same samples are fitted and measured; distances and divergences are smaller than on new samples.";

PooledSet read_set(const std::string &features, const std::string &labels) {
    const Dataset data = load_npy_files(features, labels);
    if (data.is_regression() || !data.is_numeric()) {
        throw Error(ExitCode::bad_input,
                    text("The arrays '", features, "' and '", labels, "' hold ",
                         data.is_regression() ? "targets" : "images",
                         "; expected numbers [sample, feature] and classes as integers [sample]."));
    }
    const Shape shape = shape_of(data.features);
    if (shape[1] != 1 || shape[2] != 1) {
        throw Error(
            ExitCode::bad_input,
            text(
                "The array '", features, "' holds maps [sample, y, x, channel] = ", to_string(shape),
                "; expected pooled features [sample, feature]. Pool them first (their mean or maximum over y "
                "and x)."));
    }
    // A copy: what is reshaped has no memory of its own.
    return {reshaped(data.features, {shape[0], shape[3]}).copy(), data.labels, "'" + features + "'"};
}

LinearNodes read_nodes(const AggregationArrays &files) {
    const Tensor weight = read_npy_floats(files.weight);
    if (weight.dimensions() != 2 || weight.number_of_elements() == 0) {
        throw Error(ExitCode::bad_input, text("The weights in '", files.weight, "' have the shape ",
                                              to_string(shape_of(weight)), "; expected [feature, node]."));
    }
    using Floats = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const Shape shape = shape_of(weight);
    LinearNodes nodes{Eigen::Map<const Floats>(static_cast<const float *>(weight.data()), shape[0], shape[1])
                          .cast<double>(),
                      Eigen::RowVectorXd::Zero(shape[1])};
    if (!files.bias.empty()) {
        const Tensor bias = read_npy_floats(files.bias);
        if (shape_of(bias) != Shape{shape[1]}) {
            throw Error(ExitCode::bad_input,
                        text("The biases in '", files.bias, "' have the shape ", to_string(shape_of(bias)),
                             "; expected [", shape[1], "], one for each column of '", files.weight, "'."));
        }
        nodes.bias = Eigen::Map<const Eigen::RowVectorXf>(static_cast<const float *>(bias.data()), shape[1])
                         .cast<double>();
    }
    return nodes;
}

int classes_of(const PooledSet &set) {
    return 1 + *std::max_element(set.labels.begin(), set.labels.end());
}

void note_form(AggregationSource &source) {
    if (source.place->log_probabilities) {
        source.notes.emplace_back("The pooled features are log-probabilities, which are negative: no Gamma "
                                  "distribution applies. They are "
                                  "analyzed as log-odds, with normal distributions.");
    }
    if (source.place->is_end) {
        source.notes.emplace_back(
            "The network ends with its pooling: its output nodes are the pooled numbers.");
    }
}

}  // namespace

AggregationSource aggregation_of_network(const Model &model, const Dataset &fitted, const Dataset &measured) {
    if (model.classes.empty()) {
        throw Error(ExitCode::bad_input,
                    "This network gives numbers; the analysis of aggregation layers is for networks "
                    "that give classes.");
    }
    AggregationSource source;
    source.place = pooled_network(model);
    source.classes = model.classes;
    source.same_samples = &fitted == &measured;
    PooledSamples first = pooled_samples(model, *source.place, fitted);
    PooledSet second = source.same_samples ? first.set : pooled_samples(model, *source.place, measured).set;
    const Layer &pooling = model.layers[source.place->pooling];
    if (first.locations) {
        source.spatial = spatial_variance(pooling, *source.place, *first.locations, first.set, second);
    }
    if (first.maps) {
        source.effective_locations = effective_locations(*source.place, *first.maps, first.set);
    }
    note_form(source);
    if (source.same_samples) {
        source.notes.emplace_back(same_samples_note);
    }
    source.input = {std::move(first.set),
                    std::move(second),
                    static_cast<int>(model.classes.size()),
                    source.place->nodes,
                    source.place->log_probabilities && !source.place->is_end,
                    source.place->log_probabilities && source.place->is_end};
    return source;
}

AggregationSource aggregation_of_arrays(const AggregationArrays &files) {
    AggregationSource source;
    source.input.fitted = read_set(files.features, files.labels);
    source.same_samples = files.test_features.empty();
    source.input.measured =
        source.same_samples ? source.input.fitted : read_set(files.test_features, files.test_labels);
    source.input.classes = std::max(classes_of(source.input.fitted), classes_of(source.input.measured));
    if (!files.weight.empty()) {
        source.input.nodes = read_nodes(files);
    }
    for (int label = 0; label < source.input.classes; label++) {
        source.classes.push_back(std::to_string(label));
    }
    if (source.same_samples) {
        source.notes.emplace_back(same_samples_note);
    }
    return source;
}

void add_findings(AggregationSource &source, const AggregationAnalysis &analysis) {
    if (analysis.negative_features > 0 && !(source.place && source.place->log_probabilities)) {
        source.notes.push_back(
            text(analysis.negative_features, " of ", analysis.features,
                 " features are negative somewhere, so that no Gamma distribution applies to "
                 "them; they are compared with normal distributions only."));
    }
    const auto has_flag = [](const NodeDivergence &divergence, const char *flag) {
        return std::find(divergence.flags.begin(), divergence.flags.end(), flag) != divergence.flags.end();
    };
    const auto saturated =
        std::count_if(analysis.divergences.begin(), analysis.divergences.end(),
                      [&](const auto &divergence) { return has_flag(divergence, "saturated"); });
    if (saturated > 0) {
        source.notes.push_back(
            text(saturated, " of ", analysis.divergences.size(),
                 " measured divergences are saturated: the true ones are larger than so many samples "
                 "can tell, and agreement with predictions means little there."));
    }
}

}  // namespace fsd::analysis
