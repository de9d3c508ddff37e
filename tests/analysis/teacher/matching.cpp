// Matches of units, the sample-wise identity (criterion T9), studies of network files.
#include "toolkit/analysis/teacher/matching.h"
#include "runtime/error.h"
#include "tests/runtime/models.h"
#include "toolkit/analysis/teacher/sample_identity.h"
#include "toolkit/analysis/teacher/teacher_plots.h"
#include "toolkit/analysis/teacher/teacher_study.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>
#include <random>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::testing;
using Catch::Contains;

namespace {

Tensor drawn(const Shape &shape, unsigned seed) {
    Tensor tensor = make_tensor<float>(shape);
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    std::generate_n(static_cast<float *>(tensor.data()), tensor.number_of_elements(),
                    [&] { return normal(random); });
    return tensor;
}

Model dense(int inputs, const std::vector<int> &hidden, int outputs, unsigned seed, bool classes = false) {
    Model model;
    model.input = {1, 1, inputs, InputKind::vector, {1}, {0}};
    for (std::size_t layer = 0; layer < hidden.size(); layer++) {
        model.layers.push_back(real_linear("layer" + std::to_string(layer), hidden[layer]));
        model.layers.push_back(plain("relu"));
    }
    model.layers.push_back(real_linear("last", outputs));
    if (classes) {
        model.layers.push_back(plain("log_softmax"));
    }
    return with_parameters(model, seed);
}

Matrix as_matrix(const Tensor &tensor) {
    const int rows = shape_of(tensor)[0];
    return Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
               static_cast<const float *>(tensor.data()), rows,
               static_cast<Eigen::Index>(tensor.number_of_elements()) / rows)
        .cast<double>();
}

}  // namespace

TEST_CASE("a permuted, scaled student is matched unit by unit", "[teacher]") {
    constexpr int samples = 300, units = 6, more = 9;
    const Tensor teacher = drawn({samples, units}, 1);
    Tensor student = drawn({samples, more}, 2);
    const auto *from = static_cast<const float *>(teacher.data());
    auto *to = static_cast<float *>(student.data());
    for (int sample = 0; sample < samples; sample++) {
        for (int unit = 0; unit < units - 1; unit++) {
            to[sample * more + (unit + 3) % more] = 2 * from[sample * units + unit] - 1;
        }
        to[sample * more] = 7;  // dead
    }
    const Correlations correlations = activation_correlations(teacher, student);
    const Matching matching = match(correlations, activation_correlations(teacher, teacher).values);
    for (int unit = 0; unit < units - 1; unit++) {
        const UnitMatch &one = matching.units[static_cast<std::size_t>(unit)];
        CHECK(one.student == unit + 3);
        CHECK(one.correlation == Approx(1));
        CHECK(!(one.dead || one.ambiguous));
    }
    CHECK(matching.units[5].correlation < 0.3);
    CHECK(*matching.share == Approx(5. / 6));
    CHECK(matching.dead_students == 1);
    CHECK(correlations.values.col(0).cwiseAbs().maxCoeff() == 0);
    const FanOut fan = fan_out(matching, Vector::LinSpaced(more, 0, 8));
    CHECK(fan.matched_units == 5);
    CHECK(*fan.matched == Approx(5));
    CHECK(*fan.unmatched == Approx((0 + 1 + 2 + 8) / 4.));
    const MatchOrder order = match_order(correlations, matching);
    for (std::size_t place = 0; place < 5; place++) {
        CHECK(order.student[place] == matching.units[static_cast<std::size_t>(order.teacher[place])].student);
    }
    CHECK_THROWS_AS(activation_correlations(teacher, drawn({2, 3}, 1)), Error);
}

TEST_CASE("dead and duplicate units of a teacher are flagged", "[teacher]") {
    Tensor teacher = drawn({50, 4}, 1);
    auto *numbers = static_cast<float *>(teacher.data());
    for (int sample = 0; sample < 50; sample++) {
        numbers[4 * sample + 1] = 3 * numbers[4 * sample];
        numbers[4 * sample + 2] = 0;
    }
    const Correlations own = activation_correlations(teacher, teacher);
    const Matching matching = match(own, own.values);
    CHECK(matching.units[0].ambiguous);
    CHECK(matching.units[1].ambiguous);
    CHECK(matching.units[2].dead);
    CHECK(!matching.units[3].ambiguous);
    CHECK(*matching.share == 1);
    for (int sample = 0; sample < 200; sample++) {
        numbers[sample] = 1;
    }
    const Correlations nothing = activation_correlations(teacher, teacher);
    CHECK(!match(nothing, nothing.values).mean);
}

