// Where the time of a network goes: of whole runs, and of each kernel beside what the machine can do.
#pragma once

#include "runtime/network.h"

#include <string>
#include <vector>

namespace fsd {

// Seconds of runs.
class Times {
public:
    void add(double seconds) { seconds_.push_back(seconds); }

    std::size_t count() const { return seconds_.size(); }
    // share: 0 for the quickest, 0.5 for the median, 1 for the slowest; the run whose rank is nearest. There
    // must be one.
    double at(double share) const;

private:
    std::vector<double> seconds_;
};

// What a kernel is held up by, at best: the larger share of what was measured of the machine.
enum class Bound { arithmetic, memory };
const char *to_string(Bound bound);

struct KernelProfile {
    std::string kernel;                // its name, that of a shape's own kernel where one is in force
    int layer = -1;                    // the last layer that it computes; -1 where it reads the inputs
    Times seconds;                     // of a batch
    double operations = 0, bytes = 0;  // of a batch: multiplications and additions; read and written once
    double peak_share = 0;             // of the machine's multiply-adds, at the median time
    double bandwidth_share = 0;        // of copying memory of that size
    Bound bound = Bound::arithmetic;
};

struct NetworkProfile {
    std::string device;
    int batch = 0, threads = 0;
    Times seconds;  // of whole batches
    // In the order in which they run; none where they are not wanted, and on a GPU, where a kernel's call
    // returns before it has computed.
    std::vector<KernelProfile> kernels;
    double peak = 0;  // operations per second of this machine, measured now

    // Of the kernels' median times together.
    double kernel_seconds() const;
};

struct ProfileOptions {
    NetworkOptions network;  // its batch holds all inputs, or kernels are not timed
    double seconds = 1;      // for how long, after a tenth of it for warming up; at least `least_runs`
    bool kernels = true;     // times each kernel as well, and measures what the machine can do
};

constexpr std::size_t least_runs = 10;

// Runs the network over the inputs, with and without a clock between the kernels. Uses fsd::threads()
// threads. Throws as Network's constructor, and Error(bad_input) for inputs that the network does not take.
NetworkProfile profile(const Model &model, const ProfileOptions &options, const Tensor &inputs);

// Times `run` in the same way; several in turns, so that what else the machine does touches all alike.
Times times_of(double seconds, const std::function<void()> &run);
std::vector<Times> times_in_turns(double seconds, const std::vector<std::function<void()>> &runs);

}  // namespace fsd
