// Training gives the same bits whatever the caller's floating-point environment is.
#include "runtime/error.h"
#include "tests/caller_environment.h"
#include "tests/training/networks.h"
#include "tests/training/runs.h"
#include "toolkit/evaluation/evaluation.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::testing;

TEST_CASE("training and evaluation do not depend on the caller's floating-point environment", "[training]") {
    const Dataset dataset = bars(97, 1);
    Trainer expected(bar_network(), dataset, short_recipe());
    run_to(expected, expected.steps());
    Network network(expected.model());
    const Evaluation figures = evaluate(network, dataset);
    for (const unsigned bits : CallerEnvironment::all) {
        INFO(std::hex << bits);
        const CallerEnvironment environment(bits);
        Trainer trainer(bar_network(), dataset, short_recipe());
        run_to(trainer, trainer.steps());
        REQUIRE(same_bits(trainer.model(), expected.model()));
        REQUIRE(same_history(trainer, expected));
        REQUIRE(evaluate(network, dataset).nll == figures.nll);
        REQUIRE(CallerEnvironment::now() == bits);
    }
}
