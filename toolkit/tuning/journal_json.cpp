// Keys that an entry does not need are left out.
#include "toolkit/tuning/journal_json.h"

#include <cmath>

namespace fsd::tuning {
namespace {

// Five digits: the measurements have three.
double rounded(double value) {
    if (value == 0 || !std::isfinite(value)) {
        return value;
    }
    const double scale = std::pow(10.0, 4 - std::floor(std::log10(std::fabs(value))));
    return std::round(value * scale) / scale;
}

Json rounded(const std::vector<double> &values) {
    Json out = Json::array();
    for (const double value : values) {
        out.push_back(rounded(value));
    }
    return out;
}

}  // namespace

Json json_of(const Ratio &ratio) {
    return rounded(std::vector<double>{ratio.low, ratio.middle, ratio.high});
}

Ratio ratio_from(const Json &json) {
    return {json.at(0), json.at(1), json.at(2)};
}

Json json_of(const Subject &subject) {
    return {{"op", subject.op},         {"target", subject.family},   {"cpu", subject.cpu},
            {"digest", subject.digest}, {"threads", subject.threads}, {"shapes", subject.shapes}};
}

Subject subject_from(const Json &json) {
    return {json.at("op"),     json.at("target"),  json.at("cpu"),
            json.at("digest"), json.at("threads"), json.at("shapes").get<std::vector<Extents>>()};
}

Json json_of(const JournalEntry &entry) {
    Json out;
    if (entry.candidate.autoscheduler.empty()) {
        out["parameters"] = entry.candidate.parameters;
    } else {
        out["autoscheduler"] = entry.candidate.autoscheduler;
        out["shape"] = entry.shape;
    }
    out["verdict"] = entry.verdict;
    if (!entry.sentence.empty()) {
        out["sentence"] = entry.sentence;
    }
    if (entry.final) {
        out["final"] = true;
    }
    out["against"] = entry.against;
    out["checked"] = entry.checked;
    out["kept"] = entry.kept;
    if (entry.verdict == "timed") {
        out["ratio"] = json_of(entry.comparison.all);
        Json shapes = Json::array();
        for (const Ratio &ratio : entry.comparison.shapes) {
            shapes.push_back(json_of(ratio));
        }
        out["ratios"] = shapes;
        out["best_seconds"] = rounded(entry.best_seconds);
        out["seconds"] = rounded(entry.seconds);
    }
    out["elapsed"] = rounded(entry.elapsed);
    return out;
}

JournalEntry entry_from(const Json &json) {
    JournalEntry entry;
    entry.candidate.parameters = json.value("parameters", ParameterValues());
    entry.candidate.autoscheduler = json.value("autoscheduler", "");
    entry.shape = json.value("shape", -1);
    entry.verdict = json.at("verdict");
    entry.sentence = json.value("sentence", "");
    entry.final = json.value("final", false);
    entry.against = json.at("against");
    entry.checked = json.at("checked");
    entry.kept = json.at("kept");
    if (entry.verdict == "timed") {
        entry.comparison.all = ratio_from(json.at("ratio"));
        for (const Json &ratio : json.at("ratios")) {
            entry.comparison.shapes.push_back(ratio_from(ratio));
        }
        entry.best_seconds = json.at("best_seconds").get<std::vector<double>>();
        entry.seconds = json.at("seconds").get<std::vector<double>>();
    }
    entry.elapsed = json.at("elapsed");
    return entry;
}

}  // namespace fsd::tuning
