// The kernel of the H-score loss against the two-sided H-score of features and class features.
#include "runtime/call.h"
#include "tests/analysis/features/random_joint.h"
#include "toolkit/analysis/features/feature_moments.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::testing;

namespace {

constexpr int samples = 60, units = 3, classes = 4;

struct Scored {
    double loss = 0;
    Matrix d_logits{samples, classes};
};

// The loss of the logits f g^T + b.
Scored loss_of(const Tensor &features, const Matrix &g, const Vector &bias, const std::vector<int> &labels) {
    Tensor logits = make_tensor<float>({samples, classes}), loss = make_tensor<float>({samples}),
           d_logits = make_tensor<float>({samples, classes});
    for (int n = 0; n < samples; n++) {
        for (int y = 0; y < classes; y++) {
            double logit = bias[y];
            for (int unit = 0; unit < units; unit++) {
                logit += static_cast<const float *>(features.data())[n * units + unit] * g(y, unit);
            }
            static_cast<float *>(logits.data())[n * classes + y] = static_cast<float>(logit);
        }
    }
    Call call(need_kernel("h_score_loss", {"cpu"}));
    call.set("log_posterior", logits)
        .set("label", view_tensor(halide_type_of<int>(), const_cast<int *>(labels.data()), {samples}))
        .set("loss", loss)
        .set("d_logits", d_logits);
    call();
    Scored found;
    for (int n = 0; n < samples; n++) {
        found.loss += static_cast<const float *>(loss.data())[n] / double(samples);
        for (int y = 0; y < classes; y++) {
            found.d_logits(n, y) = static_cast<const float *>(d_logits.data())[n * classes + y];
        }
    }
    return found;
}

Matrix class_features() {
    Matrix g(classes, units);
    g << 0.3, -0.2, 0.1, 0.5, 0.4, -0.3, -0.2, 0.1, 0.6, 0.1, -0.5, 0.2;
    return g;
}

}  // namespace

TEST_CASE("the loss is the cross entropy of the mean logits less the two-sided H-score", "[features]") {
    const DrawnSamples drawn = drawn_samples(samples, units, classes, 1, 9);
    const FeatureMoments moments = feature_moments(drawn.features, drawn.labels, classes);
    const Matrix g = class_features();
    Vector bias(classes);
    bias << 0.2, -0.4, 0.7, 0.1;
    const Vector mean = g * moments.mean + bias;
    const double mass = std::log(mean.array().exp().sum());
    const double expected =
        -moments.class_probability.dot(Vector(mean.array() - mass)) - two_sided_h_score(moments, g);
    CHECK(loss_of(drawn.features, g, bias, drawn.labels).loss == Approx(expected).epsilon(1e-5));
}

TEST_CASE("the gradient at the features is that of the H-score", "[features]") {
    const DrawnSamples drawn = drawn_samples(samples, units, classes, 1, 9);
    const FeatureMoments moments = feature_moments(drawn.features, drawn.labels, classes);
    const Matrix g = class_features();
    const Vector &p = moments.class_probability;
    // A bias that gives each class its frequency on average, so that nothing but H is left.
    const Vector bias = p.array().log().matrix() - g * moments.mean;
    const Scored found = loss_of(drawn.features, g, bias, drawn.labels);
    const Matrix centered = g.rowwise() - p.transpose() * g,
                 covariance = centered.transpose() * p.asDiagonal() * centered;
    for (int n = 0; n < samples; n++) {
        Vector f(units);
        for (int unit = 0; unit < units; unit++) {
            f[unit] =
                static_cast<const float *>(drawn.features.data())[n * units + unit] - moments.mean[unit];
        }
        const Vector expected = covariance * f - centered.row(drawn.labels[n]).transpose();
        CHECK((g.transpose() * found.d_logits.row(n).transpose() - expected).cwiseAbs().maxCoeff() <= 2e-5);
    }
}
