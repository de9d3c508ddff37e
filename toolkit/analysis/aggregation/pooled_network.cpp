// Asks the kinds where a pooling is; runs layer by layer.
#include "toolkit/analysis/aggregation/pooled_network.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/models/activations.h"
#include "toolkit/analysis/activations.h"
#include "toolkit/analysis/aggregation/layers/output_nodes.h"
#include "toolkit/analysis/aggregation/log_odds.h"

#include <algorithm>
#include <cstring>

namespace fsd::analysis {
namespace {

constexpr int samples_at_a_time = 1000, most_maps = 500;

LinearNodes identity(int width) {
    return {Matrix::Identity(width, width), Eigen::RowVectorXd::Zero(width)};
}

std::optional<PooledNetwork> place_at(const Model &model, const std::vector<ActivationType> &types,
                                      std::size_t index) {
    PooledNetwork place;
    place.pooling = index;
    place.form = aggregation_form(model.layers[index]);
    place.map = types[index].shape;
    place.pooled = types[index + 1].shape;
    place.log_probabilities = types[index + 1].kind == ActivationKind::log_probability;
    place.is_end = index + 1 == model.layers.size();
    if (place.is_end) {
        place.nodes = identity(place.width());
        return place;
    }
    std::optional<LinearNodes> nodes = output_nodes(model, index + 1);
    if (!nodes) {
        return std::nullopt;
    }
    place.nodes = *std::move(nodes);
    return place;
}

// float32 [sample, number] with the memory of a dense tensor [sample, ...].
Tensor flat(const Tensor &tensor) {
    const int samples = shape_of(tensor)[0];
    return reshaped(tensor, {samples, static_cast<int>(tensor.number_of_elements()) / samples});
}

class Collection {
public:
    Collection(const Model &model, const PooledNetwork &place, const Dataset &data)
        : model_(model), place_(place) {
        samples_.set = {make_tensor<float>({data.count(), place.width()}), data.labels, data.source};
        if (place.form == AggregationForm::average) {
            samples_.locations.emplace(static_cast<int>(model.classes.size()), place.map_width());
        }
        if (place.form == AggregationForm::maximum) {
            samples_.maps = make_tensor<float>(
                {std::min(most_maps, data.count()), place.map[0], place.map[1], place.channels()});
        }
    }

    void add(const Dataset &part, int first) {
        const auto activations = activations_of(model_, part.inputs(), {place_.pooling, place_.pooling + 1});
        const Tensor pooled = flat(activations.at(place_.pooling + 1)), map = activations.at(place_.pooling);
        auto *features = static_cast<float *>(samples_.set.features.data());
        std::memcpy(features + static_cast<std::size_t>(first) * place_.width(), pooled.data(),
                    pooled.size_in_bytes());
        if (samples_.locations) {
            samples_.locations->add(flat(map), part.labels);
        }
        if (samples_.maps && first < most_maps) {
            const std::size_t size = static_cast<std::size_t>(place_.map_width()) * sizeof(float);
            const std::size_t count = std::min(part.count(), most_maps - first);
            std::memcpy(static_cast<char *>(samples_.maps->data()) + first * size, map.data(), count * size);
        }
    }

    PooledSamples finished() {
        if (place_.is_end && place_.log_probabilities) {
            samples_.set = log_odds(samples_.set);
        }
        return std::move(samples_);
    }

private:
    const Model &model_;
    const PooledNetwork &place_;
    PooledSamples samples_;
};

}  // namespace

PooledNetwork pooled_network(const Model &model) {
    const std::vector<ActivationType> types = activations(model);
    for (std::size_t index = model.layers.size(); index-- > 0;) {
        if (layer_kind(model.layers[index].op).pools) {
            if (auto place = place_at(model, types, index)) {
                return *std::move(place);
            }
        }
    }
    throw Error(ExitCode::bad_input, "No pooling of this network is followed by a linear layer over the "
                                     "whole map, or ends it; the analysis of "
                                     "aggregation layers is about those. Features of any other layer can be "
                                     "given as arrays (--features).");
}

PooledSamples pooled_samples(const Model &model, const PooledNetwork &place, const Dataset &data) {
    Collection collection(model, place, data);
    for (int first = 0; first < data.count(); first += samples_at_a_time) {
        collection.add(samples_of(data, first, std::min(samples_at_a_time, data.count() - first)), first);
    }
    return collection.finished();
}

}  // namespace fsd::analysis
