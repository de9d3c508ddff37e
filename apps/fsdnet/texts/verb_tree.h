// The verbs and options as data, read from what parses them: manual pages and completions are made from it.
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace fsd::command_line {

struct DescribedOption {
    std::vector<std::string> names;    // "-m", "--model"; of a positional one its name
    std::string value;                 // as --help has it: "INT in [1 - 64]=16"; empty for flags
    std::string description;           // one sentence
    std::vector<std::string> choices;  // the only values that it takes; empty: any
    bool positional = false;
};

struct DescribedVerb {
    std::vector<std::string> words;  // "fsdnet", "analyze", "moments"
    std::string summary, usage;      // usage: "fsdnet analyze moments [OPTIONS] model"
    std::string footer;              // the example
    std::vector<DescribedOption> options;
    std::vector<std::string> verbs;  // its own, by name
};

// The program first, then each verb with its own after it, in the order of --help.
std::vector<DescribedVerb> verb_tree(const CLI::App &program);

std::string joined_words(const std::vector<std::string> &words, const std::string &between);

}  // namespace fsd::command_line
