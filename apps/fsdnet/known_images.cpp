// The split of a training is drawn again from its seed.
#include "apps/fsdnet/known_images.h"

#include "apps/fsdnet/labeled_data_option.h"
#include "apps/fsdnet/number_option.h"
#include "runtime/error.h"
#include "toolkit/evaluation/novelty_fit.h"
#include "toolkit/training/trainer_options.h"

namespace fsd::command_line {

CLI::Option *add_known_images(CLI::App &verb, const std::string &path, const std::string &what,
                              KnownImages &options) {
    CLI::Option *option = verb.add_option(path, options.data.path, what)->type_name("PATH");
    verb.add_option("--labels", options.data.labels,
                    "The labels of these images, where they are a .npy file: another one")
        ->type_name("FILE");
    verb.add_option("--split", options.data.split, "Which of these images")
        ->check(CLI::IsMember({"train", "test"}))
        ->capture_default_str();
    add_number(verb, "--holdout", options.holdout, at_least(1),
               "Only the N images that 'fsdnet train --holdout N' with this --seed held out (--split train)");
    add_number_with_default(verb, "--seed", options.seed, at_least<std::uint64_t>(0), "Of that training");
    return option;
}

Dataset known_images(const Model &model, const std::string &name, const KnownImages &options) {
    if (!can_have_novelty(model)) {
        throw Error(ExitCode::unsupported,
                    text("The network ", name,
                         " has no novelty: that takes classes and a layer which is normalized by Bayes' rule "
                         "or softmax."));
    }
    Dataset data = noted_load(model, options.data);
    if (options.holdout == 0) {
        return data;
    }
    TrainingOptions training;
    training.seed = options.seed;
    training.holdout = options.holdout;
    return samples_at(data, held_out(data, training));
}

}  // namespace fsd::command_line
