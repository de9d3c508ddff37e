// Bash and zsh walk the words to the verb and look it up in a `case`; fish takes a line per option.
#include "apps/fsdnet/texts/completion_scripts.h"

#include <algorithm>

namespace fsd::command_line {
namespace {

// In single quotes of a POSIX shell, or of fish, which knows the backslash there.
std::string quoted_for_shell(const std::string &text, bool fish) {
    std::string out = "'";
    for (const char letter : text) {
        if (letter == '\'') {
            out += fish ? "\\'" : "'\\''";
        } else {
            out += fish && letter == '\\' ? "\\\\" : std::string(1, letter);
        }
    }
    return out + "'";
}

std::string first_line(const std::string &text) {
    return text.substr(0, text.find('\n'));
}

// The words that may follow the verb: its verbs and the values of its arguments; or the names of its options.
std::string words_after(const DescribedVerb &verb, bool options) {
    std::vector<std::string> words;
    if (!options) {
        words = verb.verbs;
    }
    for (const DescribedOption &option : verb.options) {
        if (option.positional != options) {
            const std::vector<std::string> &more = options ? option.names : option.choices;
            words.insert(words.end(), more.begin(), more.end());
        }
    }
    return joined_words(words, " ");
}

// The `case` of both shells over "<verb> <word before>": assignments to `offered` and `options`, and to
// `value` where the word before is an option whose value it is.
std::string cases(const std::vector<DescribedVerb> &tree) {
    std::string verbs, values;
    for (const DescribedVerb &verb : tree) {
        const std::string name = joined_words(verb.words, " ");
        verbs += "        '" + name + "') offered='" + words_after(verb, false) + "' options='" +
                 words_after(verb, true) + "' ;;\n";
        for (const DescribedOption &option : verb.options) {
            if (option.positional || option.value.empty()) {
                continue;
            }
            for (const std::string &option_name : option.names) {
                values += "        '" + name + " " + option_name + "') value=1 offered='" +
                          joined_words(option.choices, " ") + "' ;;\n";
            }
        }
    }
    return "    case \"$verb\" in\n" + verbs + "    esac\n    case \"$verb $before\" in\n" + values +
           "    esac\n";
}

// The verb as far as the words before the cursor name one; `all` lists them.
std::string walk(const std::vector<DescribedVerb> &tree) {
    std::string all;
    for (const DescribedVerb &verb : tree) {
        all += (all.empty() ? "" : "|") + quoted_for_shell(joined_words(verb.words, " "), false);
    }
    return "        case \"$verb $word\" in\n            " + all +
           ") verb=\"$verb $word\" ;;\n        esac\n";
}

}  // namespace

std::string bash_completion(const std::vector<DescribedVerb> &tree) {
    return "# Completion of fsdnet in bash, written by 'fsdnet completion bash'.\n"
           "_fsdnet() {\n"
           "    local verb=fsdnet offered='' options='' value='' word current=${COMP_WORDS[COMP_CWORD]} "
           "before=${COMP_WORDS[COMP_CWORD - 1]}\n"
           "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n" +
           walk(tree) + "    done\n" + cases(tree) +
           "    [[ -z $value && $current == -* ]] && offered=$options\n"
           "    COMPREPLY=($(compgen -W \"$offered\" -- \"$current\"))\n"
           "}\n"
           "complete -o default -F _fsdnet fsdnet\n";
}

std::string zsh_completion(const std::vector<DescribedVerb> &tree) {
    return "#compdef fsdnet\n"
           "# Completion of fsdnet in zsh, written by 'fsdnet completion zsh'.\n"
           "_fsdnet() {\n"
           "    local verb=fsdnet offered='' options='' value='' word before=${words[CURRENT-1]} "
           "current=${words[CURRENT]}\n"
           "    local -a line=(\"${(@)words[2,CURRENT-1]}\")\n"
           "    for word in $line; do\n" +
           walk(tree) + "    done\n" + cases(tree) +
           "    [[ -z $value && $current == -* ]] && offered=$options\n"
           "    compadd -- ${=offered}\n"
           "    [[ $verb == fsdnet || ( -n $value && -n $offered ) ]] || _files\n"
           "}\n"
           "if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then _fsdnet \"$@\"; else compdef _fsdnet "
           "fsdnet; "
           "fi\n";
}

std::string fish_completion(const std::vector<DescribedVerb> &tree) {
    std::string out = "# Completion of fsdnet in fish, written by 'fsdnet completion fish'.\n";
    const auto line = [&](const std::string &condition, const std::string &rest, const std::string &about) {
        out += "complete -c fsdnet -n " + quoted_for_shell(condition, true) + rest + " -d " +
               quoted_for_shell(first_line(about), true) + "\n";
    };
    for (const DescribedVerb &verb : tree) {
        std::string condition;
        for (std::size_t i = 1; i < verb.words.size(); i++) {
            condition +=
                (condition.empty() ? "" : "; and ") + ("__fish_seen_subcommand_from " + verb.words[i]);
        }
        const std::string inner = joined_words(verb.verbs, " ");
        if (!inner.empty()) {
            condition += (condition.empty() ? "" : "; and ") + ("not __fish_seen_subcommand_from " + inner);
        }
        for (const DescribedVerb &next : tree) {
            if (next.words.size() == verb.words.size() + 1 &&
                std::equal(verb.words.begin(), verb.words.end(), next.words.begin())) {
                line(condition, " -f -a " + next.words.back(), next.summary);
            }
        }
        for (const DescribedOption &option : verb.options) {
            std::string rest;
            for (const std::string &name : option.names) {
                rest += option.positional ? ""
                        : name[1] == '-'  ? " -l " + name.substr(2)
                                          : " -s " + name.substr(1);
            }
            const std::string choices = joined_words(option.choices, " ");
            if (option.positional && choices.empty()) {
                continue;
            }
            rest += choices.empty() ? (option.value.empty() ? "" : " -r")
                                    : " -x -a " + quoted_for_shell(choices, true);
            line(condition.empty() ? "true" : condition, rest, option.description);
        }
    }
    return out;
}

}  // namespace fsd::command_line
