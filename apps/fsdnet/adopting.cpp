// One search or measurement per operator and shape.
#include "apps/fsdnet/adopting.h"

#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/tuning_report.h"
#include "apps/fsdnet/verb.h"
#include "runtime/error.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/tuning/adoption.h"
#include "toolkit/tuning/device.h"
#include "toolkit/tuning/journal_json.h"
#include "toolkit/tuning/report.h"

#include <filesystem>
#include <iostream>

namespace fsd::command_line {
namespace {

using tuning::Subject;
using tuning::Verdicts;
using Json = nlohmann::ordered_json;

constexpr const char *general = "the general kernel's";

std::string log_of_shape(const TuningJob &job, const tuning::BuildTree &tree, const Subject &subject) {
    const std::string by = job.autoscheduler.empty() ? "" : "." + job.autoscheduler;
    return job.log.empty()
               ? text(tree.folder, "/tuning/", subject.op, ".", tuning::adoption_name(subject), by, ".jsonl")
               : job.log;
}

// Why the general kernel stays.
std::string reason(const tuning::JournalEntry &entry) {
    if (entry.verdict != "timed") {
        return text(entry.candidate.name(), " ", entry.verdict, ". ", entry.sentence);
    }
    return text(entry.candidate.name(), ": ", percent(entry.comparison.all, general),
                ", no gain beyond noise");
}

Json report(const Subject &subject, const Verdicts &verdicts, const std::vector<std::string> &files,
            const std::string &log, bool json) {
    const std::string shape = tuning::shape_text(subject.op, subject.shapes.front());
    if (!json && verdicts.adoption) {
        std::cout << subject.op << " at " << shape << ": adopted " << verdicts.adoption->candidate.name()
                  << ", " << percent(verdicts.adoption->ratio, general) << '\n';
        for (const std::string &file : files) {
            std::cout << "  " << printable_text(file) << '\n';
        }
    } else if (!json) {
        std::cout << subject.op << " at " << shape << ": the general kernel stays; "
                  << printable_text(reason(verdicts.entry)) << '\n';
    }
    return {{"op", subject.op},
            {"target", subject.family},
            {"cpu", subject.cpu},
            {"shape", subject.shapes.front()},
            {"adopted", verdicts.adoption.has_value()},
            {"entry", tuning::json_of(verdicts.entry)},
            {"files", files},
            {"log", log}};
}

}  // namespace

void adopt_kernels(const TuningJob &job, const tuning::BuildTree &tree,
                   const tuning::TuningOptions &options) {
    const std::string folder = job.adopted.empty() ? tree.source + "/schedules/tuned" : job.adopted;
    Json all = Json::array();
    bool adopted = false;
    for (const Subject &whole : subjects_of(job, tree)) {
        if (tuning::is_device(whole.family)) {
            throw Error(ExitCode::unsupported,
                        text("Kernels for one shape are made for CPUs; found --target ", whole.family, "."));
        }
        for (const Extents &shape : whole.shapes) {
            Subject subject = whole;
            subject.shapes = {shape};
            const std::string log = log_of_shape(job, tree, subject);
            std::filesystem::create_directories(tree.folder + "/tuning");
            prepare_outputs({}, {{"--log", log}}, job.json);
            if (job.fresh) {
                std::filesystem::remove(log);
            }
            tuning::Journal journal(log, subject);
            const Verdicts verdicts =
                tuning::find_kernel_for_shape(tree, subject, journal, options, job.autoscheduler);
            const std::vector<std::string> files = verdicts.adoption
                                                       ? tuning::keep_adoption(folder, *verdicts.adoption)
                                                       : std::vector<std::string>();
            adopted = adopted || verdicts.adoption;
            all.push_back(report(subject, verdicts, files, log, job.json));
        }
    }
    if (job.json) {
        print_json(all);
    } else if (adopted) {
        note("What was adopted is made and used when the kernels are built the next time.");
    }
}

}  // namespace fsd::command_line
