// Options and context of the benchmark programs.
#include "bench/options.h"

#include "runtime/error.h"
#include "runtime/instruction_set.h"
#include "runtime/system/processor.h"
#include "runtime/threads.h"
#include "toolkit/profiling/machine_peak.h"

#include "instruction_set_table.h"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace fsd::bench {
namespace {

// The text behind `--name=`, or nullptr.
const char *value_of(const char *argument, const std::string &name) {
    const std::string prefix = "--" + name + "=";
    return std::string(argument).compare(0, prefix.size(), prefix) == 0 ? argument + prefix.size() : nullptr;
}

int positive(const char *number) {
    char *end = nullptr;
    const long value = std::strtol(number, &end, 10);
    if (*number == 0 || *end != 0 || value < 1 || value > 4096) {
        throw Error(ExitCode::usage,
                    text("--threads must be a number from 1 to 4096; found '", number, "'."));
    }
    return static_cast<int>(value);
}

std::string giga(double rate, const char *unit) {
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%.1f %s", rate * 1e-9, unit);
    return buffer;
}

void add_context(const Options &options) {
    using benchmark::AddCustomContext;
    AddCustomContext("processor", processor_name());
    AddCustomContext("instruction_set", instruction_set());
    AddCustomContext("kernel_threads", std::to_string(options.threads));
    AddCustomContext("fma_peak", giga(peak_operations(options.threads), "GFLOP/s"));
    if (const std::size_t cache = second_level_cache()) {
        AddCustomContext("copy_in_L2", giga(copy_bandwidth(cache / 2, options.threads), "GB/s"));
    }
    if (const std::size_t cache = third_level_cache()) {
        AddCustomContext("copy_out_of_cache", giga(copy_bandwidth(4 * cache, options.threads), "GB/s"));
    }
}

}  // namespace

Options read_options(int count, char **arguments) {
    Options options;
    std::vector<char *> others;
    for (int i = 0; i < count; i++) {
        if (const char *threads = value_of(arguments[i], "threads")) {
            options.threads = positive(threads);
        } else if (const char *name = value_of(arguments[i], "instruction_set")) {
            limit_instruction_set(name);
        } else {
            others.push_back(arguments[i]);
            if (std::string(arguments[i]) == "--help") {
                std::printf("--threads=N            threads that the kernels use (1)\n"
                            "--instruction_set=NAME one of %s (the machine's best)\n",
                            known_instruction_sets);
            }
        }
    }
    set_threads(options.threads);
    auto left = static_cast<int>(others.size());
    benchmark::Initialize(&left, others.data());
    if (left > 1) {
        throw Error(ExitCode::usage, text("There is no option '", others[1], "'; see --help."));
    }
    add_context(options);
    return options;
}

}  // namespace fsd::bench
