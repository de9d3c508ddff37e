// Every kernel x every shape x dense and padded memory, against the float64 reference; run once per instruction set.
#include "runtime/instruction_set.h"
#include "tests/cases/draw.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::testing;

namespace {

std::string describe(const Extents &extents) {
    std::string out;
    for (const auto &[axis, extent] : extents) {
        out += axis + "=" + std::to_string(extent) + " ";
    }
    return out;
}

// Compares each element; reports the worst one relative to its tolerance.
void require_close(const Case &described, const Problem &problem, const std::string &output, const Values &found) {
    const Values &expected = problem[output];
    REQUIRE(found.shape == expected.shape);
    double worst = 0;
    std::size_t at = 0;
    for (std::size_t i = 0; i < expected.data.size(); i++) {
        if (found.data[i] == expected.data[i] || (std::isnan(found.data[i]) && std::isnan(expected.data[i]))) {
            continue;
        }
        const double error = std::fabs(found.data[i] - expected.data[i]);
        const double ratio = error / described.tolerance(problem, output, expected.data[i]);
        if (!(ratio <= worst)) {
            worst = ratio;
            at = i;
        }
    }
    INFO("output " << output << ", element " << at << ", shape " << to_string(expected.shape));
    if (!(worst <= 1)) {
        INFO("expected " << expected.data[at] << ", found " << found.data[at] << ", " << worst << " x the tolerance");
        REQUIRE(worst <= 1);
    }
}

void check(const Kernel &kernel, const Case &described, const Extents &extents, Layout layout) {
    INFO(kernel.name << " on " << instruction_set() << (layout == Layout::padded ? ", padded, " : ", dense, ")
                     << describe(extents));
    Problem problem = draw(described, extents, 1);
    Placement placement(kernel, problem, layout);
    described.reference(problem);
    placement.call()();
    for (const std::string &output : placement.outputs()) {
        require_close(described, problem, output, placement.read(output));
    }
    REQUIRE(placement.surroundings_intact());
}

}  // namespace

TEST_CASE("kernels agree with their float64 references", "[kernels]") {
    for (const Kernel &kernel : kernels()) {
        const Case &described = case_of(kernel.op);
        for (const Extents &extents : described.shapes) {
            check(kernel, described, extents, Layout::dense);
            check(kernel, described, extents, Layout::padded);
        }
    }
}

TEST_CASE("every kernel has a case, a signature for each argument, and no case lacks its kernel", "[kernels]") {
    for (const Kernel &kernel : kernels()) {
        const Signature &signature = signature_of(kernel.op);
        INFO(kernel.name);
        REQUIRE_NOTHROW(case_of(kernel.op));
        REQUIRE(static_cast<int>(signature.arguments.size()) == kernel.about->num_arguments);
        for (int i = 0; i < kernel.about->num_arguments; i++) {
            const halide_filter_argument_t &argument = kernel.about->arguments[i];
            REQUIRE(static_cast<int>(argument_of(signature, argument.name).axes.size()) == argument.dimensions);
        }
    }
    for (const Case &described : cases()) {
        INFO(described.op);
        REQUIRE(find_kernel(described.op, {"cpu"}) != nullptr);
    }
}
