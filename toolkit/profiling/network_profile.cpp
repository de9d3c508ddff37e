// Runs a network again and again, at first without, then with a clock between its kernels.
#include "toolkit/profiling/network_profile.h"

#include "cases/draw.h"
#include "runtime/error.h"
#include "runtime/planning/batch_runner.h"
#include "runtime/system/floating_point.h"
#include "runtime/threads.h"
#include "toolkit/profiling/machine_peak.h"
#include "toolkit/system/clock.h"
#include "toolkit/system/progress.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

constexpr double warm_up_share = 0.1;

// Case files say what an op has to do at given extents.
testing::Work work_of(const std::string &op, const Extents &extents) {
    const testing::Case &described = testing::case_of(op);
    return described.work(testing::outline(described, extents));
}

void judge(KernelProfile &kernel, double peak, int threads) {
    const double seconds = kernel.seconds.at(0.5);
    kernel.peak_share = kernel.operations / seconds / peak;
    kernel.bandwidth_share = kernel.bytes / seconds / copy_bandwidth(copied_bytes(kernel.bytes), threads);
    kernel.bound = kernel.peak_share >= kernel.bandwidth_share ? Bound::arithmetic : Bound::memory;
}

std::vector<KernelProfile> kernels_of(const Network &network) {
    const std::vector<const Kernel *> kernels = network.kernels();
    const std::vector<std::string> names = network.kernel_names();
    const std::vector<Extents> extents = network.extents();
    std::vector<KernelProfile> found(kernels.size());
    for (std::size_t i = 0; i < kernels.size(); i++) {
        found[i].kernel = names[i];
        const testing::Work work = work_of(kernels[i]->op, extents[i]);
        found[i].operations = work.operations;
        found[i].bytes = work.bytes;
    }
    return found;
}

// Adds one time to each kernel for every run of a whole batch.
void time_kernels(const Model &model, const ProfileOptions &options, const RunArguments &arguments,
                  std::vector<KernelProfile> &kernels) {
    BatchRunner runner(model, options.network, {});
    runner.run(arguments, nullptr);  // plans memory, for which it calls more kernels
    std::size_t next = 0;
    double before = 0;
    runner.watch([&](const Step &step) {
        const double now = seconds_now();
        if (next == kernels.size()) {
            throw Error(ExitCode::check_failed, "A network ran more kernels than it names.");
        }
        kernels[next].layer = step.last_layer();
        kernels[next].seconds.add(now - before);
        next++;
        before = seconds_now();
    });
    times_of(options.seconds, [&] {
        next = 0;
        before = seconds_now();
        runner.run(arguments, nullptr);
    });
}

}  // namespace

double Times::at(double share) const {
    std::vector<double> sorted = seconds_;
    const auto place = sorted.begin() + std::lround(share * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), place, sorted.end());
    return *place;
}

const char *to_string(Bound bound) {
    return bound == Bound::arithmetic ? "arithmetic" : "memory";
}

double NetworkProfile::kernel_seconds() const {
    double sum = 0;
    for (const KernelProfile &kernel : kernels) {
        sum += kernel.seconds.at(0.5);
    }
    return sum;
}

std::vector<Times> times_in_turns(double seconds, const std::vector<std::function<void()>> &runs) {
    const auto repeat = [&](double limit, std::size_t least) {
        std::vector<Times> times(runs.size());
        const double end = seconds_now() + limit * static_cast<double>(runs.size());
        do {
            for (std::size_t i = 0; i < runs.size(); i++) {
                const double start = seconds_now();
                runs[i]();
                times[i].add(seconds_now() - start);
            }
        } while (seconds_now() < end || times.front().count() < least);
        return times;
    };
    repeat(warm_up_share * seconds, 1);
    return repeat(seconds, least_runs);
}

Times times_of(double seconds, const std::function<void()> &run) {
    return times_in_turns(seconds, {run}).front();
}

NetworkProfile profile(const Model &model, const ProfileOptions &options, const Tensor &inputs) {
    Network network(model, options.network);
    const int samples = shape_of(inputs).front();
    Tensor result = make_tensor<float>({samples, network.result_size()});
    const Progress progress("measures the network");
    NetworkProfile found;
    found.device = network.device();
    found.batch = samples;
    found.threads = threads();
    found.seconds = times_of(options.seconds, [&] { network.run(inputs, result); });
    if (options.kernels && found.device == "cpu" && samples <= options.network.batch) {
        const FloatingPointMode mode = FloatingPointMode::standard();
        found.kernels = kernels_of(network);
        time_kernels(network.model(), options, {inputs, result}, found.kernels);
        found.peak = peak_operations(found.threads);
        for (KernelProfile &kernel : found.kernels) {
            judge(kernel, found.peak, found.threads);
        }
    }
    return found;
}

}  // namespace fsd
