// Asks for each schedule's device.
#include "cases/runnable_kernels.h"

#include "runtime/device.h"
#include "runtime/error.h"

#include <cstdlib>
#include <iostream>
#include <set>

namespace fsd::testing {
namespace {

bool is_tested(const std::string &schedule) {
    if (const char *device = std::getenv("FSDNET_DEVICE")) {
        return schedule == device;
    }
    try {
        return device_interface(schedule) == nullptr || std::getenv("FSDNET_INSTRUCTION_SET") == nullptr;
    } catch (const Error &error) {
        static std::set<std::string> told;
        if (told.insert(schedule).second) {
            std::cout << "Skipped: " << error.what() << "\n";
        }
        return false;
    }
}

}  // namespace

std::vector<Kernel> runnable_kernels() {
    std::vector<Kernel> runnable;
    for (const Kernel &kernel : kernels()) {
        if (is_tested(kernel.schedule)) {
            runnable.push_back(kernel);
        }
    }
    return runnable;
}

}  // namespace fsd::testing
