// `fsdnet tune`: measures the parameters of kernels' schedules and records the best.
#include "apps/fsdnet/adopting.h"
#include "apps/fsdnet/interruptible.h"
#include "apps/fsdnet/number_option.h"
#include "apps/fsdnet/program_place.h"
#include "apps/fsdnet/retraining.h"
#include "apps/fsdnet/tuning_job.h"
#include "apps/fsdnet/tuning_outputs.h"
#include "apps/fsdnet/tuning_report.h"
#include "apps/fsdnet/tuning_shards.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "runtime/formats/input_file.h"
#include "toolkit/system/json_document.h"
#include "toolkit/tuning/report.h"
#include "toolkit/tuning/tuner.h"

#include "instruction_set_table.h"
#include "toolkit/system/progress.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

using tuning::BuildTree;
using tuning::Journal;
using tuning::Subject;

TuningOutcome tune_one(const TuningJob &job, const BuildTree &tree, const Subject &subject) {
    const std::string log = log_of(job, tree, subject);
    const std::string picture = picture_of(job, log);
    prepare_tuning_log(job, tree, log, picture);
    Journal journal(log, subject);
    const std::size_t before = journal.entries().size();
    const bool spent = journal.elapsed() >= job.budget;
    TuningProgressLine line(subject.op, job.budget);
    tuning::TuningOptions options = options_of(job, subject.family);
    std::optional<Progress> first_candidate(text("compiles and checks the first candidate of ", subject.op));
    options.progress = [&](const tuning::TuningProgress &progress) {
        first_candidate.reset();
        line.show(progress);
    };
    TuningOutcome outcome{tuning::tune(tree, subject, journal, options), journal.entries(), log, picture,
                          false};
    // The decision is always measured anew.
    if (spent && journal.entries().size() <= before + 1) {
        note(text(subject.op, ": earlier runs have spent the budget of ", job.budget,
                  " s; nothing new was tried. "
                  "A larger --budget goes on, --fresh begins anew."));
    }
    write_outcome(job, tree, journal, outcome);
    return outcome;
}

void tune_all(const TuningJob &job, const BuildTree &tree) {
    const std::vector<Subject> subjects = subjects_of(job, tree);
    require_one_log(job, subjects.size());
    std::vector<TuningOutcome> outcomes;
    for (const Subject &subject : subjects) {
        outcomes.push_back(tune_one(job, tree, subject));
    }
    print_outcomes(outcomes, job.json);
}

// The subject is the log's own: measured elsewhere or on other sources, its decision is only a suggestion.
void replay(const TuningJob &job, const BuildTree &tree) {
    const Subject subject = tuning::subject_of(job.replay);
    const std::string copy = text(tree.work_folder(subject.op), "/replayed.jsonl");
    std::filesystem::copy_file(job.replay, copy, std::filesystem::copy_options::overwrite_existing);
    const Journal journal(copy, subject);
    const tuning::JournalEntry entry =
        tuning::measure_again(tree, subject, journal, options_of(job, subject.family));
    print_replay(subject, entry, job.json);
    if (!entry.candidate.parameters.empty() && !entry.kept) {
        throw Error(ExitCode::check_failed, text("The decision of ", job.replay, " does not hold here."));
    }
}

void print_table(const BuildTree &tree, bool as_json) {
    std::vector<tuning::Record> records;
    nlohmann::ordered_json files = nlohmann::ordered_json::array();
    for (const std::string &op : tuning::recorded_ops(tree.source)) {
        const std::string path = tuning::record_path(tree.source, op);
        for (tuning::Record &record : tuning::read_records(path, op)) {
            records.push_back(std::move(record));
        }
        files.push_back(nlohmann::ordered_json::parse(InputFile(path).whole()));
    }
    std::cout << (as_json ? json_document(files, 1) + "\n"
                          : tuning::markdown_document(
                                records, tuning::read_adoptions(tree.source + "/schedules/tuned")));
}

void adopt_all(const TuningJob &job, const BuildTree &tree) {
    const std::string &target = job.wanted.target;
    adopt_kernels(job, tree,
                  options_of(job, target.empty() ? tuning::families_of_this_machine().front() : target));
}

void run_tuning(const TuningJob &job) {
    if (!job.weights.empty() && !job.retrain) {
        throw Error(ExitCode::usage,
                    "--weights names the file of --retrain. A kernel by given weights is made by CMake's "
                    "fsdnet_add_kernel(... AUTOSCHEDULER Adams2019 OPTIONS weights_path=FILE).");
    }
    const Interruptible interruptible;
    const BuildTree tree = tuning::open_build_tree(job.build);
    if (job.table) {
        print_table(tree, job.json);
    } else if (!job.replay.empty()) {
        replay(job, tree);
    } else if (job.retrain) {
        retrain_cost_model(job, tree);
    } else if (job.adopt) {
        adopt_all(job, tree);
    } else if (!job.merge.empty()) {
        merge_shards(job, tree);
    } else if (job.shard) {
        tune_shard(job, tree);
    } else {
        tune_all(job, tree);
    }
}

