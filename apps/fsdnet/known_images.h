// Images that a network knows though its training never saw them: what a novelty is fitted to.
#pragma once

#include "toolkit/sources/labeled_data.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>

namespace fsd::command_line {

struct KnownImages {
    DataOptions data;  // no path: none were named
    int holdout = 0;   // only those that a training with the same options held out; 0: all
    std::uint64_t seed = 0;
};

// The option `path`, e.g. "-d,--data", with --labels, --split, --holdout and --seed. `what` says what the
// images are for. The options must live as long as the verb.
CLI::Option *add_known_images(CLI::App &verb, const std::string &path, const std::string &what,
                              KnownImages &options);

// All images that were asked for, or those that were held out. Throws Error(unsupported) where the network,
// which is called `name`, can have no novelty.
Dataset known_images(const Model &model, const std::string &name, const KnownImages &options);

}  // namespace fsd::command_line
