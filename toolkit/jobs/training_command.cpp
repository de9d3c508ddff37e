// Options in the order of the help; paths quoted where a shell would take them apart.
#include "toolkit/jobs/training_command.h"

#include "runtime/error.h"
#include "toolkit/training/decimal.h"

#include <algorithm>

namespace fsd {
namespace {

bool means_itself_to_a_shell(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') ||
           std::string("_./-+:,@%=").find(character) != std::string::npos;
}

// What is not as usual.
std::string learning(const TrainingOptions &recipe) {
    const TrainingOptions usual;
    std::string options;
    if (!recipe.loss.empty()) {
        options += " --loss " + recipe.loss;
    }
    if (recipe.optimizer != usual.optimizer) {
        options += " --optimizer " + recipe.optimizer;
    }
    if (recipe.momentum != usual.momentum) {
        options += " --momentum " + shortest_decimal(recipe.momentum);
    }
    if (recipe.weight_decay != usual.weight_decay) {
        options += " --weight-decay " + shortest_decimal(recipe.weight_decay);
    }
    if (recipe.patience != usual.patience) {
        options += text(" --patience ", recipe.patience);
    }
    if (recipe.parts > 1) {
        options += text(" --parts ", recipe.parts);
    }
    if (!recipe.class_weights.empty()) {
        options += " --class-weights " + recipe.class_weights;
    }
    return options;
}

std::string shell_word(const std::string &word) {
    if (!word.empty() && std::all_of(word.begin(), word.end(), means_itself_to_a_shell)) {
        return word;
    }
    std::string quoted = "'";
    for (const char character : word) {
        quoted += character == '\'' ? "'\\''" : std::string(1, character);
    }
    return quoted + "'";
}

std::string network_of(const TrainingJob &job) {
    if (!job.description.empty()) {
        return " --description " + shell_word(job.description);
    }
    std::string options = " --preset " + job.starter;
    const ImageFormat &format = job.starter_format;
    for (const auto &[name, number] :
         {std::pair("--height", format.height), std::pair("--width", format.width),
          std::pair("--colors", format.colors)}) {
        options += number == 0 ? "" : text(" ", name, " ", number);
    }
    return options;
}

}  // namespace

std::string training_command(const TrainingJob &job, int holdout) {
    const TrainingOptions &recipe = job.recipe;
    const Augmentation &augmentation = recipe.augmentation;
    return text(
        "fsdnet train --data ", shell_word(job.data),
        job.labels.empty() ? "" : " --labels " + shell_word(job.labels), network_of(job),
        job.images > 0 ? text(" --images ", job.images) : "", " --epochs ", recipe.epochs, " --seed ",
        recipe.seed, " --batch ", recipe.batch, " --rate ", shortest_decimal(recipe.rate), learning(recipe),
        " --shift ", augmentation.shift, augmentation.flip ? " --flip" : "", " --turn ",
        shortest_decimal(augmentation.turn), " --zoom ", shortest_decimal(augmentation.zoom),
        augmentation.noise > 0 ? " --noise " + shortest_decimal(augmentation.noise) : "",
        augmentation.unobserved > 0 ? " --unobserved " + shortest_decimal(augmentation.unobserved) : "",
        " --holdout ", holdout, job.refit ? " --refit" : "",
        recipe.device == "cpu" ? "" : " --device " + recipe.device);
}

}  // namespace fsd