TEST_CASE("gradients follow from activations sample by sample: T9", "[teacher]") {
    const Model teacher = dense(6, {7, 5, 9}, 4, 1), student = dense(6, {11, 8, 5}, 4, 2);
    const auto residuals = identity_residuals(*dense_network_of(student), *dense_network_of(teacher),
                                              as_matrix(drawn({40, 6}, 3)));
    REQUIRE(residuals.size() == 3);
    for (const double residual : residuals) {
        CHECK(residual <= 1e-12);
    }
    CHECK(!dense_network_of(small_model()));
    CHECK_THROWS_AS(identity_residuals(*dense_network_of(dense(6, {7}, 4, 1)), *dense_network_of(teacher),
                                       as_matrix(drawn({4, 6}, 3))),
                    Error);
}

TEST_CASE("a network is its own best student", "[teacher]") {
    const Model model = dense(6, {7, 5}, 4, 5);
    const Tensor inputs = drawn({200, 1, 1, 6}, 1);
    const TeacherStudy study = study_teacher({model, inputs}, {model, inputs}, {}, 0);
    REQUIRE(study.layers.size() == 3);
    for (const LayerMatch &layer : study.layers) {
        CHECK(layer.teacher_layer == layer.student_layer);
        CHECK((!layer.matching.share || *layer.matching.share == 1));
    }
    CHECK(study.layers[0].fan_out);
    CHECK(!study.layers[2].fan_out);
    CHECK(*study.squared_error <= 1e-12);
    CHECK(*study.agreement == 1);
    REQUIRE(study.identity.size() == 2);
    CHECK(study.identity[0] <= 1e-12);
    CHECK(teacher_plots(study).size() == 3);
}

TEST_CASE("networks of other depths, classes and kinds are compared as far as formulas apply", "[teacher]") {
    const Tensor inputs = drawn({100, 1, 1, 6}, 1);
    const Model deep = dense(6, {7, 5, 3}, 4, 5), shallow = dense(6, {8}, 4, 6),
                classes = dense(6, {8}, 4, 7, true);
    const TeacherStudy study = study_teacher({shallow, inputs}, {deep, inputs}, {}, 0);
    CHECK(study.layers.size() == 4);
    CHECK(study.identity.empty());
    CHECK_THAT(study.notes.front(), Contains("4 layers") && Contains("student 2"));
    const TeacherStudy mixed = study_teacher({shallow, inputs}, {classes, inputs}, {}, 0);
    CHECK(mixed.agreement);
    CHECK(!mixed.squared_error);
    CHECK_THAT(mixed.notes.front(), Contains("log-probabilities"));
    TeacherStudyOptions options;
    options.teacher_layer = 2;
    options.student_layer = 2;
    CHECK(study_teacher({shallow, inputs}, {deep, inputs}, {}, 0, options).layers.size() == 1);
    options.student_layer = 9;
    CHECK_THROWS_WITH(study_teacher({shallow, inputs}, {deep, inputs}, {}, 0, options), Contains("9"));
    CHECK_THROWS_WITH(study_teacher({shallow, drawn({3, 1, 1, 6}, 1)}, {deep, inputs}, {}, 0),
                      Contains("same inputs"));
}

TEST_CASE("posteriors of a student of distributions are studied", "[teacher]") {
    const Model model = small_model();
    Tensor images = make_tensor<float>({60, model.input.height, model.input.width, model.input.colors});
    std::mt19937 random(1);
    std::generate_n(static_cast<float *>(images.data()), images.number_of_elements(),
                    [&] { return static_cast<float>(random() % 1000) / 999.F; });
    std::vector<int> labels(60);
    for (int sample = 0; sample < 60; sample++) {
        labels[static_cast<std::size_t>(sample)] = sample % 2;
    }
    const TeacherStudy study = study_teacher({model, images}, {model, images}, labels, 2);
    REQUIRE(!study.posteriors.empty());
    for (const PosteriorStudy &layer : study.posteriors) {
        const Vector sums = layer.classes.mean.leftCols(layer.states).rowwise().sum();
        CHECK(sums.isApprox(Vector::Ones(2), 1e-5));
        CHECK((!layer.factorization || *layer.factorization >= 0));
    }
    CHECK(study.layers.back().log_odds);
    CHECK(*study.agreement == 1);
}
