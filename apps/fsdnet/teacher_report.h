// The result of `fsdnet analyze teacher`, as JSON and as a table.
#pragma once

#include "toolkit/analysis/teacher/teacher_study.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace fsd::command_line {

// classes: of the inputs, by label. Numbers that do not exist are null.
nlohmann::ordered_json json_of(const analysis::TeacherStudy &study, const std::vector<std::string> &classes);

std::string table_of(const analysis::TeacherStudy &study, const std::vector<std::string> &classes);

}  // namespace fsd::command_line
