// What the sum of the parts takes by itself: microseconds for a number of float32, sent to all and cut into
// segments, in the processes that mpirun started. Prints a line of JSON for each number; bench/scaling.py
// reads it.
#include "toolkit/mpi/launch.h"
#include "toolkit/profiling/stopwatch.h"
#include "toolkit/training/part_sum.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace {

// Seconds of one sum, the best of as many as take a tenth of a second or of three; the slowest process
// counts.
double seconds_of_sum(fsd::Communicator &communicator, int count, int most_bytes_to_all) {
    const fsd::PartTree tree(communicator.size(), communicator.size());
    std::vector<float> numbers(count, 1);
    fsd::PartSum sum(tree, communicator, 1, numbers.data(), count, most_bytes_to_all);
    const int rounds = std::clamp(20'000'000 / count, 3, 2000);
    double best = HUGE_VAL;
    for (int round = 0; round < rounds; round++) {
        std::fill(numbers.begin(), numbers.end(), 1.f);
        fsd::collected_texts(communicator, "");  // all begin together
        const fsd::Stopwatch stopwatch(fsd::Stopwatch::of_world);
        sum.add_part(communicator.rank());
        sum.finish();
        double slowest = 0;
        for (const std::string &seconds :
             fsd::collected_texts(communicator, std::to_string(stopwatch.seconds() * 1e6))) {
            slowest = std::max(slowest, std::stod(seconds) * 1e-6);
        }
        best = std::min(best, slowest);
    }
    if (numbers.front() != static_cast<float>(communicator.size())) {
        std::fprintf(stderr, "bench_exchange: the sum is wrong.\n");
        std::exit(1);
    }
    return best;
}

}  // namespace

int main() {
    try {
        const std::unique_ptr<fsd::Communicator> joined = fsd::join_processes([] { return false; });
        fsd::Communicator &communicator = joined ? *joined : fsd::alone();
        for (const int count : {1, 64, 1024, 4096, 16384, 65536, 262144, 1048576, 10485760}) {
            const double to_all = seconds_of_sum(communicator, count, 1 << 30),
                         segments = seconds_of_sum(communicator, count, 0);
            if (communicator.leads()) {
                std::printf(R"({"processes": %d, "numbers": %d, "to_all_us": %.2f, "segments_us": %.2f})"
                            "\n",
                            communicator.size(), count, to_all * 1e6, segments * 1e6);
                std::fflush(stdout);
            }
        }
        return 0;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "bench_exchange: %s\n", error.what());
        return 1;
    }
}
