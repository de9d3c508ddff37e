// Every single allocation of load, description and run through the C interface fails once, in a process of
// its own: a code and a sentence, and the library works afterwards.
#include "runtime/fsdnet.h"
#include "tests/resources/failing_allocations.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <functional>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr int batch = 3;
constexpr std::array<uint8_t, 1 << 10> images = {0, 9, 255, 7};

struct Result {
    int status = FSDNET_OK;
    std::array<float, 64> numbers{};
};

Result load_and_run(const char *path) {
    Result result;
    fsdnet_network *network = fsdnet_load(path);
    if (!network) {
        result.status = FSDNET_INTERNAL;
        return result;
    }
    if (std::strlen(fsdnet_describe(network)) < 10) {
        result.status = -1;
    } else {
        result.status = fsdnet_run(network, images.data(), batch, result.numbers.data());
    }
    fsdnet_free(network);
    return result;
}

// What a child ends with.
enum End { survived = 0, all_granted, no_sentence, other_code, not_usable, other_bits };

End run_with_failure(const char *path, long number, bool all_later) {
    fail_allocation(number, all_later);
    const Result failed = load_and_run(path);
    const bool granted = stop_failing() < number;
    if (failed.status != FSDNET_OK && std::strlen(fsdnet_last_error()) < 10) {
        return no_sentence;
    }
    if (failed.status != FSDNET_OK && failed.status != FSDNET_INTERNAL && failed.status != FSDNET_BAD_INPUT) {
        return other_code;
    }
    const Result first = load_and_run(path), second = load_and_run(path);
    if (first.status != FSDNET_OK || second.status != FSDNET_OK) {
        return not_usable;
    }
    const bool same =
        first.numbers == second.numbers && (failed.status != FSDNET_OK || failed.numbers == first.numbers);
    return !same ? other_bits : granted ? all_granted : survived;
}

// Of the child's exit code; 128 + signal where it crashed. Nothing runs in this process, whose threads a
// child would not have.
int in_child(const std::function<int()> &work) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        _exit(work());
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

void sweep(const Model &model, bool all_later) {
    if (!allocations_can_fail()) {
        return;
    }
    const TemporaryFolder folder;
    const std::string path = folder / "model.safetensors";
    save_model(model, path);
    long number = 1;
    for (int end = survived; end != all_granted; number++) {
        end = in_child([&] { return run_with_failure(path.c_str(), number, all_later); });
        INFO("allocation " << number);
        REQUIRE((end == survived || end == all_granted));
    }
    CHECK(number > 100);
}

}  // namespace

TEST_CASE("each allocation may fail once", "[resources]") {
    sweep(small_model(), false);
}

TEST_CASE("from each allocation on there may be no more memory", "[resources]") {
    sweep(small_model(), true);
}

TEST_CASE("each allocation of an ordinary network may fail once", "[resources]") {
    sweep(small_ordinary_model(), false);
}
