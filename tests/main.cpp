// The main function of every test program. Where the variable FSDNET_INSTRUCTION_SET names an instruction
// set, the kernels use nothing above it; where FSDNET_DEVICE names a device, networks run there. On a machine
// that lacks it the program ends with 77, which ctest counts as skipped.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include "runtime/device.h"
#include "runtime/error.h"
#include "runtime/instruction_set.h"

#include <cstdlib>
#include <iostream>

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
    return Catch::Session().run(count, arguments);
}
