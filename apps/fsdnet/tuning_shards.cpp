// Shards write logs and no record; merging does both.
#include "apps/fsdnet/tuning_shards.h"

#include "apps/fsdnet/tuning_outputs.h"
#include "apps/fsdnet/tuning_report.h"
#include "apps/fsdnet/verb.h"
#include "runtime/error.h"
#include "toolkit/tuning/merge.h"

#include <iostream>
#include <map>

namespace fsd::command_line {
namespace {

using tuning::BuildTree;
using tuning::Journal;
using tuning::Subject;
using Json = nlohmann::ordered_json;

std::string log_of_shard(const TuningJob &job, const BuildTree &tree, const Subject &subject) {
    return job.log.empty() ? text(tree.folder, "/tuning/", subject.op, ".", subject.family, ".shard-",
                                  job.shard->number, "-of-", job.shard->count, ".jsonl")
                           : job.log;
}

Json tune_part(const TuningJob &job, const BuildTree &tree, const Subject &subject,
               const tuning::Share &share) {
    const std::string log = log_of_shard(job, tree, subject);
    prepare_tuning_log(job, tree, log, "");
    Journal journal(log, subject);
    TuningProgressLine line(subject.op, job.budget);
    tuning::TuningOptions options = options_of(job, subject.family);
    options.share = share;
    options.progress = [&](const tuning::TuningProgress &progress) { line.show(progress); };
    if (share.is_whole()) {
        tuning::tune(tree, subject, journal, options);
    } else {
        tuning::tune_share(tree, subject, journal, options);
    }
    return {{"op", subject.op},
            {"target", subject.family},
            {"cpu", subject.cpu},
            {"digest", subject.digest},
            {"shard", job.shard->name()},
            {"share", text(share.index + 1, "/", share.count)},
            {"timed", count_of(journal.entries(), "timed")},
            {"wrong", count_of(journal.entries(), "wrong")},
            {"failed", count_of(journal.entries(), "failed")},
            {"log", log}};
}

void print_part(const Json &part) {
    std::cout << part.at("op").get<std::string>() << ", " << part.at("target").get<std::string>()
              << ", shard " << part.at("shard").get<std::string>() << ": candidates: " << part.at("timed")
              << " timed, " << part.at("wrong") << " wrong, " << part.at("failed") << " failed; log "
              << shown(part.at("log")) << '\n';
}

TuningOutcome merge_one(const TuningJob &job, const BuildTree &tree, const tuning::FoundLogs &found) {
    const Subject &subject = found.subject;
    const std::string log = log_of(job, tree, subject), picture = picture_of(job, log);
    prepare_tuning_log(job, tree, log, picture);
    tuning::Merged merged = tuning::merge_logs(tree, found, log, options_of(job, subject.family));
    if (merged.left_out > 0) {
        note(text(
            subject.op, ": ", merged.left_out,
            " candidates are left out: they were compared with one that another shard had improved on."));
    }
    TuningOutcome outcome{std::move(merged.record), merged.journal.entries(), log, picture, false};
    write_outcome(job, tree, merged.journal, outcome);
    return outcome;
}

}  // namespace

void tune_shard(const TuningJob &job, const BuildTree &tree) {
    const std::vector<Subject> subjects = subjects_of(job, tree);
    const auto operators = static_cast<int>(subjects.size());
    require_one_log(job, subjects.size());
    Json parts = Json::array();
    for (int i = 0; i < operators; i++) {
        if (const auto share = tuning::share_of(*job.shard, i, operators)) {
            parts.push_back(tune_part(job, tree, subjects[static_cast<std::size_t>(i)], *share));
            if (!job.json) {
                print_part(parts.back());
            }
        }
    }
    if (job.json) {
        print_json(parts);
    } else {
        note("When all shards are done, 'fsdnet tune --merge LOG...' with their logs decides and records.");
    }
}

void merge_shards(const TuningJob &job, const BuildTree &tree) {
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> by_operator;
    for (const std::string &path : job.merge) {
        const Subject subject = tuning::subject_of(path);
        by_operator[{subject.op, subject.family}].push_back(path);
    }
    require_one_log(job, by_operator.size());
    std::vector<tuning::FoundLogs> all;
    for (const auto &[about, paths] : by_operator) {
        all.push_back(tuning::read_logs(paths));
    }
    std::vector<TuningOutcome> outcomes;
    for (const tuning::FoundLogs &found : all) {
        outcomes.push_back(merge_one(job, tree, found));
    }
    print_outcomes(outcomes, job.json);
}

}  // namespace fsd::command_line
