// Checks and times a compiled candidate beside the best one, in a process of its own.
#pragma once

#include "runtime/signature.h"
#include "toolkit/tuning/build_tree.h"
#include "toolkit/tuning/comparison.h"

#include <csignal>

namespace fsd::tuning {

struct MeasurementJob {
    std::string op;
    std::string best, candidate;  // shared objects; without `best` the candidate is checked and not timed
    std::vector<Extents> shapes;
    // The candidate is checked on the shapes to be timed, on smaller batches where the reference is slow, and
    // on the shapes of the op's tests. An autoscheduler's is checked at its one shape only: it answers for no
    // other.
    bool any_shape = true;
    int threads = 1;
    std::string device = {};  // "opencl", "cuda": they are kernels for it; empty: for the CPU
    int pairs = 12;           // timings of both per shape
    double give_up = 1.15;  // a candidate this much slower after a third of the pairs is not timed to the end
};

enum class Verdict {
    timed,
    wrong,    // disagrees with the float64 reference, or writes beside its output
    failed,   // crashed, refused the shapes, took too long
    stopped,  // *stop was set
};

struct Measurement {
    Verdict verdict = Verdict::failed;
    std::string sentence;         // what went wrong
    std::vector<Timings> shapes;  // where it was timed
    int checked = 0;              // comparisons with the reference
};

// `limit` in seconds. `folder` takes the files that the two processes exchange.
Measurement measure(const BuildTree &tree, const MeasurementJob &job, double limit, const std::string &folder,
                    const volatile std::sig_atomic_t *stop = nullptr);

// The shapes at which the op's benchmark times it.
std::vector<Extents> benchmark_shapes(const BuildTree &tree, const std::string &op,
                                      const std::string &folder);

// The shapes at which the op's tests compare it with the float64 reference.
std::vector<Extents> test_shapes(const BuildTree &tree, const std::string &op, const std::string &folder);

}  // namespace fsd::tuning
