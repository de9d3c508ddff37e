// Means and covariances in float64; scores by the rounded numbers that the model will hold.
#include "toolkit/evaluation/novelty_fit.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/system/floating_point.h"
#include "toolkit/system/progress.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

constexpr int one_in = 2;  // of the images, for means and covariances
constexpr double kept = 0.95;
constexpr int concentrations = 3;

const float *row_of(const Tensor &tensor, int row) {
    return static_cast<const float *>(tensor.data()) +
           static_cast<std::ptrdiff_t>(row) * tensor.dim(0).extent();
}

int predicted(const Tensor &log_posterior, int image) {
    const float *const row = row_of(log_posterior, image);
    return static_cast<int>(std::max_element(row, row + log_posterior.dim(0).extent()) - row);
}

struct Gaussian {
    Vector mean;
    Matrix precision;
};

Matrix inverse(Matrix covariance) {
    const auto size = covariance.rows();
    const Matrix identity = Matrix::Identity(size, size);
    const double ridge = std::max(1e-6 * covariance.trace(), 1e-12);
    Eigen::LLT<Matrix> root(covariance);
    for (int i = 0; i < 4 && !(root.info() == Eigen::Success && root.rcond() > 1e-12); i++) {
        covariance += ridge * identity;
        root.compute(covariance);
    }
    return root.solve(identity);
}

Gaussian moments_of(const Tensor &evidence, const std::vector<int> &images) {
    const int layers = evidence.dim(0).extent();
    const auto numbers = [&](int image) {
        return Eigen::Map<const Eigen::VectorXf>(row_of(evidence, image), layers).cast<double>();
    };
    Vector mean = Vector::Zero(layers);
    for (const int image : images) {
        mean += numbers(image);
    }
    mean /= static_cast<double>(images.size());
    Matrix covariance = Matrix::Zero(layers, layers);
    for (const int image : images) {
        const Vector difference = numbers(image) - mean;
        covariance += difference * difference.transpose();
    }
    return {mean, inverse(covariance / (static_cast<double>(images.size()) - 1))};
}

// The images that are closest to the mean, as far as they suffice for a covariance.
std::vector<int> closest(const Tensor &evidence, const std::vector<int> &images, const Gaussian &gaussian) {
    const int layers = evidence.dim(0).extent();
    std::vector<std::pair<double, int>> distances;
    for (const int image : images) {
        const Vector difference =
            Eigen::Map<const Eigen::VectorXf>(row_of(evidence, image), layers).cast<double>() - gaussian.mean;
        distances.emplace_back(difference.dot(gaussian.precision * difference), image);
    }
    std::sort(distances.begin(), distances.end());
    const auto count =
        std::max(static_cast<std::size_t>(std::ceil(kept * static_cast<double>(images.size()))),
                 std::min<std::size_t>(static_cast<std::size_t>(layers) + 2, images.size()));
    std::vector<int> result;
    for (std::size_t i = 0; i < count; i++) {
        result.push_back(distances[i].second);
    }
    return result;
}

Gaussian gaussian_of(const Tensor &evidence, const std::vector<int> &images) {
    Gaussian gaussian = moments_of(evidence, images);
    for (int step = 0; step < concentrations; step++) {
        gaussian = moments_of(evidence, closest(evidence, images, gaussian));
    }
    return gaussian;
}

void store(const Gaussian &gaussian, int label, Novelty &novelty) {
    const int layers = novelty.layers();
    float *mean = static_cast<float *>(novelty.mean.data()) + static_cast<std::ptrdiff_t>(label) * layers;
    float *precision =
        static_cast<float *>(novelty.precision.data()) + static_cast<std::ptrdiff_t>(label) * layers * layers;
    for (int i = 0; i < layers; i++) {
        *mean++ = static_cast<float>(gaussian.mean[i]);
        for (int k = 0; k < layers; k++) {  // of the lower triangle, so that it is symmetric
            *precision++ = static_cast<float>(gaussian.precision(std::max(i, k), std::min(i, k)));
        }
    }
}

}  // namespace

int fewest_for_novelty(int layers) {
    return one_in * (layers + 2);
}

bool can_have_novelty(const Model &description) {
    return !description.classes.empty() &&
           std::any_of(description.layers.begin(), description.layers.end(),
                       [](const Layer &layer) { return layer_kind(layer.op).gives_posterior; });
}

Novelty fit_novelty(const Tensor &evidence, const Tensor &log_posterior) {
    const FloatingPointMode mode = FloatingPointMode::standard();
    const int images = shape_of(evidence)[0], layers = shape_of(evidence)[1],
              classes = shape_of(log_posterior)[1];
    if (images < fewest_for_novelty(layers)) {
        throw Error(ExitCode::bad_input,
                    text("The novelty of ", layers, " normalized layers is fitted to at least ",
                         fewest_for_novelty(layers), " images; found ", images, "."));
    }
    std::vector<std::vector<int>> of_class(static_cast<std::size_t>(classes));
    std::vector<int> fitted;
    for (int image = 0; image < images; image += one_in) {
        of_class[static_cast<std::size_t>(predicted(log_posterior, image))].push_back(image);
        fitted.push_back(image);
    }
    Novelty novelty{make_tensor<float>({classes, layers}), make_tensor<float>({classes, layers, layers}),
                    make_tensor<float>({images - static_cast<int>(fitted.size())})};
    const Gaussian all = gaussian_of(evidence, fitted);
    for (int label = 0; label < classes; label++) {
        const std::vector<int> &own = of_class[static_cast<std::size_t>(label)];
        store(static_cast<int>(own.size()) < layers + 2 ? all : gaussian_of(evidence, own), label, novelty);
    }
    auto *const first = static_cast<float *>(novelty.scores.data());
    float *end = first;
    for (int image = 0; image < images; image++) {
        if (image % one_in != 0) {
            *end++ = novelty.score(row_of(evidence, image), predicted(log_posterior, image));
        }
    }
    std::sort(first, end);
    return novelty;
}

Novelty fit_novelty(Network &network, const Tensor &inputs, const Tensor *mask) {
    const int images = shape_of(inputs).front();
    Tensor log_posterior = make_tensor<float>({images, network.result_size()});
    Tensor evidence = make_tensor<float>({images, network.evidence_size()});
    const Progress progress(text("measures the evidence of ", images, " images"));
    network.run({inputs, log_posterior, mask, &evidence});
    return fit_novelty(evidence, log_posterior);
}

Judgement judge(const Novelty &novelty, const Tensor &evidence, const Tensor &log_posterior) {
    const FloatingPointMode mode = FloatingPointMode::standard();
    const int images = shape_of(evidence)[0];
    Judgement judgement{make_tensor<float>({images}), make_tensor<float>({images})};
    for (int image = 0; image < images; image++) {
        const float score = novelty.score(row_of(evidence, image), predicted(log_posterior, image));
        static_cast<float *>(judgement.novelty.data())[image] = score;
        static_cast<float *>(judgement.p_value.data())[image] = novelty.p_value(score);
    }
    return judgement;
}

}  // namespace fsd
