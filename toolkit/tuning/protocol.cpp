// Both directions of both messages, side by side.
#include "toolkit/tuning/protocol.h"

namespace fsd::tuning {

Json json_of(const MeasurementJob &job) {
    return {{"op", job.op},         {"best", job.best},           {"candidate", job.candidate},
            {"shapes", job.shapes}, {"any_shape", job.any_shape}, {"threads", job.threads},
            {"device", job.device}, {"pairs", job.pairs},         {"give_up", job.give_up}};
}

MeasurementJob job_from(const Json &json) {
    MeasurementJob job;
    job.op = json.at("op");
    job.best = json.at("best");
    job.candidate = json.at("candidate");
    job.shapes = json.at("shapes").get<std::vector<Extents>>();
    job.any_shape = json.at("any_shape");
    job.threads = json.at("threads");
    job.device = json.at("device");
    job.pairs = json.at("pairs");
    job.give_up = json.at("give_up");
    return job;
}

Json json_of(const Measurement &measurement) {
    Json shapes = Json::array();
    for (const Timings &timings : measurement.shapes) {
        shapes.push_back({{"best", timings.best}, {"candidate", timings.candidate}});
    }
    return {{"verdict", static_cast<int>(measurement.verdict)},
            {"sentence", measurement.sentence},
            {"shapes", shapes},
            {"checked", measurement.checked}};
}

Measurement measurement_from(const Json &json) {
    Measurement measurement;
    measurement.verdict = static_cast<Verdict>(json.at("verdict").get<int>());
    measurement.sentence = json.at("sentence");
    measurement.checked = json.at("checked");
    for (const Json &timings : json.at("shapes")) {
        measurement.shapes.push_back({timings.at("best").get<std::vector<double>>(),
                                      timings.at("candidate").get<std::vector<double>>()});
    }
    return measurement;
}

}  // namespace fsd::tuning
