// The kernels that were adopted for one shape, where this machine has them in force.
#include "cases/compare.h"
#include "runtime/registry.h"
#include "runtime/shape_kernels.h"
#include "runtime/threads.h"
#include "toolkit/tuning/adoption.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace fsd;
using namespace fsd::testing;
using namespace fsd::tuning;

namespace {

bool in_force(const Adoption &adoption) {
    const std::vector<ShapeKernel> kernels = shape_kernels_of(adoption.subject.op);
    return std::any_of(kernels.begin(), kernels.end(), [&](const ShapeKernel &kernel) {
        return kernel.name == adoption_name(adoption.subject) && fits_this_machine(kernel);
    });
}

}  // namespace

TEST_CASE("adopted kernels are right, and give the bits of the general one", "[tuning]") {
    for (const Adoption &adoption : read_adoptions(FSDNET_SOURCE "/schedules/tuned")) {
        const std::string &op = adoption.subject.op;
        INFO(op << " " << adoption_name(adoption.subject));
        if (!in_force(adoption)) {
            continue;
        }
        const Case &described = case_of(op);
        Problem problem = draw(described, adoption.subject.shapes.front(), 1);
        Placement general(need_kernel(op, {"cpu"}), problem, Layout::dense);
        Placement adopted(need_kernel(op, {"tuned"}), problem, Layout::dense);
        REQUIRE(adopted.call().name_in_force() != general.call().name_in_force());
        general.call()();
        adopted.call()();
        described.reference(problem);
        const Mismatch worst = compare(described, problem, adopted);
        INFO(worst.sentence);
        CHECK(worst.ratio <= 1);
        // Parameters of a schedule leave the order of sums as it is, an autoscheduler does not.
        for (const std::string &output : adopted.outputs()) {
            CHECK((!adoption.candidate.autoscheduler.empty() ||
                   adopted.read(output).data == general.read(output).data));
        }
    }
}
