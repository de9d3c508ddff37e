// Every case x schedule x bench shape: checked against the float64 reference, then timed
// (docs/howto/run-the-benchmarks.md).
#include "bench/kernel_jobs.h"
#include "bench/options.h"
#include "cases/compare.h"
#include "runtime/device.h"
#include "runtime/error.h"
#include "toolkit/profiling/machine_peak.h"
#include "toolkit/profiling/stopwatch.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <memory>

using namespace fsd;
using namespace fsd::testing;
using bench::Job;

namespace {

// A checked problem, ready to be timed.
struct Prepared {
    std::unique_ptr<Placement> placement;
    Work work;
};

Prepared prepare(const Job &job) {
    bench::check(job);
    const Problem problem = draw(*job.described, job.extents, 1);
    return {std::make_unique<Placement>(*job.kernel, problem, Layout::dense), job.described->work(problem)};
}

class Kernels {
public:
    explicit Kernels(int threads) : threads_(threads) {}

    void time(benchmark::State &state, const Job &job) {
        try {
            if (current_ != &job) {
                prepared_ = {};
                prepared_ = prepare(job);
                current_ = &job;
            }
            Call &call = prepared_.placement->call();
            call();
            const Stopwatch watch(threads_ == 1 ? Stopwatch::of_thread : Stopwatch::of_world);
            for (auto _ : state) {
                call();
            }
            count(state, watch.seconds() / static_cast<double>(state.iterations()));
        } catch (const Error &error) {
            failed_ = true;
            state.SkipWithError(error.what());
        }
    }

    bool failed() const { return failed_; }

private:
    void count(benchmark::State &state, double seconds) const {
        const Work &work = prepared_.work;
        state.counters["GFLOP/s"] = 1e-9 * work.operations / seconds;
        state.counters["GB/s"] = 1e-9 * work.bytes / seconds;
        state.counters["of_fma_peak"] = work.operations / seconds / peak_operations(threads_);
        state.counters["of_copy"] = work.bytes / seconds / copy_bandwidth(copied_bytes(work.bytes), threads_);
    }

    int threads_;
    const Job *current_ = nullptr;
    Prepared prepared_;
    bool failed_ = false;
};

// Those of the CPU: a call on a device would be timed with the copies there and back.
std::vector<Job> all_jobs() {
    std::vector<Job> jobs;
    for (const Kernel &kernel : kernels()) {
        if (is_of_device(kernel.schedule)) {
            continue;
        }
        const Case &described = case_of(kernel.op);
        for (const Extents &extents : described.bench_shapes) {
            jobs.push_back({&kernel, &described, extents});
        }
    }
    return jobs;
}

int run(int count, char **arguments) {
    const bench::Options options = bench::read_options(count, arguments);
    const std::vector<Job> jobs = all_jobs();
    Kernels timed(options.threads);
    for (const Job &job : jobs) {
        auto *entry = benchmark::RegisterBenchmark(
            bench::name_of(job).c_str(), [&timed, &job](benchmark::State &state) { timed.time(state, job); });
        if (options.threads > 1) {
            entry->UseRealTime();
        }
    }
    benchmark::RunSpecifiedBenchmarks();
    return static_cast<int>(timed.failed() ? ExitCode::check_failed : ExitCode::ok);
}

}  // namespace

int main(int count, char **arguments) {
    try {
        return run(count, arguments);
    } catch (const Error &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return static_cast<int>(error.code());
    }
}
