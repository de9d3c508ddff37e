// Asks CLI11, in whose words --help is written.
#include "apps/fsdnet/texts/verb_tree.h"

#include <algorithm>

namespace fsd::command_line {
namespace {

std::string without_edges(const std::string &text) {
    const std::size_t first = text.find_first_not_of(" \n");
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \n") + 1 - first);
}

// "TEXT:{cpu,cuda}" -> cpu, cuda.
std::vector<std::string> choices_in(const std::string &type) {
    const std::size_t open = type.find('{'), close = type.find('}');
    if (open == std::string::npos || close == std::string::npos) {
        return {};
    }
    return CLI::detail::split(type.substr(open + 1, close - open - 1), ',');
}

std::vector<std::string> names_of(const CLI::Option &option) {
    if (option.get_positional() && !option.nonpositional()) {
        return {option.get_name(true)};
    }
    std::vector<std::string> names;
    for (const std::string &name : option.get_snames()) {
        names.push_back("-" + name);
    }
    for (const std::string &name : option.get_lnames()) {
        names.push_back("--" + name);
    }
    return names;
}

DescribedOption described(const CLI::Option &option) {
    DescribedOption out;
    out.names = names_of(option);
    out.value = without_edges(CLI::Formatter().make_option_opts(&option));
    out.description = without_edges(option.get_description());
    out.choices = choices_in(option.get_type_name());
    out.positional = !option.nonpositional();
    return out;
}

void add_with_inner(const CLI::App &verb, std::vector<std::string> words, std::vector<DescribedVerb> &tree) {
    words.push_back(verb.get_name());
    DescribedVerb out;
    out.words = words;
    out.summary = without_edges(verb.get_description());
    const std::string usage = without_edges(CLI::Formatter().make_usage(&verb, joined_words(words, " ")));
    out.usage = usage.substr(usage.find(' ') + 1);
    out.footer = without_edges(verb.get_footer());
    for (const CLI::Option *option : verb.get_options()) {
        out.options.push_back(described(*option));
    }
    const std::vector<const CLI::App *> inner = verb.get_subcommands([](const CLI::App *) { return true; });
    for (const CLI::App *next : inner) {
        out.verbs.push_back(next->get_name());
    }
    tree.push_back(std::move(out));
    for (const CLI::App *next : inner) {
        add_with_inner(*next, words, tree);
    }
}

}  // namespace

std::vector<DescribedVerb> verb_tree(const CLI::App &program) {
    std::vector<DescribedVerb> tree;
    add_with_inner(program, {}, tree);
    return tree;
}

std::string joined_words(const std::vector<std::string> &words, const std::string &between) {
    return CLI::detail::join(words, between);
}

}  // namespace fsd::command_line
