// One entry of a log: verdict, ratios, times.
#include "toolkit/tuning/judge.h"

#include "runtime/error.h"
#include "toolkit/system/clock.h"
#include "toolkit/tuning/device.h"
#include "toolkit/tuning/interruption.h"

#include <algorithm>

namespace fsd::tuning {
namespace {

const char *word_for(Verdict verdict) {
    return verdict == Verdict::timed ? "timed" : verdict == Verdict::wrong ? "wrong" : "failed";
}

// With one thread nothing is gained by parts.
bool is_grain(const ParameterChoices &parameter) {
    const std::string ending = "_per_task";
    return parameter.name.size() > ending.size() &&
           parameter.name.compare(parameter.name.size() - ending.size(), ending.size(), ending) == 0;
}

}  // namespace

Judge::Judge(const BuildTree &tree, const Subject &subject, const TuningOptions &options)
    : tree_(tree),
      subject_(subject),
      options_(options),
      compiler_(tree, subject.op, subject.family, options.limit, options.stop),
      parameters_(compiler_.parameters()) {
    if (subject.threads == 1) {
        parameters_.erase(std::remove_if(parameters_.begin(), parameters_.end(), is_grain),
                          parameters_.end());
    }
}

JournalEntry Judge::operator()(const Candidate &candidate, const Candidate &best, int shape,
                               bool final) const {
    const double start = seconds_now();
    JournalEntry entry;
    entry.candidate = candidate;
    entry.shape = shape;
    entry.final = final;
    entry.against = best.name();
    entry.verdict = "failed";
    const Compiled &reference = compiled(best, -1), &compiled_candidate = compiled(candidate, shape);
    if (!reference.fault.empty()) {
        throw Error(ExitCode::unsupported, text(best.name(), " cannot be compiled: ", reference.fault));
    }
    entry.sentence = compiled_candidate.fault;
    if (entry.sentence.empty()) {
        time(entry, job(reference, compiled_candidate, shape, final));
    }
    entry.kept = entry.comparison.better && candidate.autoscheduler.empty();
    entry.elapsed = seconds_now() - start;
    return entry;
}

const Compiled &Judge::compiled(const Candidate &candidate, int shape) const {
    const auto known = compiled_.find({candidate.name(), shape});
    if (known != compiled_.end()) {
        return known->second;
    }
    const Extents &extents = subject_.shapes[static_cast<std::size_t>(std::max(shape, 0))];
    const Compiled result = compiler_.compile(candidate, extents);
    end_if(result.stopped);
    return compiled_[{candidate.name(), shape}] = result;
}

MeasurementJob Judge::job(const Compiled &best, const Compiled &candidate, int shape, bool final) const {
    MeasurementJob job{subject_.op, best.object, candidate.object, subject_.shapes, true, subject_.threads};
    job.pairs = options_.pairs * (final ? 3 : 1);
    job.device = is_device(subject_.family) ? subject_.family : "";
    if (shape >= 0) {
        job.shapes = {subject_.shapes[static_cast<std::size_t>(shape)]};
        job.any_shape = false;
    }
    return job;
}

void Judge::time(JournalEntry &entry, const MeasurementJob &job) const {
    const Measurement measured =
        measure(tree_, job, options_.limit, tree_.work_folder(subject_.op), options_.stop);
    end_if(measured.verdict == Verdict::stopped);
    entry.verdict = word_for(measured.verdict);
    entry.sentence = measured.sentence;
    entry.checked = measured.checked;
    if (measured.verdict == Verdict::timed) {
        entry.comparison = compare(measured.shapes);
        for (const Timings &timings : measured.shapes) {
            entry.best_seconds.push_back(median(timings.best));
            entry.seconds.push_back(median(timings.candidate));
        }
    }
}

Judge judge_of_template(const BuildTree &tree, const Subject &subject, const TuningOptions &options) {
    Judge judge(tree, subject, options);
    if (judge.parameters().empty()) {
        throw Error(ExitCode::unsupported, text("The schedule of ", subject.op,
                                                " has no parameters; docs/tuning.md lists those that do."));
    }
    return judge;
}

}  // namespace fsd::tuning
