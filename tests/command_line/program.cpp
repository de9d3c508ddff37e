// The program as a whole: help, version, verbs, exit codes.
#include "tests/command_line/process.h"

#include "runtime/error.h"

#include <catch2/catch.hpp>

using namespace fsd::testing;

TEST_CASE("every verb has a help with an example", "[command_line]") {
    for (const std::vector<std::string> &verb : std::vector<std::vector<std::string>>{{"bench"},
                                                                                      {"classify"},
                                                                                      {"compile"},
                                                                                      {"demo"},
                                                                                      {"doctor"},
                                                                                      {"evaluate"},
                                                                                      {"export"},
                                                                                      {"import"},
                                                                                      {"inspect"},
                                                                                      {"kernels"},
                                                                                      {"kernels", "run"},
                                                                                      {"models"},
                                                                                      {"new"},
                                                                                      {"quantize"},
                                                                                      {"train"}}) {
        std::vector<std::string> line = verb;
        line.emplace_back("--help");
        const Outcome outcome = fsdnet(line);
        INFO(verb.back());
        CHECK(outcome.code == 0);
        CHECK(outcome.errors.empty());
        CHECK_THAT(outcome.output, Catch::Contains("Example:\n  fsdnet " + verb.front()));
        CHECK_THAT(outcome.output, Catch::Contains("--json"));
    }
}

TEST_CASE("the program tells its version and its exit codes", "[command_line]") {
    CHECK(fsdnet({"--version"}).output == "fsdnet " FSDNET_VERSION "\n");
    const Outcome help = fsdnet({"--help"});
    CHECK(help.code == 0);
    CHECK_THAT(help.output,
               Catch::Contains("0 ok, 1 check failed, 2 usage, 3 bad file or input, 4 unsupported here, "
                               "5 internal"));
}

TEST_CASE("wrong usage is one sentence and exit code 2", "[command_line]") {
    require_refusal({}, 2, "verb is missing");
    require_refusal({"nothing"}, 2, "nothing");
    require_refusal({"kernels", "--nothing"}, 2, "--nothing");
    require_refusal({"evalute"}, 2, "did you mean 'evaluate'?");
    require_refusal({"train", "--outptu", "x.safetensors"}, 2,
                    "no option of 'fsdnet train'; did you mean '--output'?");
    require_refusal({"evaluate", "--modle=x"}, 2,
                    "'--modle' is no option of 'fsdnet evaluate'; did you mean '--model'?");
    require_refusal({"doctor", "--zzzzzzzzzz"}, 2, "'--zzzzzzzzzz' is no option of 'fsdnet doctor'.");
    require_refusal({"classify"}, 2, "images");
    require_refusal({"classify", "x.png", "--top", "0"}, 2, "--top");
}

TEST_CASE("a standard output that takes nothing is an error", "[command_line]") {
    // the shell opens /dev/full or nothing; the program must notice that its words went nowhere
    for (const std::string arguments : {"kernels", "kernels --json", "--help", "--version"}) {
        for (const std::string output : {"> /dev/full", ">&-"}) {
            INFO(arguments << " " << output);
            const std::string line = fsd::text(FSDNET_PROGRAM, " ", arguments, " ", output, " 2> /dev/null");
            CHECK(WEXITSTATUS(std::system(line.c_str())) == 3);
        }
    }
}
