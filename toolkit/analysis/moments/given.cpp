// Reads by toolkit/npy, checks by moments.h.
#include "toolkit/analysis/moments/given.h"

#include "runtime/error.h"
#include "toolkit/analysis/moments/gaussian.h"
#include "toolkit/npy/convert.h"
#include "toolkit/npy/npy.h"

namespace fsd::analysis {
namespace {

// The numbers as float64.
Tensor read_doubles(const std::string &path, std::size_t axes) {
    const Tensor read = read_npy(path);
    if (shape_of(read).size() != axes) {
        throw Error(ExitCode::bad_input,
                    text("'", path, "' must hold an array of ", axes, axes == 1 ? " axis" : " axes",
                         "; found shape ", to_string(shape_of(read)), "."));
    }
    if (read.type() == halide_type_of<double>()) {
        return read;
    }
    const Tensor floats = converted(read, halide_type_of<float>(), text("'", path, "'")).tensor;
    Tensor doubles = make_tensor<double>(shape_of(floats));
    const auto *values = static_cast<const float *>(floats.data());
    std::copy(values, values + floats.number_of_elements(), static_cast<double *>(doubles.data()));
    return doubles;
}

}  // namespace

Moments read_moments(const std::string &mean, const std::string &covariance, bool project) {
    const Tensor means = read_doubles(mean, 1), covariances = read_doubles(covariance, 2);
    const Shape shape = shape_of(covariances);
    Moments moments{
        Eigen::Map<const Vector>(static_cast<const double *>(means.data()), shape_of(means)[0]),
        Eigen::Map<const Matrix>(static_cast<const double *>(covariances.data()), shape[0], shape[1])};
    const std::string what = text("'", mean, "' and '", covariance, "'");
    if (project && moments.covariance.rows() == moments.covariance.cols() && moments.covariance.allFinite()) {
        moments.covariance = projected((moments.covariance + moments.covariance.transpose()) / 2).matrix;
    }
    check(moments, what);
    return moments;
}

Tensor read_activations(const std::string &path) {
    const Tensor read = read_npy_floats(path);
    const Shape shape = shape_of(read);
    if (shape.size() < 2 || shape[0] < 2 || element_count(shape) == 0) {
        throw Error(ExitCode::bad_input, text("'", path,
                                              "' must hold activations [sample, number...] of at least two "
                                              "samples; found shape ",
                                              to_string(shape), "."));
    }
    return read;
}

}  // namespace fsd::analysis
