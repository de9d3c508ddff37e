// Aggregation layers of networks: where they are, what stands behind them, what their locations have in
// common.
#include "runtime/error.h"
#include "runtime/network.h"
#include "tests/runtime/models.h"
#include "toolkit/analysis/aggregation/aggregation_source.h"
#include "toolkit/analysis/median.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::testing;
using Catch::Contains;

namespace {

Layer global_pool(const std::string &op, int side) {
    return pool(op, side, side);
}

Dataset images(const Model &model, int count, unsigned seed) {
    std::mt19937 random(seed);
    Dataset data;
    data.images =
        make_tensor<std::uint8_t>({count, model.input.height, model.input.width, model.input.colors});
    auto *pixels = static_cast<std::uint8_t *>(data.images.data());
    for (std::size_t i = 0; i < data.images.number_of_elements(); i++) {
        pixels[i] = static_cast<std::uint8_t>(random() % 256);
    }
    data.classes = model.classes;
    for (int sample = 0; sample < count; sample++) {
        data.labels.push_back(sample % static_cast<int>(model.classes.size()));
    }
    data.source = "drawn images";
    return data;
}

Model ordinary(const std::string &pooling) {
    Model model;
    model.input = {8, 8, 1, InputKind::real};
    model.layers = {real_conv("first", 3, 5), plain("relu"), global_pool(pooling, 6), real_linear("last", 3),
                    plain("log_softmax")};
    return with_parameters(model, 3);
}

// The posterior that the nodes' values give, up to rounding, is the network's.
void require_nodes_of(const Model &model) {
    const Dataset data = images(model, 12, 1);
    const PooledNetwork place = pooled_network(model);
    const Matrix values = node_values(pooled_samples(model, place, data).set, place.nodes);
    Network network(model);
    Tensor posterior = make_tensor<float>({12, static_cast<int>(model.classes.size())});
    network.run(data.images, posterior);
    const auto *found = static_cast<const float *>(posterior.data());
    for (Eigen::Index sample = 0; sample < values.rows(); sample++) {
        const double peak = values.row(sample).maxCoeff();
        const double mass = (values.row(sample).array() - peak).exp().sum();
        for (Eigen::Index node = 0; node < values.cols(); node++) {
            REQUIRE(values(sample, node) - peak - std::log(mass) == Approx(*found++).margin(2e-4));
        }
    }
}

}  // namespace

TEST_CASE("the nodes behind a pooling are those that the network computes", "[aggregation]") {
    require_nodes_of(small_model());
    require_nodes_of(ordinary("average_pool"));
    require_nodes_of(ordinary("max_pool"));
}

TEST_CASE("an average's variance is that of its locations and their covariances", "[aggregation]") {
    const Model model = ordinary("average_pool");
    const Dataset data = images(model, 60, 1), other = images(model, 60, 2);
    const PooledNetwork place = pooled_network(model);
    const PooledSamples samples = pooled_samples(model, place, data);
    ClassStatistics pooled(3, 5);
    pooled.add(samples.set.features, samples.set.labels);
    std::vector<double> ratios;
    for (int label = 0; label < 3; label++) {
        for (int channel = 0; channel < 5; channel++) {
            double independent = 0;
            for (int location = 0; location < 36; location++) {
                independent += samples.locations->of(label, location * 5 + channel).variance() / (36. * 36);
            }
            if (independent > 0) {
                ratios.push_back(pooled.of(label, channel).variance() / independent);
            }
        }
    }
    const SpatialVariance same =
        spatial_variance(model.layers[place.pooling], place, *samples.locations, samples.set, samples.set);
    REQUIRE(same.pairs == static_cast<int>(ratios.size()));
    REQUIRE(same.with_covariances.value() == 0);
    REQUIRE(same.median_ratio.value() == Approx(median(ratios).value()).epsilon(1e-6));
    const SpatialVariance found = aggregation_of_network(model, data, other).spatial.value();
    REQUIRE(found.median_ratio.value() == Approx(same.median_ratio.value()));
    REQUIRE(found.with_covariances.value() > 0);
}

TEST_CASE("maxima count their effective locations", "[aggregation]") {
    const Model model = ordinary("max_pool");
    const Dataset data = images(model, 80, 1);
    const AggregationSource source = aggregation_of_network(model, data, data);
    REQUIRE(source.same_samples);
    REQUIRE(source.effective_locations.size() == 5);
    const auto plausible = std::count_if(source.effective_locations.begin(), source.effective_locations.end(),
                                         [](double number) { return number > 5 && number < 100; });
    REQUIRE(plausible >= 3);  // a channel that relu ends does not vary
}

TEST_CASE("a network that ends with log-marginals is analyzed by log-odds", "[aggregation]") {
    Model model;
    model.input = {6, 6, 1};
    model.layers = {conv("first", 3, 1, 3), plain("log_normalize"), global_pool("log_marginal_pool", 4)};
    model = with_parameters(model, 2);
    const Dataset data = images(model, 60, 1);
    AggregationSource source = aggregation_of_network(model, data, data);
    const AggregationAnalysis found = analyze_aggregation(source.input);
    add_findings(source, found);
    REQUIRE(source.place->is_end);
    REQUIRE(found.negative_features > 0);  // log-odds have either sign
    REQUIRE(found.recall.size() == 3);
    REQUIRE_THAT(source.notes.front(), Contains("no Gamma distribution applies"));
}

TEST_CASE("log-marginals in front of a linear layer keep their nodes", "[aggregation]") {
    Model model;
    model.input = {6, 6, 1};
    model.layers = {conv("first", 3, 1, 4), plain("log_normalize"), global_pool("log_marginal_pool", 4),
                    real_linear("last", 3), plain("log_softmax")};
    model = with_parameters(model, 2);
    require_nodes_of(model);
    const Dataset data = images(model, 60, 1);
    REQUIRE(aggregation_of_network(model, data, data).input.log_probabilities);
}

TEST_CASE("a network without such a pooling is refused", "[aggregation]") {
    Model model;
    model.input = {8, 8, 1, InputKind::real};
    model.layers = {real_linear("last", 3), plain("log_softmax")};
    model = with_parameters(model, 1);
    REQUIRE_THROWS_WITH(pooled_network(model), Contains("No pooling of this network"));
    const Dataset data = images(model, 6, 1);
    REQUIRE_THROWS_AS(aggregation_of_network(model, data, data), Error);
}
