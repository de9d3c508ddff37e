// The thread pool belongs to the Halide runtime; its default ignores affinity and control groups.
#include "runtime/threads.h"

#include "runtime/error.h"
#include "runtime/system/control_group.h"
#include "runtime/system/floating_point.h"

#include "HalideRuntime.h"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <new>
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

std::mutex lock;
std::atomic<int> in_force{0};  // 0: not set
int before_fork = 0;           // the number that was in force in the process that this one was forked from
unsigned forks = 0;            // between the first process and this one

struct Worker {
    void (*work)(void *);
    void *closure;
    unsigned forks;  // when it was started: no other process has this thread
    pthread_t thread;
};

void *run_worker(void *given) {
    const auto *worker = static_cast<const Worker *>(given);
    worker->work(worker->closure);
    return nullptr;
}

// The pool's threads have environments of their own.
int run_task(void *context, halide_task_t task, int index, uint8_t *closure) {
    const FloatingPointMode mode = FloatingPointMode::of_kernels();
    return halide_default_do_task(context, task, index, closure);
}

int run_loop(void *context, halide_loop_task_t task, int first, int extent, uint8_t *closure, void *parent) {
    const FloatingPointMode mode = FloatingPointMode::of_kernels();
    return halide_default_do_loop_task(context, task, first, extent, closure, parent);
}

void resize_pool(int count) {
    halide_set_custom_do_task(run_task);
    halide_set_custom_do_loop_task(run_loop);
    halide_shutdown_thread_pool();  // a running pool can grow but not shrink
    halide_set_num_threads(count);
    in_force = halide_get_num_threads();  // Halide has an upper limit
}

// A forked process has none of the pool's threads: the next kernel starts as many of its own.
void forget_threads() {
    forks++;
    before_fork = in_force.exchange(0);
    lock.unlock();
}

const int asked_at_forks = pthread_atfork([] { lock.lock(); }, [] { lock.unlock(); }, forget_threads);

}  // namespace

// In place of Halide's own, which are weak and take it for granted that a thread and its memory come. A
// worker that the system refuses is one that does nothing: those who wait for the work do it themselves.
// NOLINTBEGIN(cppcoreguidelines-owning-memory): Halide keeps it in between
extern "C" halide_thread *halide_spawn_thread(void (*work)(void *), void *closure) {
    auto *worker = new (std::nothrow) Worker{work, closure, forks, {}};
    if (worker && pthread_create(&worker->thread, nullptr, run_worker, worker) != 0) {
        delete worker;
        worker = nullptr;
    }
    return reinterpret_cast<halide_thread *>(worker);
}

extern "C" void halide_join_thread(halide_thread *spawned) {
    if (auto *worker = reinterpret_cast<Worker *>(spawned)) {
        if (worker->forks == forks) {
            pthread_join(worker->thread, nullptr);
        }
        delete worker;
    }
}
// NOLINTEND(cppcoreguidelines-owning-memory)

int usable_cpus() {
    const double limit = cpu_quota();
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
        resize_pool(threads());
    }
}

int threads() {
    const int count = in_force ? in_force.load() : before_fork;
    return count ? count : usable_cpus();
}

}  // namespace fsd
