// Programs that end well, badly and never.
#include "toolkit/system/process.h"
#include "runtime/error.h"

#include <catch2/catch.hpp>

using fsd::ProcessOptions;
using fsd::ProcessOutcome;
using fsd::run_process;

TEST_CASE("the outcome of a program: its code and both of its outputs", "[system]") {
    const ProcessOutcome outcome = run_process({"sh", "-c", "echo out; echo err >&2; exit 3"}, {60});
    REQUIRE(outcome.code == 3);
    REQUIRE(outcome.output == "out\nerr\n");
    REQUIRE_FALSE(outcome.timed_out);
}

TEST_CASE("all of the standard output alone is kept where that is asked for", "[system]") {
    ProcessOptions options;
    options.keep_errors = options.own_group = false;
    options.most_output = std::string().max_size();
    const ProcessOutcome outcome = run_process(
        {"sh", "-c", "echo this stands on the standard error >&2; head -c 1000000 /dev/zero"}, options);
    REQUIRE(outcome.code == 0);
    REQUIRE(outcome.output == std::string(1000000, '\0'));
}

TEST_CASE("a crash is told by its signal", "[system]") {
    REQUIRE(run_process({"sh", "-c", "kill -SEGV $$"}, {60}).code == 128 + SIGSEGV);
}

TEST_CASE("a program that never ends is stopped with its children", "[system]") {
    const ProcessOutcome outcome = run_process({"sh", "-c", "sleep 1000 & sleep 1000"}, {0.2});
    REQUIRE(outcome.timed_out);
    REQUIRE(outcome.code == 128 + SIGKILL);
}

TEST_CASE("a program is stopped when asked to", "[system]") {
    volatile std::sig_atomic_t stop = 1;
    const ProcessOutcome outcome = run_process({"sleep", "1000"}, {60, &stop});
    REQUIRE(outcome.stopped);
}

TEST_CASE("output without end does not fill the memory", "[system]") {
    const ProcessOutcome outcome = run_process({"sh", "-c", "head -c 1000000 /dev/zero"}, {60});
    REQUIRE(outcome.code == 0);
    REQUIRE(outcome.output.size() <= (1 << 16) + 4096);
}

TEST_CASE("a program that does not exist is an error that names it", "[system]") {
    REQUIRE_THROWS_WITH(run_process({"/no/such/program"}, {60}), Catch::Contains("/no/such/program"));
}
