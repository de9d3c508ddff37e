// Candidates for real: generated, compiled, checked, timed. Nothing here depends on how long anything takes.
#include "runtime/error.h"
#include "runtime/system/processor.h"
#include "tests/runtime/models.h"
#include "toolkit/system/process.h"
#include "toolkit/tuning/compile.h"
#include "toolkit/tuning/measurement.h"
#include "toolkit/tuning/tuner.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace fsd::testing;
using namespace fsd::tuning;
using fsd::processor_name;
using fsd::ProcessOutcome;
using fsd::run_process;

namespace {

const BuildTree &tree() {
    static const BuildTree opened = open_build_tree(FSDNET_BUILD);
    return opened;
}

Subject tiny_subject() {
    return {"kld_linear",
            families_of_this_machine().front(),
            processor_name(),
            "0123456789abcdef",
            1,
            {{{"sample", 3}, {"input", 5}, {"output", 17}}, {{"sample", 8}, {"input", 16}, {"output", 32}}}};
}

TuningOptions short_options(int candidates) {
    TuningOptions options;
    options.budget = 1e6;
    options.limit = 300;
    options.candidates = candidates;
    options.pairs = 3;
    options.autoschedulers = {"Mullapudi2016"};
    return options;
}

MeasurementJob job_for(const std::string &op, const std::string &best, const std::string &candidate) {
    MeasurementJob job{op, best, candidate, {{{"site", 4}, {"state", 5}}}};
    job.pairs = 3;
    return job;
}

}  // namespace

TEST_CASE("a search logs, checks and decides; cut short, it goes on", "[tuning]") {
    const TemporaryFolder folder;
    const Subject subject = tiny_subject();
    {
        Journal journal(folder / "log", subject);
        tune(tree(), subject, journal, short_options(1));
        // The autoscheduler at two shapes and one candidate. One decision, or two: a candidate that seemed
        // better may not hold when measured again, and then the defaults are decided for.
        const std::vector<JournalEntry> &entries = journal.entries();
        const auto final = [](const JournalEntry &entry) { return entry.final; };
        const auto decisions = std::count_if(entries.begin(), entries.end(), final);
        REQUIRE(entries.size() - static_cast<std::size_t>(decisions) == 3);
        REQUIRE(decisions == (entries[2].kept && !entries[3].kept ? 2 : 1));
    }
    const std::string before = read_bytes(folder / "log");
    Journal journal(folder / "log", subject);
    const Record record = tune(tree(), subject, journal, short_options(3));
    REQUIRE(read_bytes(folder / "log").substr(0, before.size()) == before);

    std::vector<std::string> names;
    for (const JournalEntry &entry : journal.entries()) {
        INFO(entry.candidate.name() << ": " << entry.sentence);
        REQUIRE(entry.verdict == "timed");
        // An autoscheduler's candidate at its one shape; the others at both and at the shapes of the tests,
        // twice.
        REQUIRE((entry.shape >= 0 ? entry.checked == 1 : entry.checked > 20));
        REQUIRE(entry.comparison.shapes.size() == (entry.shape >= 0 ? 1 : 2));
        if (entry.shape < 0 && !entry.final) {
            names.push_back(entry.candidate.name());
        }
    }
    REQUIRE(names.size() == 3);
    REQUIRE(std::set<std::string>(names.begin(), names.end()).size() == 3);
    REQUIRE(journal.entries().back().final);
    REQUIRE(record.parameters == decided(journal).parameters);
    REQUIRE(record.shapes.size() == 2);
    REQUIRE(record.shapes[1].autoschedulers.at("Mullapudi2016").has_value());
}

TEST_CASE("a kernel that computes something else is refused before it is timed", "[tuning]") {
    const std::string family = families_of_this_machine().front();
    const Compiled right = Compiler(tree(), "sigmoid", family, 300).compile({}, {});
    const Compiled wrong = Compiler(tree(), "relu", family, 300).compile({}, {});
    INFO(right.fault << wrong.fault);
    REQUIRE_FALSE(right.object.empty());
    REQUIRE_FALSE(wrong.object.empty());
    const TemporaryFolder folder;
    REQUIRE(measure(tree(), job_for("sigmoid", right.object, right.object), 300, folder.path()).verdict ==
            Verdict::timed);
    const Measurement refused =
        measure(tree(), job_for("sigmoid", right.object, wrong.object), 300, folder.path());
    REQUIRE(refused.verdict == Verdict::wrong);
    REQUIRE(refused.shapes.empty());
    REQUIRE_THAT(refused.sentence, Catch::Contains("activation"));
}

TEST_CASE("a candidate that crashes or never ends is a failure, not the tuner's end", "[tuning]") {
    const TemporaryFolder folder;
    // Libraries whose constructors misbehave: the worker runs them when it loads the candidate.
    const auto library = [&](const std::string &name, const std::string &body) {
        write_bytes(folder / (name + ".c"),
                    "__attribute__((constructor)) static void f(void) { " + body + " }\n");
        const ProcessOutcome compiled = run_process({tree().compiler, "-x", "c", "-shared", "-fPIC", "-o",
                                                     folder / (name + ".so"), folder / (name + ".c")},
                                                    {60});
        INFO(compiled.output);
        REQUIRE(compiled.code == 0);
        return folder / (name + ".so");
    };
    const std::string crash = library("crash", "__builtin_trap();"), loop = library("loop", "for (;;) {}");
    const Measurement crashed = measure(tree(), job_for("relu", crash, crash), 300, folder.path());
    REQUIRE(crashed.verdict == Verdict::failed);
    REQUIRE_THAT(crashed.sentence, Catch::Contains("signal"));
    const Measurement endless = measure(tree(), job_for("relu", loop, loop), 1, folder.path());
    REQUIRE(endless.verdict == Verdict::failed);
    REQUIRE_THAT(endless.sentence, Catch::Contains("stopped after 1 seconds"));
}

TEST_CASE("an unknown parameter is refused with a sentence", "[tuning]") {
    const Compiled compiled = Compiler(tree(), "kld_linear", families_of_this_machine().front(), 300)
                                  .compile({{{"heigth", "3"}}, ""}, {});
    REQUIRE(compiled.object.empty());
    REQUIRE_THAT(compiled.fault, Catch::Contains("no parameter 'heigth'"));
}
