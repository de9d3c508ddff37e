// Joint distributions of a discrete variable and a class (docs/analysis.md, Features).
#pragma once

#include "toolkit/analysis/matrix.h"

#include <string>
#include <vector>

namespace fsd::analysis {

// Rows x and columns y that occur: what has probability 0 is left out, since everything divides by it.
struct Joint {
    Matrix probability;            // P [x, y], sums to 1
    Vector rows, columns;          // px, py, all positive
    std::vector<int> row_numbers;  // of each row: where it stood in the table that was given
    std::vector<int> column_numbers;
    int dropped_rows = 0, dropped_columns = 0;  // that never occurred
};

// From a table of joint probabilities. Throws Error(bad_input) that begins with `source` where the table is
// empty, a number is negative or not finite, or their sum is not within 1e-6 of 1.
Joint joint_of_table(const Matrix &table, const std::string &source);

// From a table of counts or other weights, which are divided by their sum. The same refusals but for the sum,
// which must be positive.
Joint joint_of_counts(const Matrix &counts, const std::string &source);

// Counts [code, class] by the kernel joint_histogram. A sample whose code or label is out of range counts
// nowhere.
Matrix joint_counts(const std::vector<int> &codes, int code_count, const std::vector<int> &labels,
                    int classes);

}  // namespace fsd::analysis
