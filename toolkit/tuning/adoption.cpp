// Reads and writes the files of kernels for one shape.
#include "toolkit/tuning/adoption.h"

#include "runtime/error.h"
#include "runtime/formats/decimal.h"
#include "runtime/formats/input_file.h"
#include "runtime/formats/output_file.h"
#include "toolkit/system/json_document.h"
#include "toolkit/tuning/journal_json.h"
#include "toolkit/tuning/report.h"
#include "toolkit/tuning/shapes.h"

#include <algorithm>
#include <filesystem>

namespace fsd::tuning {
namespace {

constexpr const char *schedule_ending = ".schedule.h";

Json json_of(const Adoption &adoption) {
    const Subject &subject = adoption.subject;
    return {{"op", subject.op},
            {"target", subject.family},
            {"cpu", subject.cpu},
            {"digest", subject.digest},
            {"threads", subject.threads},
            {"shape", subject.shapes.front()},
            {"extents", estimates_of(subject.op, subject.shapes.front())},
            {"autoscheduler", adoption.candidate.autoscheduler},
            {"parameters", adoption.candidate.parameters},
            {"against", adoption.against},
            {"ratio", tuning::json_of(adoption.ratio)}};
}

Adoption adoption_from(const Json &json) {
    Adoption adoption;
    adoption.subject = {json.at("op"),
                        json.at("target"),
                        json.at("cpu"),
                        json.at("digest"),
                        whole_from(json.at("threads"), 1, 1024),
                        {extents_from(json.at("shape"))}};
    adoption.candidate.parameters = json.at("parameters").get<ParameterValues>();
    adoption.candidate.autoscheduler = json.at("autoscheduler");
    adoption.against = json.at("against");
    adoption.ratio = ratio_from(json.at("ratio"));
    return adoption;
}

// What was measured stands in the source, for whoever reads it.
std::string schedule_file(const Adoption &adoption) {
    const Subject &subject = adoption.subject;
    const auto percent = [](double ratio) { return fixed_decimal(100 * ratio, 1); };
    return text("// The schedule that ", adoption.candidate.autoscheduler, " proposed for ", subject.op,
                " at\n// ", shape_text(subject.op, subject.shapes.front()), "\n// on ", subject.family, ", ",
                subject.cpu, "; digest of the sources ", subject.digest,
                ".\n// Measured there: ", percent(adoption.ratio.middle), " % of the general kernel's time (",
                percent(adoption.ratio.low), " to ", percent(adoption.ratio.high),
                ").\n// Written by: ", renewing_command(adoption), "\n", adoption.source);
}

}  // namespace

std::string adoption_name(const Subject &subject) {
    std::string name = shape_text(subject.op, subject.shapes.front());
    name.erase(std::remove(name.begin(), name.end(), '='), name.end());
    std::replace(name.begin(), name.end(), ',', '-');
    return text(name, ".", subject.family);
}

std::vector<std::string> keep_adoption(const std::string &folder, const Adoption &adoption) {
    const std::string own = text(folder, "/", adoption.subject.op),
                      stem = own + "/" + adoption_name(adoption.subject);
    std::filesystem::create_directories(own);
    std::vector<std::string> written{stem + ".json"};
    if (adoption.source.empty()) {
        std::filesystem::remove(stem + schedule_ending);  // of what stood there before
    } else {
        written.push_back(stem + schedule_ending);
        write_file(written.back(), schedule_file(adoption));
    }
    write_file(written.front(), json_document(json_of(adoption), 1) + "\n");
    return written;
}

std::vector<Adoption> read_adoptions(const std::string &folder) {
    std::vector<std::string> paths;
    if (std::filesystem::is_directory(folder)) {
        for (const auto &own : std::filesystem::directory_iterator(folder)) {
            if (!own.is_directory()) {
                continue;
            }
            for (const auto &file : std::filesystem::directory_iterator(own)) {
                if (file.path().extension() == ".json") {
                    paths.push_back(file.path());
                }
            }
        }
    }
    std::sort(paths.begin(), paths.end());
    std::vector<Adoption> adoptions;
    for (const std::string &path : paths) {
        try {
            adoptions.push_back(adoption_from(Json::parse(InputFile(path).whole())));
        } catch (const std::exception &error) {  // of the JSON library, or NotALog
            throw Error(ExitCode::bad_input, text(path, " is not what 'fsdnet tune --adopt' writes: ",
                                                  error.what(), ". Remove the file and adopt again."));
        }
    }
    return adoptions;
}

std::string renewing_command(const Adoption &adoption) {
    const Subject &subject = adoption.subject;
    const std::string &autoscheduler = adoption.candidate.autoscheduler;
    return text("build/release/bin/fsdnet tune ", subject.op, " --target ", subject.family, " --shape ",
                shape_text(subject.op, subject.shapes.front()),
                autoscheduler.empty() ? text(" --try ", adoption.candidate.name())
                                      : text(" --autoscheduler ", autoscheduler),
                subject.threads == 1 ? "" : text(" --threads ", subject.threads), " --adopt");
}

}  // namespace fsd::tuning
