// In the order of the help.
#include "apps/fsdnet/recipe_options.h"

#include "apps/fsdnet/number_option.h"
#include "toolkit/training/losses/loss_kind.h"
#include "toolkit/training/optimizers/optimizer_kind.h"

namespace fsd::command_line {
namespace {

void add_augmentation(CLI::App &verb, Augmentation &augmentation) {
    add_number_with_default(verb, "--shift", augmentation.shift, between(0, 1024),
                            "Show images moved by up to this many pixels along each axis, at random");
    verb.add_flag("--flip", augmentation.flip, "Show every second image mirrored, at random");
    add_number_with_default(verb, "--turn", augmentation.turn, between(0.0, 180.0),
                            "Show images turned by up to this many degrees, at random");
    add_number_with_default(verb, "--zoom", augmentation.zoom, between(0.0, 0.9),
                            "Show images scaled by up to this share, at random: 0.1 for 0.9 to 1.1");
    add_number_with_default(
        verb, "--noise", augmentation.noise, between(0.0, 255.0),
        "Show images with normal noise on each pixel, of a standard deviation of up to this "
        "much of 255, at random");
    add_number_with_default(
        verb, "--unobserved", augmentation.unobserved, between(0.0, 1.0),
        "Of each image shown, take a rectangle at random as not observed, with sides of up "
        "to this share of the image's");
}

}  // namespace

void add_recipe_options(CLI::App &verb, TrainingOptions &recipe) {
    add_number_with_default(verb, "--seed", recipe.seed, at_least<std::uint64_t>(0),
                            "Of all random numbers; the same seed gives the same weights, bit for bit");
    add_number_with_default(verb, "--batch", recipe.batch, between(1, 65536),
                            "Images per step; left-over images differ from epoch to epoch");
    add_number_with_default(verb, "--rate", recipe.rate, above_zero(),
                            "The optimizer's rate at the beginning; falls as a cosine to 0.5 % of it");
    verb.add_option("--optimizer", recipe.optimizer,
                    "How parameters follow the gradient: " + optimizer_names())
        ->capture_default_str();
    add_number_with_default(verb, "--momentum", recipe.momentum, between(0.0, 0.9999),
                            "Of sgd: what is left of the velocity after each step");
    add_number_with_default(verb, "--weight-decay", recipe.weight_decay, at_least(0.0),
                            "Before each step, weights lose this much times the rate of themselves");
    verb.add_option("--loss", recipe.loss,
                    "What is minimized: " + loss_names() + " [what suits the network's end]");
    add_augmentation(verb, recipe.augmentation);
}

}  // namespace fsd::command_line
