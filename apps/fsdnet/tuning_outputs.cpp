// By default the log lies in the build tree, the picture beside it.
#include "apps/fsdnet/tuning_outputs.h"

#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/picture_output.h"
#include "apps/fsdnet/verb.h"
#include "runtime/error.h"
#include "toolkit/tuning/device.h"
#include "toolkit/tuning/report.h"

#include <filesystem>

namespace fsd::command_line {

std::string log_of(const TuningJob &job, const tuning::BuildTree &tree, const tuning::Subject &subject) {
    return job.log.empty() ? text(tree.folder, "/tuning/", subject.op, ".", subject.family, ".jsonl")
                           : job.log;
}

std::string picture_of(const TuningJob &job, const std::string &log) {
    return job.picture.empty() ? log + ".svg" : job.picture;
}

void require_one_log(const TuningJob &job, std::size_t operators) {
    if (operators != 1 && !(job.log.empty() && job.picture.empty())) {
        throw Error(ExitCode::usage,
                    "--log and --picture name one file, and several operators are to be tuned.");
    }
}

void prepare_tuning_log(const TuningJob &job, const tuning::BuildTree &tree, const std::string &log,
                        const std::string &picture) {
    std::filesystem::create_directories(text(tree.folder, "/tuning"));
    std::vector<FileRole> models;
    for (const std::string &model : job.wanted.models) {
        models.push_back({"--model", model});
    }
    prepare_outputs(models, {{"--log", log}, {"--picture", picture, picture_endings}}, job.json);
    if (job.fresh) {
        std::filesystem::remove(log);
    }
}

void write_outcome(const TuningJob &job, const tuning::BuildTree &tree, const tuning::Journal &journal,
                   TuningOutcome &outcome) {
    const tuning::Subject &subject = outcome.record.subject;
    save_picture(outcome.picture, tuning::search_picture(journal, subject));
    const std::string reason = job.keep ? tuning::reason_not_to_record(subject.family) : "";
    outcome.recorded = job.keep && reason.empty();
    if (outcome.recorded) {
        tuning::keep_record(tuning::record_path(tree.source, subject.op), outcome.record);
    }
    if (!reason.empty()) {
        note(text(subject.op, ": ", reason));
    }
}

}  // namespace fsd::command_line
