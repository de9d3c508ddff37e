// The options of `train` and `new` that choose a starter network.
#include "apps/fsdnet/starter_options.h"

#include "apps/fsdnet/number_option.h"
#include "toolkit/starters/starter_network.h"
#include "toolkit/system/list_text.h"

namespace fsd::command_line {
namespace {

// CLI11 wants the sentence in place of an exception.
std::string known_size(const std::string &name) {
    try {
        need_starter_size(name);
    } catch (const Error &error) {
        return error.what();
    }
    return "";
}

}  // namespace

void add_starter_options(CLI::App &verb, std::string &size, ImageFormat &format, CLI::Option *description) {
    CLI::Option *preset =
        verb.add_option("--preset", size, "Size of the starter network")
            ->check(CLI::Validator(known_size, "{" + joined_list(starter_sizes(), ",") + "}"))
            ->capture_default_str();
    if (description) {
        preset->excludes(description);
    }
    const auto add = [&](const char *name, int &number, const char *help) {
        CLI::Option &option = add_number(verb, name, number, between(1, 4096), help);
        if (description) {
            option.excludes(description);
        }
    };
    add("--height", format.height, "Height of the starter network's images, pixels [what the data hold]");
    add("--width", format.width, "Width of the starter network's images, pixels [what the data hold]");
    add("--colors", format.colors,
        "Colors of the starter network's images: 1 (gray) or 3 [what the data hold]");
}

}  // namespace fsd::command_line
