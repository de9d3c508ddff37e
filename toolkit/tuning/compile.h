// Turns a candidate into a shared object, for real: generator, Halide, linker.
#pragma once

#include "runtime/signature.h"
#include "toolkit/tuning/build_tree.h"
#include "toolkit/tuning/candidate.h"

#include <csignal>
#include <optional>

namespace fsd::tuning {

struct Compiled {
    std::string object;    // path of the shared object; empty where `fault` says why there is none
    std::string schedule;  // an autoscheduler's, as Halide prints it
    std::string fault;     // a sentence
    bool stopped = false;  // *stop was set
};

// How Adams2019 searches.
struct Sampling {
    std::string weights;  // a file with those of its cost model; empty: its own
    int dropout = 100;    // chance in percent that a search takes only its best choices
    int seed = 0;         // of the others
};

class Compiler {
public:
    // `family` of the target; `limit` in seconds for each program that runs.
    Compiler(BuildTree tree, std::string op, std::string family, double limit,
             const volatile std::sig_atomic_t *stop = nullptr);

    // The parameters of the op's schedule; none where it is no template. Throws Error(unsupported) where the
    // generator cannot be run.
    std::vector<ParameterChoices> parameters() const;

    // The number of partial schedules that Adams2019 and Anderson2021 go on with, 1 or more; 32 unless set,
    // which takes them up to minutes.
    void set_beam(int width) { beam_ = width; }

    // Adams2019's candidates come by such a search, with a description of their features beside the object's
    // source in the work folder, candidate.featurization.
    void set_sampling(Sampling sampling) { sampling_ = std::move(sampling); }

    // `shape` is what an autoscheduler schedules for; the op's own schedule takes any.
    Compiled compile(const Candidate &candidate, const Extents &shape) const;

private:
    // `files` are Halide's names of what the generator writes, joined by commas.
    std::vector<std::string> generator_command(const Candidate &candidate, const Extents &shape,
                                               const std::string &folder, const std::string &files) const;

    BuildTree tree_;
    std::string op_, family_;
    double limit_;
    int beam_ = 0;  // 0: theirs
    std::optional<Sampling> sampling_;
    const volatile std::sig_atomic_t *stop_;
};

}  // namespace fsd::tuning
