// Tuning for a device: candidates for OpenCL, generated, compiled, checked and timed where it has one.
#include "runtime/error.h"
#include "tests/runtime/models.h"
#include "toolkit/tuning/device.h"
#include "toolkit/tuning/digest.h"
#include "toolkit/tuning/tuner.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::testing;
using namespace fsd::tuning;

namespace {

// Empty, with a warning, where this build or this machine has none.
std::string device_here(const BuildTree &tree) {
    try {
        tree.target("opencl");
        return machine_of("opencl");
    } catch (const Error &error) {
        WARN("Skipped: " << error.what());
        return "";
    }
}

}  // namespace

TEST_CASE("a search on a device logs, checks and decides; what is no GPU is not recorded",
          "[tuning][device]") {
    const BuildTree tree = open_build_tree(FSDNET_BUILD);
    const std::string device = device_here(tree);
    if (device.empty()) {
        return;
    }
    const TemporaryFolder folder;
    const Subject subject{"kld_linear",       "opencl", device,
                          "0123456789abcdef", 1,        {{{"sample", 64}, {"input", 64}, {"output", 64}}}};
    TuningOptions options;
    options.budget = 1e6;
    options.limit = 300;
    options.candidates = 2;
    options.pairs = 3;
    options.autoschedulers = autoschedulers_for("opencl");
    Journal journal(folder / "log", subject);
    const Record record = tune(tree, subject, journal, options);
    REQUIRE(journal.entries().size() >= 4);  // the autoscheduler, two candidates, the decision
    CHECK(journal.entries()[0].candidate.autoscheduler == "Anderson2021");
    for (const JournalEntry &entry : journal.entries()) {
        INFO(entry.candidate.name() << ": " << entry.sentence);
        const bool is_proposal = !entry.candidate.autoscheduler.empty();
        CHECK(entry.verdict == "timed");
        CHECK((is_proposal || entry.checked > 5));
        CHECK((entry.verdict == "timed") == entry.sentence.empty());
    }
    CHECK(record.subject.cpu == device);
    const bool is_pocl = device.find("Portable Computing Language") != std::string::npos;
    CHECK((!is_pocl || reason_not_to_record("opencl").find("no GPU") != std::string::npos));
}

TEST_CASE("a device's schedule has a digest of its own", "[tuning]") {
    CHECK(schedules_of("opencl") == "gpu");
    CHECK(schedules_of("avx2") == "cpu");
    CHECK(source_digest(FSDNET_SOURCE, "kld_linear", "gpu") !=
          source_digest(FSDNET_SOURCE, "kld_linear", "cpu"));
    CHECK(reason_not_to_record("avx512").empty());
}
