// Calls of kernels on matrices; sigmoid by Hermite polynomials.
#include "toolkit/analysis/moments/nonlinearities.h"

#include "runtime/call.h"
#include "runtime/error.h"
#include "toolkit/analysis/moments/quadrature.h"

#include <cmath>

namespace fsd::analysis {
namespace {

Moments of_size(Eigen::Index units) {
    return {Vector(units), Matrix(units, units)};
}

Moments with_nodes(const char *op, const Moments &moments, int nodes) {
    const Rule rule = gauss_legendre(nodes);
    Moments result = of_size(moments.units());
    Call call(need_kernel(op, {"cpu"}));
    call.set("mean", view(moments.mean))
        .set("covariance", view(moments.covariance))
        .set("node", view(rule.nodes))
        .set("node_weight", view(rule.weights))
        .set("result_mean", view(result.mean))
        .set("result_covariance", view(result.covariance));
    if (call.has("least_variance")) {
        call.set("least_variance", least_variance(moments));
    }
    call();
    return result;
}

// c_k = E f(mu + s x) He_k(x) / sqrt(k!) [unit, k]: the coefficients of f in normalized Hermite polynomials.
template<typename Function>
Matrix hermite_coefficients(const Moments &moments, int terms, const Function &function) {
    const Rule rule = gauss_hermite(96);
    const Vector deviations = moments.deviations();
    Matrix coefficients = Matrix::Zero(moments.units(), terms);
    for (Eigen::Index node = 0; node < rule.nodes.size(); node++) {
        const double x = rule.nodes[node];
        Vector polynomials(terms);
        for (int k = 0; k < terms; k++) {
            polynomials[k] =
                k == 0   ? 1
                : k == 1 ? x
                         : (x * polynomials[k - 1] - std::sqrt(k - 1.) * polynomials[k - 2]) / std::sqrt(k);
        }
        for (Eigen::Index unit = 0; unit < moments.units(); unit++) {
            const double value = function(moments.mean[unit] + deviations[unit] * x);
            coefficients.row(unit) += rule.weights[node] * value * polynomials.transpose();
        }
    }
    return coefficients;
}

}  // namespace

Moments affine_moments(const Moments &moments, const Matrix &slope, const Vector &offset) {
    Moments result = of_size(slope.cols());
    Call call(need_kernel("affine_covariance", {"cpu"}));
    call.set("input_mean", view(moments.mean))
        .set("input_covariance", view(moments.covariance))
        .set("slope_matrix", view(slope))
        .set("offset_vector", view(offset))
        .set("result_mean", view(result.mean))
        .set("result_covariance", view(result.covariance));
    call();
    return result;
}

Moments relu_moments(const Moments &moments, int nodes) {
    return with_nodes("relu_covariance", moments, nodes);
}

Moments relu_moments_of_third_order(const Moments &moments, const Matrix &third, int nodes) {
    Moments result = relu_moments(moments, nodes);
    Vector mean(moments.units());
    Matrix second(moments.units(), moments.units());
    Call call(need_kernel("third_order_relu", {"cpu"}));
    call.set("mean", view(moments.mean))
        .set("covariance", view(moments.covariance))
        .set("third_cumulant", view(third))
        .set("least_variance", least_variance(moments))
        .set("mean_change", view(mean))
        .set("second_moment_change", view(second));
    call();
    const Matrix cross = result.mean * mean.transpose();
    result.covariance += second - cross - cross.transpose() - mean * mean.transpose();
    result.mean += mean;
    return result;
}

Moments erf_moments(const Moments &moments, int nodes) {
    return with_nodes("erf_covariance", moments, nodes);
}

Moments quadratic_moments(const Moments &moments, double alpha, const Matrix *third, const Matrix *fourth) {
    const Matrix none = third && fourth ? Matrix() : Matrix::Zero(moments.units(), moments.units());
    Moments result = of_size(moments.units());
    Call call(need_kernel("quadratic_covariance", {"cpu"}));
    call.set("mean", view(moments.mean))
        .set("covariance", view(moments.covariance))
        .set("third_cumulant", view(third ? *third : none))
        .set("fourth_cumulant", view(fourth ? *fourth : none))
        .set("curvature", alpha)
        .set("result_mean", view(result.mean))
        .set("result_covariance", view(result.covariance));
    call();
    if (!result.mean.allFinite() || !result.covariance.allFinite()) {
        throw Error(ExitCode::bad_input,
                    text("The moments behind z + alpha z^2 with alpha = ", alpha, " are beyond float64."));
    }
    return result;
}

Moments sigmoid_moments(const Moments &moments) {
    constexpr int terms = 24;
    const Matrix coefficients =
        hermite_coefficients(moments, terms, [](double z) { return 1 / (1 + std::exp(-z)); });
    const Vector deviations = moments.deviations();
    const double least = std::sqrt(least_variance(moments));
    Moments result{coefficients.col(0), Matrix::Zero(moments.units(), moments.units())};
    for (Eigen::Index i = 0; i < moments.units(); i++) {
        for (Eigen::Index j = i; j < moments.units(); j++) {
            const double scale =
                deviations[i] > least && deviations[j] > least ? deviations[i] * deviations[j] : 0;
            const double rho = scale > 0 ? std::min(1., std::max(-1., moments.covariance(i, j) / scale)) : 0;
            double power = 1, sum = 0;
            for (int k = 1; k < terms; k++) {
                power *= rho;
                sum += power * coefficients(i, k) * coefficients(j, k);
            }
            result.covariance(i, j) = result.covariance(j, i) = sum;
        }
    }
    return result;
}

}  // namespace fsd::analysis
