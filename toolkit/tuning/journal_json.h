// Subjects and entries of a log as JSON, and back.
#pragma once

#include "toolkit/tuning/journal.h"

#include <nlohmann/json.hpp>

#include <stdexcept>

namespace fsd::tuning {

using Json = nlohmann::ordered_json;

// A log may come from anywhere: what the readers below find where something else belongs is this, or an
// exception of the JSON library.
class NotALog : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// A whole number between the two, written as one. Throws NotALog.
int whole_from(const Json &json, int least, int most);

// Extents by name, none negative. Throws NotALog.
Extents extents_from(const Json &json);

Json json_of(const Ratio &ratio);  // [low, middle, high]
Ratio ratio_from(const Json &json);

Json json_of(const Subject &subject);
Subject subject_from(const Json &json);

Json json_of(const JournalEntry &entry);
JournalEntry entry_from(const Json &json);

}  // namespace fsd::tuning
