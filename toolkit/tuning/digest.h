// Tells whether a measurement still speaks of the sources that it was made with.
#pragma once

#include <string>

namespace fsd::tuning {

// 16 hexadecimal digits that change with the text of generators/<op>.cpp, schedules/<schedules>/<op>.cpp and
// of all files of the project that they include. Comments, white space and the files' names have no part in
// them: a file may move. Throws Error(unsupported) where a source is missing.
std::string source_digest(const std::string &source_folder, const std::string &op,
                          const std::string &schedules);

// The text without comments, and with white space only where it parts two words. Literals stay as they are.
std::string without_comments(const std::string &text);

}  // namespace fsd::tuning
