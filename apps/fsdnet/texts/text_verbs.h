// The verbs that say what the program's other verbs are: to people and to shells.
#pragma once

namespace CLI {
class App;
}

namespace fsd::command_line {

void add_completion(CLI::App &program);  // what a shell needs to complete a line
void add_manual(CLI::App &program);      // the manual pages

}  // namespace fsd::command_line
