// Reads Linux's table of processors.
#include "runtime/system/processor.h"

#include <fstream>

namespace fsd {

std::string processor_name() {
    std::ifstream table("/proc/cpuinfo");
    for (std::string line; std::getline(table, line);) {
        const std::size_t colon = line.find(": ");
        if (line.rfind("model name", 0) == 0 && colon != std::string::npos) {
            return line.substr(colon + 2);
        }
    }
    return "unknown";
}

}  // namespace fsd
