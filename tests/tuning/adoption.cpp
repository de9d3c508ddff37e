// From a proposal to the kernel that runs: written, read, built by CMake, linked, chosen by its shape.
#include "toolkit/tuning/adoption.h"
#include "runtime/system/processor.h"
#include "tests/runtime/models.h"
#include "toolkit/system/process.h"
#include "toolkit/tuning/compile.h"
#include "toolkit/tuning/digest.h"
#include "toolkit/tuning/report.h"

#include <catch2/catch.hpp>

#include <sstream>

using namespace fsd::testing;
using namespace fsd::tuning;
using fsd::Extents;
using fsd::ProcessOutcome;
using fsd::run_process;

namespace {

Adoption adoption_at(int samples) {
    Adoption adoption;
    adoption.subject = {"kld_linear",
                        families_of_this_machine().front(),
                        fsd::processor_name(),
                        source_digest(FSDNET_SOURCE, "kld_linear", "cpu"),
                        1,
                        {{{"sample", samples}, {"input", 12}, {"output", 24}}}};
    adoption.against = "default";
    adoption.ratio = {0.5, 0.6, 0.7};
    return adoption;
}

Adoption by_parameters() {
    Adoption adoption = adoption_at(5);
    adoption.candidate.parameters = {{"few_samples", "1x4"}};
    return adoption;
}

// What the autoscheduler proposes for the shape, adopted whatever its speed.
Adoption by_autoscheduler() {
    const BuildTree tree = open_build_tree(FSDNET_BUILD);
    Adoption adoption = adoption_at(8);
    adoption.candidate.autoscheduler = "Adams2019";
    const Compiled compiled = Compiler(tree, "kld_linear", adoption.subject.family, 300)
                                  .compile(adoption.candidate, adoption.subject.shapes.front());
    INFO(compiled.fault);
    REQUIRE_FALSE(compiled.schedule.empty());
    adoption.source = compiled.schedule;
    return adoption;
}

// Of another machine: built, and never in force.
Adoption of_another_machine() {
    Adoption adoption = adoption_at(3);
    adoption.subject.cpu = "a processor that nobody has";
    return adoption;
}

std::vector<std::string> lines_of(const std::string &text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        lines.push_back(line);
    }
    return lines;
}

std::string run(const std::vector<std::string> &command) {
    const ProcessOutcome outcome = run_process(command, {600});
    INFO(outcome.output);
    REQUIRE(outcome.code == 0);
    return outcome.output;
}

}  // namespace

TEST_CASE("what is adopted is read as it was written", "[adoption]") {
    const TemporaryFolder folder;
    const Adoption written = by_parameters();
    REQUIRE(keep_adoption(folder.path(), written).size() == 1);
    const std::vector<Adoption> read = read_adoptions(folder.path());
    REQUIRE(read.size() == 1);
    REQUIRE(read[0].subject == written.subject);
    REQUIRE(read[0].candidate == written.candidate);
    REQUIRE(read[0].ratio.middle == Approx(0.6));
    CHECK_THAT(markdown_adoptions(read), Catch::Contains("| few_samples:1x4 | 0.60 (0.50 to 0.70) |") &&
                                             Catch::Contains("Geometric mean over this 1 shape: 0.60."));
    CHECK_THAT(renewing_command(read[0]), Catch::EndsWith(" --try few_samples:1x4 --adopt"));
    write_bytes(folder / "kld_linear/other.json", "{}");
    REQUIRE_THROWS_WITH(read_adoptions(folder.path()), Catch::Contains("other.json"));
}

TEST_CASE("adopted kernels are of the sources that stand here", "[adoption]") {
    for (const Adoption &adoption : read_adoptions(FSDNET_SOURCE "/schedules/tuned")) {
        INFO("Renew it: " << renewing_command(adoption));
        CHECK(adoption.subject.digest == source_digest(FSDNET_SOURCE, adoption.subject.op, "cpu"));
    }
}

TEST_CASE("a build makes adopted kernels, and calls take them where shape and machine fit", "[adoption]") {
    const TemporaryFolder folder;
    for (const Adoption &adoption : {by_parameters(), by_autoscheduler(), of_another_machine()}) {
        keep_adoption(folder / "adopted", adoption);
    }
    run({FSDNET_CMAKE, "-S", FSDNET_SOURCE "/tests/tuning/adoption", "-B", folder / "build", "-G",
         FSDNET_CMAKE_GENERATOR, "-DCMAKE_MAKE_PROGRAM=" FSDNET_MAKE_PROGRAM, "-DCMAKE_BUILD_TYPE=Release",
         "-DCMAKE_CXX_COMPILER=" FSDNET_CXX_COMPILER, "-DHalide_DIR=" FSDNET_HALIDE,
         "-DHalideHelpers_DIR=" FSDNET_HALIDE_HELPERS, "-Dsource=" FSDNET_SOURCE, "-Druntime=" FSDNET_RUNTIME,
         "-DFSDNET_ADOPTED=" + (folder / "adopted"),
         "-DFSDNET_CPU_TARGETS=" + families_of_this_machine().front() + ";baseline"});
    run({FSDNET_CMAKE, "--build", folder / "build", "--target", "adopted"});
    const std::string family = families_of_this_machine().front();
    const auto name = [&](int samples) {
        return "sample" + std::to_string(samples) + "-input12-output24." + family;
    };
    const std::vector<std::string> found = lines_of(run({folder / "build/adopted"}));
    const std::vector<std::string> expected = {name(3) + " does not fit",
                                               name(5) + " fits",
                                               name(8) + " fits",
                                               "kld_linear_tuned (" + name(8) + ")",
                                               "kld_linear_cpu",
                                               "agree",
                                               "kld_linear_tuned (" + name(5) + ")",
                                               "kld_linear_cpu",
                                               "agree",
                                               "kld_linear_tuned",
                                               "kld_linear_cpu",
                                               "agree"};
    REQUIRE(found == expected);
    // Limited to less than it was made for, it is not in force.
    if (family != "baseline") {
        const std::vector<std::string> limited =
            lines_of(run({"/usr/bin/env", "FSDNET_INSTRUCTION_SET=baseline", folder / "build/adopted"}));
        REQUIRE(limited.size() == expected.size());
        CHECK(limited[2] == name(8) + " does not fit");
        CHECK(limited[3] == "kld_linear_tuned");
    }
}
