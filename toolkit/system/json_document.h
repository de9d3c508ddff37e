// JSON as it is written to files, pipes and terminals.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace fsd {

// Always a valid document, whatever bytes its strings hold: valid UTF-8 stays, a byte that is none becomes
// the four characters \xff (valid_utf8), what acts on a terminal a \u escape (printable_json). `indent` below
// 0: one line.
std::string json_document(const nlohmann::ordered_json &json, int indent = -1);

}  // namespace fsd
