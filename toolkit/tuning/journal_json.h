// Subjects and entries of a log as JSON, and back.
#pragma once

#include "toolkit/tuning/journal.h"

#include <nlohmann/json.hpp>

namespace fsd::tuning {

using Json = nlohmann::ordered_json;

Json json_of(const Ratio &ratio);  // [low, middle, high]
Ratio ratio_from(const Json &json);

Json json_of(const Subject &subject);
Subject subject_from(const Json &json);

Json json_of(const JournalEntry &entry);
JournalEntry entry_from(const Json &json);

}  // namespace fsd::tuning
