// Every kernel gives the same bits for any number of threads.
#include "runtime/threads.h"
#include "cases/draw.h"
#include "cases/runnable_kernels.h"
#include "tests/device_under_test.h"

#include <catch2/catch.hpp>

#include <cstring>

using namespace fsd;
using namespace fsd::testing;

namespace {

// The outputs' values; NaN does not occur in them.
std::map<std::string, std::vector<double>> outputs_of(Placement &placement) {
    placement.call()();
    std::map<std::string, std::vector<double>> outputs;
    for (const std::string &name : placement.outputs()) {
        outputs[name] = placement.read(name).data;
    }
    return outputs;
}

}  // namespace

TEST_CASE("kernels give the same bits for 1, 2 and 3 threads", "[laws]") {
    for (const Kernel &kernel : runnable_kernels()) {
        const Case &described = case_of(kernel.op);
        const std::vector<Extents> small{described.shapes[described.shapes.size() / 2]};
        const std::vector<Extents> large{described.shapes.back(), described.bench_shapes.front()};
        for (const Extents &extents : device_is_emulated() ? small : large) {
            INFO(kernel.name);
            const Problem problem = draw(described, extents, 2);
            set_threads(1);
            Placement alone(kernel, problem, Layout::dense);
            const auto expected = outputs_of(alone);
            for (const int count : {2, 3}) {
                set_threads(count);
                Placement shared(kernel, problem, Layout::dense);
                REQUIRE(outputs_of(shared) == expected);
            }
        }
    }
    set_threads(usable_cpus());
}