void add_search_options(CLI::App &verb, TuningJob &job) {
    const auto duration = [&verb](const std::string &option, double &seconds, const std::string &meaning) {
        verb.add_option_function<std::string>(
            option, [&seconds](const std::string &given) { seconds = seconds_from(given); }, meaning);
    };
    duration("--budget", job.budget,
             "Time in all for each operator, interrupted runs included, e.g. 10m [5m]");
    duration("--limit", job.wanted.limit,
             "Time for compiling a candidate, and again for checking and timing it [60s]");
    add_number(verb, "--candidates", job.candidates, between(0, 1 << 30),
               "Try at most this many, autoschedulers apart; with --retrain, draw at most so many schedules "
               "[any number]");
    CLI::Option *guesses = verb.add_option_function<std::vector<std::string>>(
        "--try",
        [&job](const std::vector<std::string> &given) {
            for (const std::string &guess : given) {
                job.guesses.push_back(tuning::read_candidate(guess));
            }
        },
        "Values of the operator's parameters to try first, as the output names them, e.g. "
        "vector_width:8,narrow_tile:1x24; may be repeated");
    add_number_with_default(verb, "--threads", job.wanted.threads, between(1, 1024),
                            "Threads to time with; one by default, whose time others do not disturb");
    verb.add_option("--log", job.log,
                    "The log of the search [BUILD/tuning/OP.TARGET.jsonl]; the same command goes on "
                    "with it");
    verb.add_flag("--fresh", job.fresh, "Begin a new log");
    verb.add_option("--picture", job.picture, "Picture of the search, .png or .svg [SVG beside the log]");
    verb.add_option(
        "--autoscheduler", job.autoscheduler,
        "The only autoscheduler to measure: Adams2019, Li2018, Mullapudi2016; Anderson2021 on devices "
        "[all of them]");
    verb.add_flag("--adopt", job.adopt,
                  "Make a kernel for each shape where the autoscheduler's proposal, or without "
                  "--autoscheduler the best parameters, is faster than the general kernel");
    verb.add_option("--adopted", job.adopted, "Folder for what is adopted [schedules/tuned of the sources]");
    verb.add_flag("--retrain", job.retrain,
                  "Retrain the cost model of Adams2019 on random schedules of these operators and shapes, "
                  "and say in a table what that changed, all within --budget; the same command goes on");
    verb.add_option("--weights", job.weights,
                    "The file of the retrained weights [$XDG_CACHE_HOME/fsdnet/adams2019.TARGET.weights]");
    CLI::Option *shard = verb.add_option_function<std::string>(
        "--shard", [&job](const std::string &given) { job.shard = tuning::shard_from(given); },
        "Try only part i of n of the candidates and leave the decision to --merge, e.g. 2/4");
    CLI::Option *merge = verb.add_option("--merge", job.merge,
                                         "The logs of all shards: make one of them as a single search would "
                                         "have written it, decide and record");
    for (const char *other : {"--adopt", "--retrain"}) {
        shard->excludes(verb.get_option(other));
        merge->excludes(verb.get_option(other));
    }
    guesses->allow_extra_args(false)->needs(verb.get_option("operator"));
    guesses->excludes(shard, merge, verb.get_option("--retrain"));
    shard->excludes(merge, verb.get_option("--picture"));
    verb.add_flag("!--no-record", job.keep, "Leave schedules/tuned/ as it is");
}

}  // namespace

void add_tune(CLI::App &program) {
    auto job = std::make_shared<TuningJob>();
    job->build = program_folder().parent_path().string();
    CLI::App &verb =
        add_verb(program, "tune", "Measure the parameters of kernels' schedules and record the best",
                 "fsdnet tune kld_conv_normalize --model models/mnist-16-32.json --budget 2m");
    verb.add_option("operator", job->wanted.op,
                    "The operator to tune; with --model all that the network uses by default");
    verb.add_option(
        "--shape", job->shapes,
        "A shape to tune for, e.g. sample=64,input=512,output=10; may be repeated [those of the record]");
    verb.add_option("--model", job->wanted.models,
                    "Tune for the layers of a network: model file or description; repeatable");
    add_numbers(verb, "--batch", job->wanted.batches, between(1, 1 << 20),
                "Samples per batch of the network; may be repeated");
    verb.add_option("--target", job->wanted.target,
                    text(known_families, ", or a device: opencl, cuda [the CPU's best one]"));
    add_search_options(verb, *job);
    verb.add_option("--replay", job->replay, "Measure the decision of this log again, without a search")
        ->excludes(verb.get_option("--shard"), verb.get_option("--merge"), verb.get_option("--try"));
    verb.add_flag("--table", job->table,
                  "Print all records and adopted kernels as the Markdown of docs/tuned-kernels.md, or the "
                  "records as JSON")
        ->excludes(verb.get_option("--shard"), verb.get_option("--merge"));
    verb.add_option("--build", job->build, "The build tree with the generators [that of this program]");
    add_json_flag(verb, job->json);
    verb.callback([job] { run_tuning(*job); });
}

}  // namespace fsd::command_line
