// `fsdnet manual`: the manual pages, made from what --help says.
#include "apps/fsdnet/texts/text_verbs.h"
#include "apps/fsdnet/texts/verb_tree.h"
#include "apps/fsdnet/verb.h"
#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "runtime/formats/printable_text.h"

#include <algorithm>
#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

// Text of a page: what would be a command or an escape of roff is none.
std::string roff(const std::string &plain) {
    std::string out;
    for (const char letter : plain) {
        if (out.empty() || out.back() == '\n') {
            out += letter == '.' || letter == '\'' ? "\\&" : "";
        }
        out += letter == '\\' ? "\\e" : letter == '-' ? "\\-" : std::string(1, letter);
    }
    return out;
}

std::string option_entry(const DescribedOption &option) {
    return ".TP\n\\fB" + roff(joined_words(option.names, ", ")) + "\\fR" +
           (option.value.empty() ? "" : " " + roff(option.value)) + "\n" + roff(option.description) + "\n";
}

std::string option_entries(const DescribedVerb &verb, bool positional, const std::string &heading) {
    std::string out;
    for (const DescribedOption &option : verb.options) {
        if (option.positional == positional) {
            out += option_entry(option);
        }
    }
    return out.empty() ? "" : ".SH " + heading + "\n" + out;
}

const DescribedVerb &verb_called(const std::vector<DescribedVerb> &tree,
                                 const std::vector<std::string> &words) {
    const auto found = std::find_if(tree.begin(), tree.end(),
                                    [&](const DescribedVerb &verb) { return verb.words == words; });
    if (found == tree.end()) {
        throw Error(ExitCode::usage,
                    text("'", printable_text(joined_words(words, " ")),
                         "' is no verb that has a manual page; 'fsdnet --help' lists them."));
    }
    return *found;
}

std::string inner_verbs(const DescribedVerb &verb, const std::vector<DescribedVerb> &tree) {
    std::string out;
    for (const std::string &name : verb.verbs) {
        std::vector<std::string> words = verb.words;
        words.push_back(name);
        const DescribedVerb &inner = verb_called(tree, words);
        out += ".TP\n\\fB" + roff(joined_words(words, "-")) + "\\fR(1)\n" + roff(inner.summary) + "\n";
    }
    return out.empty() ? "" : ".SH VERBS\n" + out;
}

// "Example:" begins the example, which stands as it was typed; the program's footer is a paragraph.
std::string ending(const DescribedVerb &verb) {
    const std::string heading = "Example:\n";
    if (verb.footer.compare(0, heading.size(), heading) == 0) {
        return ".SH EXAMPLE\n.nf\n" + roff(verb.footer.substr(heading.size())) + "\n.fi\n";
    }
    return verb.footer.empty() ? "" : ".SH NOTES\n" + roff(verb.footer) + "\n";
}

std::string manual_page(const DescribedVerb &verb, const std::vector<DescribedVerb> &tree) {
    const std::string name = joined_words(verb.words, "-");
    std::string title = name;
    std::transform(title.begin(), title.end(), title.begin(),
                   [](char letter) { return letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter; });
    std::string summary = verb.summary;  // one line, as what indexes pages reads it
    std::replace(summary.begin(), summary.end(), '\n', ' ');
    // No date: two builds give the same bytes.
    return ".TH \"" + roff(title) + "\" 1 \"\" \"fsdnet " FSDNET_VERSION "\" \"fsdnet\"\n.SH NAME\n" +
           roff(name) + " \\- " + roff(summary) + "\n.SH SYNOPSIS\n" + roff(verb.usage) + "\n" +
           inner_verbs(verb, tree) + option_entries(verb, true, "ARGUMENTS") +
           option_entries(verb, false, "OPTIONS") + ending(verb) +
           (verb.words.size() > 1 ? ".SH SEE ALSO\n\\fBfsdnet\\fR(1)\n" : "");
}

struct Manual {
    std::vector<std::string> verb;
    std::string folder;
};

void write_manual(const CLI::App &program, const Manual &options) {
    const std::vector<DescribedVerb> tree = verb_tree(program);
    if (options.folder.empty()) {
        std::vector<std::string> words = {program.get_name()};
        words.insert(words.end(), options.verb.begin(), options.verb.end());
        std::cout << manual_page(verb_called(tree, words), tree);
        return;
    }
    std::vector<OutputFile> pages;
    for (const DescribedVerb &verb : tree) {
        pages.push_back(
            {options.folder + "/" + joined_words(verb.words, "-") + ".1", manual_page(verb, tree)});
    }
    write_files(pages);
}

}  // namespace

void add_manual(CLI::App &program) {
    auto options = std::make_shared<Manual>();
    CLI::App &verb = add_verb(program, "manual", "Print the manual page of a verb, or write all of them",
                              "fsdnet manual analyze moments | man -l -");
    CLI::Option *const words =
        verb.add_option("verb", options->verb, "The verb's words (default: none, the program's own page)");
    verb.add_option("--folder", options->folder, "Write every page into this folder: fsdnet.1, fsdnet-VERB.1")
        ->check(CLI::ExistingDirectory)
        ->excludes(words);
    verb.callback([&program, options] { write_manual(program, *options); });
}

}  // namespace fsd::command_line
