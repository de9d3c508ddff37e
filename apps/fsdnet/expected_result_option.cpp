// Two files and two tolerances.
#include "apps/fsdnet/expected_result_option.h"

#include "apps/fsdnet/number_option.h"

namespace fsd::command_line {

void add_expected_result(CLI::App &verb, ExpectedResult &wanted, const std::string &meaning_of_input) {
    verb.add_option("--input", wanted.input, meaning_of_input)->type_name("FILE.npy");
    verb.add_option("--expect", wanted.expected,
                    "What the network has to give for --input, within --atol and --rtol; else nothing is "
                    "done and the exit code is 1")
        ->type_name("FILE.npy")
        ->needs("--input");
    add_number_with_default(verb, "--atol", wanted.absolute, at_least(0.),
                            "Difference allowed beside --expect");
    add_number_with_default(verb, "--rtol", wanted.relative, at_least(0.),
                            "The same as a share of the expected number");
}

void add_expected_result(CLI::App &verb, ExpectedResult &wanted) {
    add_expected_result(verb, wanted, "Inputs for which --expect says what the network has to give");
    verb.get_option("--input")->needs("--expect");
}

std::vector<FileRole> with_expected_result(std::vector<FileRole> inputs, const ExpectedResult &wanted) {
    inputs.push_back({"--input", wanted.input});
    inputs.push_back({"--expect", wanted.expected});
    return inputs;
}

}  // namespace fsd::command_line
