// Rounds over all shapes; in each round every shape is timed once with both kernels.
#include "toolkit/tuning/worker/timing.h"

#include "cases/draw.h"
#include "runtime/device.h"

#include <algorithm>
#include <cmath>
#include <ctime>

namespace fsd::tuning {
namespace {

using namespace fsd::testing;

// Calls that are timed together take at least this long: ten thousand times what reading the clock does.
constexpr double least_seconds = 1e-3;
constexpr int most_calls = 10000;

// One thread's time on its CPU does not count what other programs do meanwhile. A device's time is the
// wall's.
class Clock {
public:
    explicit Clock(const MeasurementJob &job)
        : clock_(job.threads == 1 && job.device.empty() ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC),
          device_(device_interface(job.device)) {}

    double seconds(Call &call, int calls) const {
        const double start = now();
        for (int i = 0; i < calls; i++) {
            call();
        }
        if (device_) {  // which has only been told what to do
            halide_device_sync_global(nullptr, device_);
        }
        return (now() - start) / calls;
    }

private:
    double now() const {
        timespec time{};
        clock_gettime(clock_, &time);
        return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
    }
    clockid_t clock_;
    const halide_device_interface_t *device_;  // nullptr: the CPU
};

// Both kernels on one problem.
class Contest {
public:
    Contest(const Kernel &best, const Kernel &candidate, const Problem &problem, const Clock &clock)
        : best_(best, problem, Layout::dense, mirrors_of(best, best_mirrors_)),
          candidate_(candidate, problem, Layout::dense, mirrors_of(candidate, candidate_mirrors_)),
          clock_(clock) {
        clock_.seconds(candidate_.call(), 1);
        clock_.seconds(best_.call(), 1);
        const double seconds = std::max(clock_.seconds(best_.call(), 1), 1e-7);
        calls_ = std::clamp(static_cast<int>(std::ceil(least_seconds / seconds)), 1, most_calls);
    }

    void round(bool best_first, Timings &timings) {
        if (best_first) {
            timings.best.push_back(clock_.seconds(best_.call(), calls_));
        }
        timings.candidate.push_back(clock_.seconds(candidate_.call(), calls_));
        if (!best_first) {
            timings.best.push_back(clock_.seconds(best_.call(), calls_));
        }
    }

private:
    // On a device copies are not timed.
    static Mirrors *mirrors_of(const Kernel &kernel, Mirrors &mirrors) {
        return device_interface(kernel.schedule) ? &mirrors : nullptr;
    }

    Mirrors best_mirrors_, candidate_mirrors_;
    Placement best_, candidate_;
    Clock clock_;
    int calls_ = 1;
};

}  // namespace

std::vector<Timings> time_in_turn(const Kernel &best, const Kernel &candidate, const MeasurementJob &job) {
    const Clock clock(job);
    std::vector<std::unique_ptr<Contest>> contests;
    for (const Extents &shape : job.shapes) {
        const Problem problem = draw(case_of(job.op), shape, 1);
        contests.push_back(std::make_unique<Contest>(best, candidate, problem, clock));
    }
    std::vector<Timings> timings(job.shapes.size());
    for (int pair = 0; pair < job.pairs; pair++) {
        for (std::size_t shape = 0; shape < contests.size(); shape++) {
            contests[shape]->round(pair % 2 == 0, timings[shape]);
        }
        if (pair + 1 == (job.pairs + 2) / 3 && compare(timings).all.middle > job.give_up) {
            break;
        }
    }
    return timings;
}

}  // namespace fsd::tuning
