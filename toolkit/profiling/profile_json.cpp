// Units: microseconds, 1e9 operations or bytes per second.
#include "toolkit/profiling/profile_json.h"

namespace fsd {
namespace {

using Json = nlohmann::ordered_json;

constexpr double micro = 1e6, giga = 1e-9;

Json json_of(const KernelProfile &kernel, double all) {
    const double seconds = kernel.seconds.at(0.5);
    return {{"kernel", kernel.kernel},
            {"layer", kernel.layer < 0 ? Json() : Json(kernel.layer)},
            {"microseconds", fsd::json_of(kernel.seconds)},
            {"share", seconds / all},
            {"gflops", giga * kernel.operations / seconds},
            {"gigabytes_per_second", giga * kernel.bytes / seconds},
            {"share_of_peak", kernel.peak_share},
            {"share_of_bandwidth", kernel.bandwidth_share},
            {"bound", to_string(kernel.bound)}};
}

}  // namespace

Json json_of(const Times &times) {
    return {{"median", micro * times.at(0.5)}, {"p90", micro * times.at(0.9)},
            {"p99", micro * times.at(0.99)},   {"least", micro * times.at(0)},
            {"greatest", micro * times.at(1)}, {"runs", times.count()}};
}

Json json_of(const NetworkProfile &profile) {
    Json json = {{"device", profile.device},
                 {"batch", profile.batch},
                 {"threads", profile.threads},
                 {"microseconds", json_of(profile.seconds)},
                 {"images_per_second", profile.batch / profile.seconds.at(0.5)}};
    if (!profile.kernels.empty()) {
        json["peak_gflops"] = giga * profile.peak;
        json["kernels"] = Json::array();
        for (const KernelProfile &kernel : profile.kernels) {
            json["kernels"].push_back(json_of(kernel, profile.kernel_seconds()));
        }
    }
    return json;
}

Json trace_of(const NetworkProfile &profile) {
    Json events = Json::array();
    double start = 0;
    for (const KernelProfile &kernel : profile.kernels) {
        const double duration = micro * kernel.seconds.at(0.5);
        events.push_back({{"name", kernel.kernel},
                          {"cat", "kernel"},
                          {"ph", "X"},
                          {"ts", start},
                          {"dur", duration},
                          {"pid", 1},
                          {"tid", 1},
                          {"args", json_of(kernel, profile.kernel_seconds())}});
        start += duration;
    }
    return {{"traceEvents", events}, {"displayTimeUnit", "ns"}};
}

}  // namespace fsd
