// The main function of every test program. Where the variable FSDNET_INSTRUCTION_SET names an instruction
// set, the kernels use nothing above it; where FSDNET_DEVICE names a device, networks run there. On a machine
// that lacks it the program ends with 77, which ctest counts as skipped. Where FSDNET_TEST_ONE_IN asks for a
// part of the test cases and no argument names any, those run whose turn it is (tests/todays_turn.h), and
// those with the tag [rotates], which choose among their own cases.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include "runtime/device.h"
#include "runtime/error.h"
#include "runtime/instruction_set.h"
#include "tests/todays_turn.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <stdexcept>

namespace {

// A name as a test specification has it: in quotes, and what means something there escaped.
std::string quoted(const std::string &name) {
    std::string out = "\"";
    for (const char character : name) {
        out += std::string("\"\\,").find(character) == std::string::npos ? "" : "\\";
        out += character;
    }
    return out + "\"";
}

void choose_todays(Catch::Session &session) {
    std::size_t number = 0;
    std::string wanted;
    for (const Catch::TestCase &test : Catch::getAllTestCasesSorted(session.config())) {
        const bool rotates = std::find(test.tags.begin(), test.tags.end(), "rotates") != test.tags.end();
        if (rotates || fsd::testing::todays_turn(number)) {
            wanted += (wanted.empty() ? "" : ",") + quoted(test.name);
        }
        number += rotates ? 0 : 1;
    }
    // A session that was asked for its configuration takes no notice of what is changed in its data.
    Catch::ConfigData chosen = session.configData();
    chosen.testsOrTags = {wanted};
    session.useConfigData(chosen);
    if (!session.config().testSpec().getInvalidArgs().empty()) {
        throw std::logic_error("Catch2 does not understand the names of the test cases: " + wanted);
    }
}

}  // namespace

int main(int count, char **arguments) {
    try {
        if (const char *name = std::getenv("FSDNET_INSTRUCTION_SET")) {
            fsd::limit_instruction_set(name);
        }
        if (const char *device = std::getenv("FSDNET_DEVICE")) {
            const std::string name = fsd::device_description(device);
            std::cout << "On " << name << "\n";
        }
    } catch (const fsd::Error &error) {
        std::cout << "Skipped: " << error.what() << "\n";
        return 77;
    }
    Catch::Session session;
    const int status = session.applyCommandLine(count, arguments);
    if (status != 0) {
        return status;
    }
    if (session.configData().testsOrTags.empty() && std::getenv("FSDNET_TEST_ONE_IN")) {
        choose_todays(session);
    }
    return session.run();
}
