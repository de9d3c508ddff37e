// Judges candidates for real: compiles, checks and times one beside another.
#pragma once

#include "toolkit/tuning/compile.h"
#include "toolkit/tuning/measurement.h"
#include "toolkit/tuning/tuner.h"

#include <map>

namespace fsd::tuning {

class Judge {
public:
    // All three must outlive it. Throws Error(unsupported) where the generator cannot be run.
    Judge(const BuildTree &tree, const Subject &subject, const TuningOptions &options);

    // Those of the op's schedule that are searched; none where it is no template.
    const std::vector<ParameterChoices> &parameters() const { return parameters_; }

    // The candidate beside the best one so far at one of the subject's shapes, or at all where `shape` is
    // below 0; on three times as many pairs where `final`. Throws Error(unsupported) where `best` cannot be
    // compiled, Error(check_failed) where it was stopped.
    JournalEntry operator()(const Candidate &candidate, const Candidate &best, int shape, bool final) const;

    // Compiled once for all calls; `shape` counts for an autoscheduler's candidate.
    const Compiled &compiled(const Candidate &candidate, int shape) const;

private:
    MeasurementJob job(const Compiled &best, const Compiled &candidate, int shape, bool final) const;
    void time(JournalEntry &entry, const MeasurementJob &job) const;

    const BuildTree &tree_;
    const Subject &subject_;
    const TuningOptions &options_;
    Compiler compiler_;
    std::vector<ParameterChoices> parameters_;
    mutable std::map<std::pair<std::string, int>, Compiled> compiled_;
};

// Throws as Judge does, and where the op's schedule is no template.
Judge judge_of_template(const BuildTree &tree, const Subject &subject, const TuningOptions &options);

}  // namespace fsd::tuning
