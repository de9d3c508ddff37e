// The files that the tuner and its worker exchange: a job and its answer, as JSON.
#pragma once

#include "toolkit/tuning/measurement.h"

#include <nlohmann/json.hpp>

namespace fsd::tuning {

using Json = nlohmann::ordered_json;

Json json_of(const MeasurementJob &job);
MeasurementJob job_from(const Json &json);

Json json_of(const Measurement &measurement);
Measurement measurement_from(const Json &json);

}  // namespace fsd::tuning
