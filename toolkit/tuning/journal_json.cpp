// Keys that an entry does not need are left out.
#include "toolkit/tuning/journal_json.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace fsd::tuning {
namespace {

constexpr int most_threads = 1024, most_shapes = 1 << 20;

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

// Parameters go to generators as name:value,name:value.
ParameterValues parameters_from(const Json &json) {
    auto values = json.get<ParameterValues>();
    for (const auto &[name, value] : values) {
        for (const std::string &word : {name, value}) {
            if (word.empty() || word.find_first_of(":, =/") != std::string::npos) {
                throw NotALog("a parameter of a schedule has no such name or value");
            }
        }
    }
    return values;
}

std::string verdict_from(const Json &json) {
    auto verdict = json.get<std::string>();
    if (verdict != "timed" && verdict != "wrong" && verdict != "failed") {
        throw NotALog("unknown verdict");
    }
    return verdict;
}

double seconds_from(const Json &json) {
    const auto seconds = json.get<double>();
    if (!(seconds >= 0) || !std::isfinite(seconds)) {
        throw NotALog("no time");
    }
    return seconds;
}

}  // namespace

int whole_from(const Json &json, int least, int most) {
    const bool fits = json.is_number_unsigned()
                          ? json.get<std::uint64_t>() <= static_cast<std::uint64_t>(std::max(most, 0))
                          : json.is_number_integer() && json.get<std::int64_t>() <= most;
    if (!fits || json.get<std::int64_t>() < least) {
        throw NotALog("no whole number in its range");
    }
    return json.get<int>();
}

Extents extents_from(const Json &json) {
    Extents extents;
    for (const auto &[name, extent] : json.items()) {
        extents[name] = whole_from(extent, 0, std::numeric_limits<int>::max());
    }
    return extents;
}

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
    Subject subject{json.at("op"),
                    json.at("target"),
                    json.at("cpu"),
                    json.at("digest"),
                    whole_from(json.at("threads"), 1, most_threads),
                    {}};
    for (const Json &shape : json.at("shapes")) {
        subject.shapes.push_back(extents_from(shape));
    }
    return subject;
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
    if (json.contains("parameters")) {
        entry.candidate.parameters = parameters_from(json.at("parameters"));
    }
    entry.candidate.autoscheduler = json.value("autoscheduler", "");
    entry.shape = json.contains("shape") ? whole_from(json.at("shape"), 0, most_shapes) : -1;
    entry.verdict = verdict_from(json.at("verdict"));
    entry.sentence = json.value("sentence", "");
    entry.final = json.value("final", false);
    entry.against = json.at("against");
    entry.checked = whole_from(json.at("checked"), 0, std::numeric_limits<int>::max());
    entry.kept = json.at("kept");
    if (entry.verdict == "timed") {
        entry.comparison.all = ratio_from(json.at("ratio"));
        for (const Json &ratio : json.at("ratios")) {
            entry.comparison.shapes.push_back(ratio_from(ratio));
        }
        entry.best_seconds = json.at("best_seconds").get<std::vector<double>>();
        entry.seconds = json.at("seconds").get<std::vector<double>>();
    }
    entry.elapsed = seconds_from(json.at("elapsed"));
    return entry;
}

}  // namespace fsd::tuning
