// A kernel for one shape: what measurements found to be better there than the general kernel, as it is kept
// in schedules/tuned/<op>/ and made by every build (cmake/AdoptedKernels.cmake).
#pragma once

#include "toolkit/tuning/tuner.h"

namespace fsd::tuning {

struct Adoption {
    Subject subject;      // of one shape
    Candidate candidate;  // parameters of the op's schedule, or an autoscheduler's proposal
    std::string against;  // the name of what the general kernel is made with
    Ratio ratio;          // its time / the general kernel's
    std::string source;   // an autoscheduler's schedule as Halide prints it; else empty
};

// What the measurements say of one shape.
struct Verdicts {
    JournalEntry entry;                // the last measurement
    std::optional<Adoption> adoption;  // nothing where the general kernel stays
};

// Measures the autoscheduler's proposal, or where none is named the best parameters that a search finds,
// beside the general kernel as builds make it: once, and if that shows a gain beyond noise, again on three
// times as many fresh pairs, which decide. `subject` has one shape. Throws Error(unsupported) for an
// autoscheduler whose printed schedule is no source, and as tune().
Verdicts find_kernel_for_shape(const BuildTree &tree, const Subject &subject, Journal &journal,
                               const TuningOptions &options, const std::string &autoscheduler);

// "sample64-input512-output10.avx2"
std::string adoption_name(const Subject &subject);

// Writes <folder>/<op>/<name>.json, and <name>.schedule.h for an autoscheduler's; the paths.
std::vector<std::string> keep_adoption(const std::string &folder, const Adoption &adoption);

// Those of the folder, sorted by path. Throws Error(bad_input) for a file that is none.
std::vector<Adoption> read_adoptions(const std::string &folder);

// The command that measures it again.
std::string renewing_command(const Adoption &adoption);

}  // namespace fsd::tuning
