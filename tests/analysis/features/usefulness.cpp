// What states tell: tables whose information is known in closed form, the laws, and whole networks.
#include "runtime/error.h"
#include "tests/analysis/features/random_joint.h"
#include "tests/runtime/models.h"
#include "toolkit/analysis/activations.h"
#include "toolkit/analysis/features/modes.h"
#include "toolkit/analysis/features/state_usefulness.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::testing;
using Catch::Contains;

namespace {

double binary_entropy(double p) {
    return -p * std::log(p) - (1 - p) * std::log(1 - p);
}

double sum_of_contributions(const std::vector<StateUsefulness> &states) {
    return std::accumulate(states.begin(), states.end(), 0.,
                           [](double sum, const StateUsefulness &own) { return sum + own.contribution; });
}

Matrix without_row(const Matrix &table, Eigen::Index row) {
    Matrix rest(table.rows() - 1, table.cols());
    rest << table.topRows(row), table.bottomRows(table.rows() - row - 1);
    return rest;
}

// 8 x 8 images of noise whose upper half is bright in class 1, the lower one in class 2.
Dataset halves(int count) {
    std::mt19937 random(3);
    Dataset data;
    data.images = make_tensor<std::uint8_t>({count, 8, 8, 1});
    auto *next = static_cast<std::uint8_t *>(data.images.data());
    for (int sample = 0; sample < count; sample++) {
        data.labels.push_back(sample % 3);
        for (int pixel = 0; pixel < 64; pixel++) {
            const bool bright = data.labels.back() == (pixel < 32 ? 1 : 2);
            *next++ = static_cast<std::uint8_t>(random() % 128 + (bright ? 100 : 0));
        }
    }
    data.classes = {"none", "upper", "lower"};
    data.source = "drawn halves";
    return data;
}

Model two_groups() {
    Model model;
    model.input = {8, 8, 1};
    model.classes = {"none", "upper", "lower"};
    model.layers = {conv("first", 3, 2, 4), plain("normalize"), pool("marginal_pool", 2, 2),
                    linear("last", 1, 3), plain("log_normalize")};
    return with_parameters(model, 5);
}

}  // namespace

TEST_CASE("a state that is a class tells binary entropy, its part is -p log p", "[features]") {
    for (const int classes : {2, 3, 10}) {
        const auto states = usefulness_of_table(Matrix::Identity(classes, classes) * 7);
        for (const StateUsefulness &own : states) {
            CHECK(own.probability == Approx(1. / classes));
            CHECK(own.contribution == Approx(std::log(classes) / classes).margin(1e-12));
            CHECK(own.indicator == Approx(binary_entropy(1. / classes)).margin(1e-12));
        }
        CHECK(sum_of_contributions(states) == Approx(std::log(classes)).margin(1e-12));
    }
}

TEST_CASE("both states of a binary symmetric channel tell its capacity", "[features]") {
    for (const double error : {0.01, 0.2, 0.5}) {
        Matrix table(2, 2);
        table << 1 - error, error, error, 1 - error;
        const double capacity = std::log(2.) - binary_entropy(error);
        for (const StateUsefulness &own : usefulness_of_table(table)) {
            CHECK(own.indicator == Approx(capacity).margin(1e-12));
            CHECK(own.contribution == Approx(capacity / 2).margin(1e-12));
        }
    }
}

TEST_CASE("states without information tell nothing, and so do states that never occur", "[features]") {
    Matrix table(3, 2);
    table << 2, 6, 0, 0, 1, 3;  // independent
    const auto states = usefulness_of_table(table);
    REQUIRE(states.size() == 3);
    for (const StateUsefulness &own : states) {
        CHECK(own.contribution == Approx(0).margin(1e-12));
        CHECK(own.indicator == Approx(0).margin(1e-12));
    }
    CHECK(states[0].probability == Approx(2. / 3));
    CHECK(states[1].probability == 0);
    const auto only = usefulness_of_table(Matrix::Ones(1, 4));
    CHECK(only[0].probability == 1);
    CHECK(only[0].indicator == Approx(0).margin(1e-12));
    REQUIRE_THROWS_WITH(usefulness_of_table(Matrix::Zero(2, 2)), Contains("counts nothing"));
}

// I(H;Y) = sum of contributions = I(1[H = s];Y) + P(H != s) I(H;Y | H != s), for every s.
TEST_CASE("contributions sum to the information, an indicator is what is lost without the state",
          "[features]") {
    for (const int seed : {1, 2, 3, 4}) {
        const Joint joint = random_joint(9, 5, seed);
        const double information = mutual_information(joint);
        const auto states = usefulness_of_table(joint.probability);
        CHECK(sum_of_contributions(states) == Approx(information).margin(1e-12));
        for (int state = 0; state < 9; state++) {
            const double rest =
                mutual_information(joint_of_counts(without_row(joint.probability, state), "The rest"));
            CHECK(states[state].indicator ==
                  Approx(information - (1 - states[state].probability) * rest).margin(1e-12));
            CHECK(states[state].indicator >= states[state].contribution);
        }
    }
}

TEST_CASE("a network's states have the means over the sites of their exact tables", "[features]") {
    const Model model = two_groups();
    const Dataset data = halves(150);  // more than two batches
    const auto layers = state_usefulness(model, data);
    REQUIRE(layers.size() == 2);
    CHECK(layers[0].layer == 0);
    CHECK(layers[0].sites == 36);
    CHECK(layers[1].layer == 3);
    CHECK(layers[1].sites == 1);
    REQUIRE(layers[0].groups.size() == 2);
    const Tensor posterior = activations_of(model, data.inputs(), {2}).at(2);
    for (int group = 0; group < 2; group++) {
        double information = 0, indicator = 0, probability = 0;
        for (int site = 0; site < 36; site++) {
            Matrix table = Matrix::Zero(4, 3);
            for (int sample = 0; sample < 150; sample++) {
                for (int state = 0; state < 4; state++) {
                    const int place = ((sample * 36 + site) * 2 + group) * 4 + state;
                    table(state, data.labels[sample]) += static_cast<const float *>(posterior.data())[place];
                }
            }
            information += mutual_information(joint_of_counts(table, "The table")) / 36;
            indicator += usefulness_of_table(table)[1].indicator / 36;
            probability += usefulness_of_table(table)[1].probability / 36;
        }
        const GroupUsefulness &found = layers[0].groups[group];
        CHECK(found.information == Approx(information).epsilon(1e-9));
        CHECK(found.states[1].indicator == Approx(indicator).epsilon(1e-9));
        CHECK(found.states[1].probability == Approx(probability).epsilon(1e-9));
        CHECK(sum_of_contributions(found.states) == Approx(found.information).margin(1e-12));
        CHECK(found.information > 0.01);
        const std::vector<int> ranking = found.ranking();
        for (std::size_t i = 0; i + 1 < ranking.size(); i++) {
            CHECK(found.states[ranking[i]].indicator >= found.states[ranking[i + 1]].indicator);
        }
    }
    CHECK(layers[0].information() ==
          Approx((layers[0].groups[0].information + layers[0].groups[1].information) / 2));
}

TEST_CASE("usefulness of networks without states is refused", "[features]") {
    Model model;
    model.input = {8, 8, 1, InputKind::real};
    model.classes = {"none", "upper", "lower"};
    model.layers = {real_linear("last", 3), plain("log_softmax")};
    REQUIRE_THROWS_WITH(state_usefulness(with_parameters(model, 1), halves(9)),
                        Contains("No layer of the network gives a posterior over states"));
}
