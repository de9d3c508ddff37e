// How many threads the kernels may use: affinity, control groups, and a pool that grows and shrinks.
#include "runtime/threads.h"
#include "runtime/error.h"
#include "runtime/system/control_group.h"
#include "tests/runtime/models.h"

#include "HalideRuntime.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <filesystem>
#include <sched.h>
#include <thread>

using namespace fsd;
using namespace fsd::testing;

namespace {

void write_file(const TemporaryFolder &root, const std::string &path, const std::string &text) {
    std::filesystem::create_directories(std::filesystem::path(root / path).parent_path());
    write_bytes(root / path, text);
}

int kernel_threads() {
    return static_cast<int>(std::distance(std::filesystem::directory_iterator("/proc/self/task"), {}));
}

// A thread that was joined may stay listed for a moment.
bool settles_at(int count) {
    for (int attempt = 0; attempt < 500 && kernel_threads() != count; attempt++) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return kernel_threads() == count;
}

int nothing(void *, int, uint8_t *) {
    return 0;
}

}  // namespace

TEST_CASE("control groups of version 2 limit the CPU time", "[threads]") {
    const TemporaryFolder root;
    write_file(root, "proc/self/cgroup", "0::/user.slice/job.scope\n");
    REQUIRE(cpu_quota(root.path()) == 0);
    write_file(root, "sys/fs/cgroup/user.slice/job.scope/cpu.max", "max 100000\n");
    REQUIRE(cpu_quota(root.path()) == 0);
    write_file(root, "sys/fs/cgroup/user.slice/job.scope/cpu.max", "300000 100000\n");
    REQUIRE(cpu_quota(root.path()) == 3);
    write_file(root, "sys/fs/cgroup/user.slice/cpu.max", "150000 100000\n");
    REQUIRE(cpu_quota(root.path()) == 1.5);
    write_file(root, "sys/fs/cgroup/user.slice/cpu.max", "800000 100000\n");
    REQUIRE(cpu_quota(root.path()) == 3);
}

TEST_CASE("control groups of version 1 limit the CPU time", "[threads]") {
    const TemporaryFolder root;
    write_file(root, "proc/self/cgroup", "4:memory:/a\n3:cpu,cpuacct:/docker/1\n0::/\n");
    write_file(root, "sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
    write_file(root, "sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
    REQUIRE(cpu_quota(root.path()) == 0);
    // A container sees its own group as the root of the mount.
    write_file(root, "sys/fs/cgroup/cpu/cpu.cfs_quota_us", "250000\n");
    REQUIRE(cpu_quota(root.path()) == 2.5);
}

TEST_CASE("control groups limit the memory", "[threads]") {
    const TemporaryFolder version_2, version_1;
    write_file(version_2, "proc/self/cgroup", "0::/user.slice/job.scope\n");
    write_file(version_2, "sys/fs/cgroup/user.slice/job.scope/memory.max", "max\n");
    REQUIRE(memory_limit(version_2.path()) == 0);
    write_file(version_2, "sys/fs/cgroup/user.slice/memory.max", "1073741824\n");
    REQUIRE(memory_limit(version_2.path()) == 1 << 30);
    write_file(version_2, "sys/fs/cgroup/user.slice/job.scope/memory.max", "1048576\n");
    REQUIRE(memory_limit(version_2.path()) == 1 << 20);

    write_file(version_1, "proc/self/cgroup", "4:memory:/docker/1\n3:cpu,cpuacct:/a\n");
    write_file(version_1, "sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    REQUIRE(memory_limit(version_1.path()) == 0);
    write_file(version_1, "sys/fs/cgroup/memory/memory.limit_in_bytes", "2097152\n");
    REQUIRE(memory_limit(version_1.path()) == 1 << 21);
}

TEST_CASE("a system without control groups has no limit", "[threads]") {
    const TemporaryFolder root;
    REQUIRE(cpu_quota(root.path()) == 0);
    REQUIRE(memory_limit(root.path()) == 0);
}

TEST_CASE("usable CPUs follow the affinity mask", "[threads]") {
    cpu_set_t before, one;
    REQUIRE(sched_getaffinity(0, sizeof before, &before) == 0);
    REQUIRE(usable_cpus() >= 1);
    REQUIRE(usable_cpus() <= CPU_COUNT(&before));
    int cpu = 0;
    while (!CPU_ISSET(cpu, &before)) {
        cpu++;
    }
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    REQUIRE(sched_setaffinity(0, sizeof one, &one) == 0);
    REQUIRE(usable_cpus() == 1);
    REQUIRE(sched_setaffinity(0, sizeof before, &before) == 0);
}

TEST_CASE("the pool grows and shrinks", "[threads]") {
    const int before = threads();
    set_threads(1);
    std::thread([] {}).join();  // the sanitizers start a thread of their own with the first one
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const int alone = kernel_threads();
    for (const int count : {4, 2, 3, 1}) {
        set_threads(count);
        REQUIRE(threads() == count);
        halide_do_par_for(nullptr, nothing, 0, 1000, nullptr);
        REQUIRE(settles_at(alone + count - 1));
    }
    set_threads(before);
}

TEST_CASE("senseless numbers of threads are refused or cut", "[threads]") {
    const int before = threads();
    for (const int count : {0, -1}) {
        try {
            set_threads(count);
            FAIL("set " << count);
        } catch (const Error &error) {
            REQUIRE(error.code() == ExitCode::usage);
        }
    }
    set_threads(1000000);
    REQUIRE(threads() <= 4096);
    set_threads(before);
}
