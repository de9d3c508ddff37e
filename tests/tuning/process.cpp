// Programs that end well, badly and never.
#include "toolkit/tuning/process.h"
#include "runtime/error.h"

#include <catch2/catch.hpp>

using fsd::tuning::Outcome;
using fsd::tuning::run;

TEST_CASE("the outcome of a program: its code and both of its outputs", "[tuning]") {
    const Outcome outcome = run({"sh", "-c", "echo out; echo err >&2; exit 3"}, 60);
    REQUIRE(outcome.code == 3);
    REQUIRE(outcome.output == "out\nerr\n");
    REQUIRE_FALSE(outcome.timed_out);
}

TEST_CASE("a crash is told by its signal", "[tuning]") {
    REQUIRE(run({"sh", "-c", "kill -SEGV $$"}, 60).code == 128 + SIGSEGV);
}

TEST_CASE("a program that never ends is stopped with its children", "[tuning]") {
    const Outcome outcome = run({"sh", "-c", "sleep 1000 & sleep 1000"}, 0.2);
    REQUIRE(outcome.timed_out);
    REQUIRE(outcome.code == 128 + SIGKILL);
}

TEST_CASE("a program is stopped when asked to", "[tuning]") {
    volatile std::sig_atomic_t stop = 1;
    const Outcome outcome = run({"sleep", "1000"}, 60, &stop);
    REQUIRE(outcome.stopped);
}

TEST_CASE("output without end does not fill the memory", "[tuning]") {
    const Outcome outcome = run({"sh", "-c", "head -c 1000000 /dev/zero"}, 60);
    REQUIRE(outcome.code == 0);
    REQUIRE(outcome.output.size() <= (1 << 16) + 4096);
}

TEST_CASE("a program that does not exist is an error that names it", "[tuning]") {
    REQUIRE_THROWS_WITH(run({"/no/such/program"}, 60), Catch::Contains("/no/such/program"));
}
