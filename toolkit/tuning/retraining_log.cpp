// What a line counts for is the same whether it is written or read.
#include "toolkit/tuning/retraining_log.h"

#include "toolkit/system/json_document.h"

#include <fstream>

namespace fsd::tuning {
namespace {

RetrainedShape retrained_shape_from(const Json &json) {
    RetrainedShape shape;
    shape.op = json.at("op");
    shape.shape = extents_from(json.at("shape"));
    shape.fault = json.value("fault", "");
    if (shape.fault.empty()) {
        shape.default_seconds = json.at("default_seconds");
        shape.own_seconds = json.at("adams2019_seconds");
        shape.retrained_seconds = json.at("retrained_seconds");
        shape.ratio = ratio_from(json.at("ratio"));
    }
    return shape;
}

}  // namespace

Json json_of(const RetrainedShape &shape) {
    Json line = {{"op", shape.op}, {"shape", shape.shape}};
    if (shape.left_out) {
        line["left_out"] = true;
    } else if (!shape.fault.empty()) {
        line["fault"] = shape.fault;
    } else {
        line.update({{"default_seconds", shape.default_seconds},
                     {"adams2019_seconds", shape.own_seconds},
                     {"retrained_seconds", shape.retrained_seconds},
                     {"ratio", json_of(shape.ratio)}});
    }
    return line;
}

RetrainingLog::RetrainingLog(const std::string &folder) : path_(folder + "/log.jsonl") {
    std::ifstream in(path_);
    for (std::string text; std::getline(in, text);) {
        try {
            count(Json::parse(text));
        } catch (const nlohmann::json::exception &) {
        } catch (const NotALog &) {}
    }
}

void RetrainingLog::schedule(const DrawnSchedule &drawn, double elapsed) {
    Json line = {{"shape", drawn.shape}, {"seed", drawn.seed}, {"verdict", drawn.verdict}};
    if (drawn.verdict == "timed") {
        line["seconds"] = drawn.seconds;
    } else {
        line["sentence"] = drawn.sentence;
    }
    line["elapsed"] = elapsed;
    append(line);
}

void RetrainingLog::training(double elapsed) {
    append({{"rounds", done_.rounds + 1}, {"samples", done_.samples}, {"elapsed", elapsed}});
}

void RetrainingLog::comparison(const std::string &shape, const RetrainedShape &found, double elapsed) {
    append({{"compared", shape}, {"found", json_of(found)}, {"elapsed", elapsed}});
}

void RetrainingLog::given_up(double elapsed) {
    append({{"elapsed", elapsed}});
}

std::optional<RetrainedShape> RetrainingLog::compared(const std::string &shape) const {
    const auto found = compared_.find(shape);
    return found == compared_.end() ? std::nullopt : std::optional(found->second);
}

void RetrainingLog::append(const Json &line) {
    std::ofstream(path_, std::ios::app) << json_document(line) << '\n';
    count(line);
}

void RetrainingLog::count(const Json &line) {
    const std::string verdict = line.value("verdict", "");
    drawn_ += line.contains("seed") ? 1 : 0;
    done_.samples += verdict == "timed" ? 1 : 0;
    wrong_ += verdict == "wrong" ? 1 : 0;
    failed_ += verdict == "failed" ? 1 : 0;
    if (line.contains("rounds")) {
        done_.rounds = line.at("rounds");
        done_.learned = line.value("samples", done_.samples);
        compared_.clear();
    }
    if (line.contains("compared")) {
        compared_[line.at("compared")] = retrained_shape_from(line.at("found"));
    }
    done_.elapsed += line.value("elapsed", 0.0);
}

}  // namespace fsd::tuning
