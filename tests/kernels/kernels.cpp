// Every kernel x every shape x dense and padded memory, against the float64 reference; run once per
// instruction set.
#include "cases/compare.h"
#include "cases/runnable_kernels.h"
#include "runtime/instruction_set.h"
#include "tests/todays_turn.h"

#include <catch2/catch.hpp>

#include <map>

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

void check(const Kernel &kernel, const Case &described, const Extents &extents, Layout layout) {
    INFO(kernel.name << " on " << instruction_set() << (layout == Layout::padded ? ", padded, " : ", dense, ")
                     << describe(extents));
    Problem problem = draw(described, extents, 1);
    Placement placement(kernel, problem, layout);
    described.reference(problem);
    placement.call()();
    const Mismatch worst = compare(described, problem, placement);
    INFO(worst.sentence);
    REQUIRE(worst.ratio <= 1);
    REQUIRE(placement.surroundings_intact());
}

}  // namespace

TEST_CASE("kernels agree with their float64 references", "[kernels][rotates]") {
    std::map<std::string, std::vector<Kernel>> of_op;
    std::size_t number = 0;
    for (const Kernel &kernel : runnable_kernels()) {
        if (todays_turn(number++)) {
            of_op[kernel.op].push_back(kernel);
        }
    }
    for (const auto &[op, kernels] : of_op) {
        DYNAMIC_SECTION(op) {  // the ctest operator.<op> runs one of them
            const Case &described = case_of(op);
            for (const Extents &extents : described.shapes) {
                for (const Kernel &kernel : kernels) {
                    check(kernel, described, extents, Layout::dense);
                    check(kernel, described, extents, Layout::padded);
                }
            }
        }
    }
}

TEST_CASE("every kernel has a case, a signature for each argument, and no case lacks its kernel",
          "[kernels]") {
    for (const Kernel &kernel : kernels()) {
        const Signature &signature = signature_of(kernel.op);
        INFO(kernel.name);
        REQUIRE_NOTHROW(case_of(kernel.op));
        REQUIRE(static_cast<int>(signature.arguments.size()) == kernel.about->num_arguments);
        for (int i = 0; i < kernel.about->num_arguments; i++) {
            const halide_filter_argument_t &argument = kernel.about->arguments[i];
            REQUIRE(static_cast<int>(argument_of(signature, argument.name).axes.size()) ==
                    argument.dimensions);
        }
    }
    for (const Case &described : cases()) {
        INFO(described.op);
        REQUIRE(find_kernel(described.op, {"cpu"}) != nullptr);
    }
}
