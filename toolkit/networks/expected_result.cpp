// Runs the network on one array and compares with another.
#include "toolkit/networks/expected_result.h"

#include "toolkit/npy/close_numbers.h"
#include "toolkit/npy/npy.h"

namespace fsd {

Tensor inputs_from(const std::string &path) {
    Tensor inputs = read_npy(path);
    return inputs.type() == halide_type_of<double>() ? read_npy_floats(path) : std::move(inputs);
}

void need_expected(const Tensor &result, const ExpectedResult &wanted) {
    if (!wanted.expected.empty()) {
        need_close(result, read_npy_floats(wanted.expected), wanted.absolute, wanted.relative);
    }
}

void need_expected(const StoredNetwork &network, const ExpectedResult &wanted, const std::string &device) {
    if (!wanted.expected.empty()) {
        need_expected(log_posteriors(network, inputs_from(wanted.input), device), wanted);
    }
}

}  // namespace fsd
