// B by the kernel gated_recursion from the top, where it is the identity; in coordinates in which biases are
// weights of a unit that is always 1.
#include "toolkit/analysis/teacher/sample_identity.h"

#include "runtime/call.h"
#include "runtime/error.h"

#include <algorithm>

namespace fsd::analysis {
namespace {

// With a column of ones behind it.
Matrix with_one(const Matrix &values) {
    Matrix result(values.rows(), values.cols() + 1);
    result << values, Vector::Ones(values.rows());
    return result;
}

// [inputs + 1, outputs + 1]: the unit that is always 1 stays 1.
Matrix square_weight(const Matrix &weight) {
    Matrix result = Matrix::Zero(weight.rows(), weight.cols() + 1);
    result.leftCols(weight.cols()) = weight;
    result(weight.rows() - 1, weight.cols()) = 1;
    return result;
}

// Activations behind each layer, with the one; gates are 1 where relu passes and at the one.
struct Pass {
    Pass(const DenseNetwork &network, const Matrix &inputs) {
        Matrix h = with_one(inputs);
        for (std::size_t layer = 0; layer < network.weights.size(); layer++) {
            const Matrix u = h * network.weights[layer];
            const bool last = layer + 1 == network.weights.size();
            h = with_one(last ? u : Matrix(u.cwiseMax(0)));
            activations.push_back(h);
            gates.push_back(last ? Matrix(Matrix::Ones(h.rows(), h.cols()))
                                 : with_one((u.array() > 0).cast<double>().matrix()));
        }
    }
    std::vector<Matrix> activations, gates;
};

// B of the layer below: [sample, student, teacher].
Tensor recursion(const Tensor &relation, const Matrix &student_weight, const Matrix &teacher_weight,
                 const Matrix &student_gate, const Matrix &teacher_gate) {
    Tensor result =
        make_tensor<double>({static_cast<int>(student_gate.rows()), static_cast<int>(student_gate.cols()),
                             static_cast<int>(teacher_gate.cols())});
    Call call(need_kernel("gated_recursion", {"tuned", "cpu"}));
    call.set("next_relation", relation)
        .set("student_weight", view(student_weight))
        .set("teacher_weight", view(teacher_weight))
        .set("student_gate", view(student_gate))
        .set("teacher_gate", view(teacher_gate))
        .set("relation", result);
    call();
    return result;
}

Tensor identities(Eigen::Index samples, Eigen::Index units) {
    const auto size = static_cast<int>(units);
    Tensor result = make_tensor<double>({static_cast<int>(samples), size, size});
    for (Eigen::Index sample = 0; sample < samples; sample++) {
        Eigen::Map<Matrix>(static_cast<double *>(result.data()) + sample * units * units, units, units)
            .setIdentity();
    }
    return result;
}

// B h for each sample.
Matrix applied(const Tensor &relation, const Matrix &activations) {
    const Shape shape = shape_of(relation);
    Matrix result(shape[0], shape[1]);
    for (int sample = 0; sample < shape[0]; sample++) {
        const double *first = static_cast<const double *>(relation.data()) +
                              static_cast<std::ptrdiff_t>(sample) * shape[1] * shape[2];
        result.row(sample) =
            activations.row(sample) * Eigen::Map<const Matrix>(first, shape[1], shape[2]).transpose();
    }
    return result;
}

double largest(const Matrix &values) {
    return values.cwiseAbs().maxCoeff();
}

}  // namespace

std::vector<double> identity_residuals(const DenseNetwork &student, const DenseNetwork &teacher,
                                       const Matrix &inputs) {
    const std::size_t layers = student.weights.size();
    if (layers != teacher.weights.size() || student.weights.back().cols() != teacher.weights.back().cols() ||
        student.weights[0].rows() != teacher.weights[0].rows()) {
        throw Error(ExitCode::bad_input,
                    text("The identity needs as many layers, inputs and outputs of both networks; found ",
                         layers, " and ", teacher.weights.size(), " layers."));
    }
    const Pass own(student, inputs), other(teacher, inputs);
    Tensor to_teacher = identities(inputs.rows(), own.activations.back().cols()), to_student = to_teacher;
    Matrix gradient = other.activations.back() - own.activations.back();
    std::vector<double> residuals;
    for (std::size_t layer = layers - 1; layer-- > 0;) {
        const Matrix weight = square_weight(student.weights[layer + 1]);
        to_teacher = recursion(to_teacher, weight, square_weight(teacher.weights[layer + 1]),
                               own.gates[layer], other.gates[layer]);
        to_student = recursion(to_student, weight, weight, own.gates[layer], own.gates[layer]);
        gradient = (gradient * weight.transpose()).cwiseProduct(own.gates[layer]);
        const Matrix first = applied(to_teacher, other.activations[layer]),
                     second = applied(to_student, own.activations[layer]);
        const double scale = std::max({largest(first), largest(second), largest(gradient)});
        residuals.insert(residuals.begin(), scale > 0 ? largest(gradient - (first - second)) / scale : 0);
    }
    return residuals;
}

}  // namespace fsd::analysis
