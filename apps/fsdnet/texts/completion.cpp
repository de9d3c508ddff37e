// `fsdnet completion`: what a shell needs to complete verbs, options and values.
#include "apps/fsdnet/texts/completion_scripts.h"
#include "apps/fsdnet/texts/text_verbs.h"
#include "apps/fsdnet/verb.h"

#include <iostream>
#include <memory>

namespace fsd::command_line {

void add_completion(CLI::App &program) {
    auto shell = std::make_shared<std::string>();
    CLI::App &verb = add_verb(program, "completion", "Print the completion of verbs and options for a shell",
                              "fsdnet completion bash > ~/.local/share/bash-completion/completions/fsdnet");
    verb.add_option("shell", *shell, "The shell")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
    verb.callback([&program, shell] {
        const std::vector<DescribedVerb> tree = verb_tree(program);
        std::cout << (*shell == "bash"  ? bash_completion(tree)
                      : *shell == "zsh" ? zsh_completion(tree)
                                        : fish_completion(tree));
    });
}

}  // namespace fsd::command_line
