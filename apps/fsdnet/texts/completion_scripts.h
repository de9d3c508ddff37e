// Scripts that complete the command line in bash, zsh and fish: verbs, options, the values of options that
// take only some, else files.
#pragma once

#include "apps/fsdnet/texts/verb_tree.h"

#include <string>
#include <vector>

namespace fsd::command_line {

std::string bash_completion(const std::vector<DescribedVerb> &tree);
std::string zsh_completion(const std::vector<DescribedVerb> &tree);
std::string fish_completion(const std::vector<DescribedVerb> &tree);

}  // namespace fsd::command_line
