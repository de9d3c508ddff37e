// A profile for machines: as JSON, and as a trace that Chrome (chrome://tracing) and Perfetto show.
#pragma once

#include "toolkit/profiling/network_profile.h"

#include <nlohmann/json.hpp>

namespace fsd {

// Microseconds: {"median", "p90", "p99", "least", "greatest", "runs"}.
nlohmann::ordered_json json_of(const Times &times);

// "device", "batch", "threads", "microseconds" of a batch, "images_per_second" at the median, and where there
// are any "peak_gflops" and "kernels": for each "kernel", "layer" (null where it reads the inputs),
// "microseconds", "share" of the kernels' time, "gflops", "gigabytes_per_second", "share_of_peak",
// "share_of_bandwidth", "bound".
nlohmann::ordered_json json_of(const NetworkProfile &profile);

// One batch at the kernels' median times, in the trace event format of Chrome: kernels one after the other.
nlohmann::ordered_json trace_of(const NetworkProfile &profile);

}  // namespace fsd
