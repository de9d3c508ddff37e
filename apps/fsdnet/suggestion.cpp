// Looks among the names of verbs and options of what was parsed last.
#include "apps/fsdnet/suggestion.h"

#include "runtime/error.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/system/closest_name.h"

namespace fsd::command_line {
namespace {

const CLI::App &verb_reached(const CLI::App &program) {
    const CLI::App *verb = &program;
    while (!verb->get_subcommands().empty()) {
        verb = verb->get_subcommands().back();
    }
    return *verb;
}

std::vector<std::string> options_of(const CLI::App &verb) {
    std::vector<std::string> names;
    for (const CLI::Option *option : verb.get_options()) {
        for (const std::string &name : option->get_lnames()) {
            names.push_back("--" + name);
        }
    }
    return names;
}

std::vector<std::string> verbs_of(const CLI::App &verb) {
    std::vector<std::string> names;
    for (const CLI::App *inner : verb.get_subcommands([](const CLI::App *) { return true; })) {
        names.push_back(inner->get_name());
    }
    return names;
}

std::string full_name(const CLI::App &verb) {
    const CLI::App *parent = verb.get_parent();
    return (parent ? full_name(*parent) + " " : "") + verb.get_name();
}

}  // namespace

std::string unknown_word(const CLI::App &program) {
    const std::vector<std::string> unknown = program.remaining(true);
    const CLI::App &verb = verb_reached(program);
    for (const std::string &word : unknown) {
        const std::string typed = word.substr(0, word.find('='));
        const bool option = typed.compare(0, 2, "--") == 0;
        const std::vector<std::string> names = option ? options_of(verb) : verbs_of(verb);
        if (typed == "--" || (!option && names.empty())) {
            continue;
        }
        const std::string meant = closest_name(typed, names);
        return printable_text(text("'", typed, "' is no ", option ? "option" : "verb", " of '",
                                   full_name(verb), "'",
                                   meant.empty() ? "" : "; did you mean '" + meant + "'?"));
    }
    return "";
}

}  // namespace fsd::command_line
