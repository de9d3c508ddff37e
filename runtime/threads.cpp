// The thread pool belongs to the Halide runtime; its default ignores affinity and control groups.
#include "runtime/threads.h"

#include "runtime/error.h"

#include "HalideRuntime.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <fstream>
#include <mutex>
#include <string>
#include <thread>

namespace fsd {
namespace {

int affine_cpus() {
    cpu_set_t mask;
    CPU_ZERO(&mask);
    if (sched_getaffinity(0, sizeof mask, &mask) == 0) {
        return std::max(1, CPU_COUNT(&mask));
    }
    return std::max(1u, std::thread::hardware_concurrency());
}

// CPUs' worth of time per period; 0 where there is no limit.
double quota(const std::string &version_2, const std::string &quota_1, const std::string &period_1) {
    double time = 0, period = 0;
    if (std::ifstream file(version_2); file >> time >> period) {  // "max 100000" fails: no limit
        return period > 0 ? time / period : 0;
    }
    std::ifstream times(quota_1), periods(period_1);
    return times >> time && periods >> period && time > 0 && period > 0 ? time / period : 0;
}

std::mutex lock;
std::atomic<int> in_force{0};  // 0: not set

void resize_pool(int count) {
    halide_shutdown_thread_pool();  // a running pool can grow but not shrink
    halide_set_num_threads(count);
    in_force = halide_get_num_threads();  // Halide has an upper limit
}

}  // namespace

int usable_cpus() {
    const double limit = quota("/sys/fs/cgroup/cpu.max", "/sys/fs/cgroup/cpu/cpu.cfs_quota_us",
                               "/sys/fs/cgroup/cpu/cpu.cfs_period_us");
    const int cpus = affine_cpus();
    return limit > 0 ? std::clamp(static_cast<int>(std::ceil(limit)), 1, cpus) : cpus;
}

void set_threads(int count) {
    if (count < 1) {
        throw Error(ExitCode::usage, text("The number of threads must be at least 1; found ", count, "."));
    }
    std::lock_guard<std::mutex> guard(lock);
    resize_pool(count);
}

void start_threads() {
    if (in_force) {
        return;
    }
    std::lock_guard<std::mutex> guard(lock);
    if (!in_force) {
        resize_pool(usable_cpus());
    }
}

int threads() {
    const int count = in_force;
    return count ? count : usable_cpus();
}

}  // namespace fsd
