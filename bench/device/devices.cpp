// A device's kernels and the committed network on it: checked, then timed (docs/gpu.md, "Figures").
#include "bench/device/peak.h"
#include "bench/kernel_jobs.h"
#include "cases/compare.h"
#include "runtime/device.h"
#include "runtime/error.h"
#include "runtime/network.h"
#include "toolkit/profiling/stopwatch.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

using namespace fsd;
using namespace fsd::testing;
using bench::Job;

namespace {

constexpr double enough_seconds = 5e-3;  // of calls, before the device is waited for

struct Peak {
    double operations, bytes;  // per second
};

double seconds_since(const Stopwatch &watch, const halide_device_interface_t *interface) {
    halide_device_sync_global(nullptr, interface);
    return watch.seconds();
}

// A checked kernel whose tensors stay on the device.
struct Prepared {
    const halide_device_interface_t *interface;
    Work work;
    Mirrors mirrors;
    Placement placement;

    Prepared(const Job &job, const Problem &problem)
        : interface(device_interface(job.kernel->schedule)),
          work(job.described->work(problem)),
          placement(*job.kernel, problem, Layout::dense, &mirrors) {}

    double seconds(int calls) {
        const Stopwatch watch(Stopwatch::of_world);
        for (int i = 0; i < calls; i++) {
            placement.call()();
        }
        return seconds_since(watch, interface) / calls;
    }
};

// The time is that of a call among many: the host is ahead of the device, as in a network.
void time_kernel(benchmark::State &state, const Job &job, const Peak &peak) {
    try {
        bench::check(job);
        Prepared prepared(job, draw(*job.described, job.extents, 1));
        prepared.seconds(1);
        const int calls = std::clamp(static_cast<int>(enough_seconds / prepared.seconds(1)), 1, 1000);
        double best = 1e30;
        for (auto _ : state) {
            const double taken = prepared.seconds(calls);
            state.SetIterationTime(taken);
            best = std::min(best, taken);
        }
        const Work &work = prepared.work;
        state.counters["best_ms"] = 1e3 * best;
        state.counters["GFLOP/s"] = 1e-9 * work.operations / best;
        state.counters["GB/s"] = 1e-9 * work.bytes / best;
        state.counters["of_fma_peak"] = work.operations / best / peak.operations;
        state.counters["of_copy"] = work.bytes / best / peak.bytes;
    } catch (const Error &error) {
        state.SkipWithError(error.what());
    }
}

Tensor images_for(const Model &model, int count) {
    const Input &input = model.input;
    Tensor images = make_tensor<uint8_t>({count, input.height, input.width, input.colors});
    auto *bytes = static_cast<uint8_t *>(images.data());
    std::uint32_t random = 1;
    for (std::size_t i = 0; i < images.number_of_elements(); i++) {
        random = random * 1664525 + 1013904223;
        bytes[i] = static_cast<uint8_t>(random >> 24);
    }
    return images;
}

Tensor result_for(const Model &model, int count) {
    return make_tensor<float>({count, static_cast<int>(model.classes.size())});
}

// Throws Error(check_failed) where the device and the CPU disagree by more than the log-posterior's rounding.
void check(const Model &model, Network &network) {
    const Tensor images = images_for(model, 3);
    Tensor found = result_for(model, 3), expected = result_for(model, 3);
    network.run(images, found);
    Network(model).run(images, expected);
    const auto *a = static_cast<const float *>(found.data()),
               *b = static_cast<const float *>(expected.data());
    for (std::size_t i = 0; i < found.number_of_elements(); i++) {
        if (!(std::fabs(a[i] - b[i]) <= 1e-4f * (1 + std::fabs(b[i])))) {
            throw Error(ExitCode::check_failed,
                        text("The device and the CPU disagree: log-posterior ", a[i], " and ", b[i], "."));
        }
    }
}

// From images in the host's memory to log-posteriors there: both copies are timed.
void time_network(benchmark::State &state, const Model &model, const std::string &device) {
    try {
        NetworkOptions options;
        options.device = device;
        const auto count = static_cast<int>(state.range(0));
        options.batch = std::min(count, 4096);
        Network network(model, options);
        check(model, network);
        const Tensor images = images_for(model, count);
        Tensor result = result_for(model, count);
        network.run(images, result);
        double best = 1e30;
        for (auto _ : state) {
            const Stopwatch watch(Stopwatch::of_world);
            network.run(images, result);
            const double taken = watch.seconds();
            state.SetIterationTime(taken);
            best = std::min(best, taken);
        }
        state.counters["best_ms"] = 1e3 * best;
        state.counters["images/s"] = count / best;
    } catch (const Error &error) {
        state.SkipWithError(error.what());
    }
}

// The cases' shapes, and matrices that fill a GPU.
std::vector<Job> jobs_of(const std::string &device) {
    std::vector<Job> jobs;
    for (const Kernel &kernel : kernels()) {
        if (kernel.schedule != device) {
            continue;
        }
        const Case &described = case_of(kernel.op);
        std::vector<Extents> shapes = described.bench_shapes;
        if (kernel.op == "kld_linear") {
            shapes.push_back({{"sample", 4096}, {"input", 4096}, {"output", 4096}});
        }
        for (const Extents &extents : shapes) {
            jobs.push_back({&kernel, &described, extents});
        }
    }
    return jobs;
}

// Takes --NAME=VALUE from the arguments.
std::string taken(const std::string &name, std::string value, int &count, char **arguments) {
    const std::string option = "--" + name + "=";
    const auto is_option = [&](const std::string &argument) {
        const bool is = argument.compare(0, option.size(), option) == 0;
        value = is ? argument.substr(option.size()) : value;
        return is;
    };
    count = static_cast<int>(std::remove_if(arguments + 1, arguments + count, is_option) - arguments);
    return value;
}

std::string device_of(int &count, char **arguments) {
    const std::string asked = taken("device", "auto", count, arguments);
    std::string device = chosen_device(asked);
    if (device == "cpu") {
        throw Error(ExitCode::unsupported,
                    text("--device=", asked, " is the CPU here; bench_kernels times its kernels."));
    }
    return device;
}

std::string giga(double rate, const char *unit) {
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.1f %s", rate * 1e-9, unit);
    return buffer.data();
}

void run(int count, char **arguments) {
    if (std::any_of(arguments + 1, arguments + count,
                    [](const std::string &argument) { return argument == "--help"; })) {
        std::printf("--device=NAME          cuda, opencl or auto (auto)\n"
                    "--model=FILE           the network (the committed one of the source tree)\n");
    } else {
        const std::string device = device_of(count, arguments);
        const Peak peak{bench::device_peak_operations(device), bench::device_copy_bandwidth(device)};
        benchmark::AddCustomContext("device", device_description(device));
        benchmark::AddCustomContext("fma_peak", giga(peak.operations, "GFLOP/s"));
        benchmark::AddCustomContext("copy", giga(peak.bytes, "GB/s"));
        for (const Job &job : jobs_of(device)) {
            benchmark::RegisterBenchmark(bench::name_of(job).c_str(), [job, peak](benchmark::State &state) {
                time_kernel(state, job, peak);
            })->UseManualTime();
        }
        const Model model = load_model(taken("model", FSDNET_BENCH_MODEL, count, arguments));
        benchmark::RegisterBenchmark(
            ("network/" + device).c_str(),
            [model, device](benchmark::State &state) { time_network(state, model, device); })
            ->UseManualTime()
            ->ArgName("batch")
            ->Arg(1024)
            ->Arg(16384);
    }
    benchmark::Initialize(&count, arguments);
    benchmark::RunSpecifiedBenchmarks();
}

}  // namespace

int main(int count, char **arguments) {
    try {
        run(count, arguments);
        return 0;
    } catch (const Error &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return static_cast<int>(error.code());
    }
}
