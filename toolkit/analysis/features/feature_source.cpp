// Reads .npy files.
#include "toolkit/analysis/features/feature_source.h"

#include "runtime/error.h"
#include "toolkit/datasets/npy_data.h"
#include "toolkit/npy/npy.h"

namespace fsd::analysis {
namespace {

// float64 numbers as they are; all others as float32.
Matrix read_matrix(const std::string &path) {
    const Tensor stored = read_npy(path);
    if (stored.dimensions() != 2) {
        throw Error(ExitCode::bad_input, text("The table in '", path, "' has the shape ",
                                              to_string(shape_of(stored)), "; expected [value, class]."));
    }
    const Shape shape = shape_of(stored);
    if (stored.type() == halide_type_of<double>()) {
        return Eigen::Map<const Matrix>(static_cast<const double *>(stored.data()), shape[0], shape[1]);
    }
    using Floats = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const Tensor floats = read_npy_floats(path);
    return Eigen::Map<const Floats>(static_cast<const float *>(floats.data()), shape[0], shape[1])
        .cast<double>();
}

}  // namespace

Joint read_joint(const std::string &path) {
    return joint_of_table(read_matrix(path), "The table in '" + path + "'");
}

LabeledActivations read_activations(const std::string &activations, const std::string &labels) {
    Dataset data = load_npy_files(activations, labels);
    if (data.is_regression() || !data.is_numeric()) {
        throw Error(ExitCode::bad_input,
                    text("The arrays '", activations, "' and '", labels, "' hold ",
                         data.is_regression() ? "targets" : "images",
                         "; expected numbers [sample, ...] and classes as integers [sample]."));
    }
    return {data.features, std::move(data.labels), static_cast<int>(data.classes.size())};
}

}  // namespace fsd::analysis
