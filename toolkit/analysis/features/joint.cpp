// Checks, then the rows and columns that occur.
#include "toolkit/analysis/features/joint.h"

#include "runtime/call.h"
#include "runtime/error.h"

#include <cmath>

namespace fsd::analysis {
namespace {

constexpr double sum_tolerance = 1e-6;

void check_numbers(const Matrix &table, const std::string &source) {
    if (table.size() == 0) {
        throw Error(ExitCode::bad_input,
                    text(source, " has no numbers; expected a table [value, class] with at least one."));
    }
    for (Eigen::Index row = 0; row < table.rows(); row++) {
        for (Eigen::Index column = 0; column < table.cols(); column++) {
            if (!(std::isfinite(table(row, column)) && table(row, column) >= 0)) {
                throw Error(ExitCode::bad_input,
                            text(source, " holds ", table(row, column), " in row ", row, ", column ", column,
                                 "; probabilities must be finite and not negative."));
            }
        }
    }
}

std::vector<int> occurring(const Vector &sums) {
    std::vector<int> numbers;
    for (Eigen::Index i = 0; i < sums.size(); i++) {
        if (sums[i] > 0) {
            numbers.push_back(static_cast<int>(i));
        }
    }
    return numbers;
}

Joint occurring_part(const Matrix &weights) {
    Joint joint;
    joint.row_numbers = occurring(weights.rowwise().sum());
    joint.column_numbers = occurring(weights.colwise().sum().transpose());
    const auto rows = static_cast<Eigen::Index>(joint.row_numbers.size()),
               columns = static_cast<Eigen::Index>(joint.column_numbers.size());
    joint.dropped_rows = static_cast<int>(weights.rows() - rows);
    joint.dropped_columns = static_cast<int>(weights.cols() - columns);
    joint.probability.resize(rows, columns);
    for (Eigen::Index row = 0; row < rows; row++) {
        for (Eigen::Index column = 0; column < columns; column++) {
            joint.probability(row, column) = weights(joint.row_numbers[row], joint.column_numbers[column]);
        }
    }
    joint.probability /= joint.probability.sum();
    joint.rows = joint.probability.rowwise().sum();
    joint.columns = joint.probability.colwise().sum().transpose();
    return joint;
}

}  // namespace

Joint joint_of_table(const Matrix &table, const std::string &source) {
    check_numbers(table, source);
    const double sum = table.sum();
    if (std::fabs(sum - 1) > sum_tolerance) {
        throw Error(ExitCode::bad_input, text(source, " sums to ", sum,
                                              "; joint probabilities sum to 1. Divide counts by their sum."));
    }
    return occurring_part(table);
}

Joint joint_of_counts(const Matrix &counts, const std::string &source) {
    check_numbers(counts, source);
    if (!(counts.sum() > 0)) {
        throw Error(ExitCode::bad_input, text(source, " counts nothing; expected at least one sample."));
    }
    return occurring_part(counts);
}

Matrix joint_counts(const std::vector<int> &codes, int code_count, const std::vector<int> &labels,
                    int classes) {
    Matrix counts(code_count, classes);
    const auto numbers = [](const std::vector<int> &list) {
        return view_tensor(halide_type_of<int>(), const_cast<int *>(list.data()),
                           {static_cast<int>(list.size())});
    };
    Call call(need_kernel("joint_histogram", {"tuned", "cpu"}));
    call.set("code", numbers(codes))
        .set("label", numbers(labels))
        .set("codes", code_count)
        .set("classes", classes)
        .set("joint_count", view(counts));
    call();
    return counts;
}

}  // namespace fsd::analysis
