// Cards as those of `classify`, chosen by what the network made of the images.
#include "apps/fsdnet/evaluate_pictures.h"

#include "apps/fsdnet/picture_output.h"
#include "runtime/error.h"
#include "toolkit/evaluation/telling_images.h"
#include "toolkit/pictures/confusion_picture.h"
#include "toolkit/pictures/fitted_image.h"
#include "toolkit/pictures/posterior_panel.h"

#include <iomanip>
#include <sstream>

namespace fsd::command_line {
namespace {

constexpr std::size_t most_shown = 30;
constexpr int bars = 5;

void write_cards(const std::string &path, const std::string &title, const std::vector<std::size_t> &chosen,
                 const Classification &result, const Model &model, const Dataset &data) {
    std::vector<PosteriorCard> cards;
    for (const std::size_t i : chosen) {
        PosteriorCard card;
        card.image = card.seen = picture_of(data.images, i);
        card.caption = data.names.empty() ? text("image ", i) : data.names[i];
        for (const Ranked &ranked : result.images[i].ranking) {
            card.posterior.emplace_back(model.classes[ranked.label], ranked.probability);
        }
        card.entropy = result.images[i].entropy;
        card.label = model.classes[data.labels[i]];
        cards.push_back(card);
    }
    save_picture(path, posterior_panel(title, cards, bars));
}

}  // namespace

std::vector<FileRole> EvaluationPictures::outputs() const {
    return {{"--confusion", confusion, picture_endings},
            {"--mistakes", mistakes, picture_endings},
            {"--uncertain", uncertain, picture_endings}};
}

void add_picture_options(CLI::App &verb, EvaluationPictures &pictures) {
    verb.add_option("--confusion,--picture", pictures.confusion, "Write the confusion matrix, .png or .svg")
        ->type_name("FILE");
    verb.add_option(
            "--mistakes", pictures.mistakes,
            text("Write a picture of the images that were given a wrong class, the surest mistakes first (",
                 most_shown, " at most)"))
        ->type_name("FILE");
    verb.add_option(
            "--uncertain", pictures.uncertain,
            text("Write a picture of the ", most_shown, " images with the largest entropy of the posterior"))
        ->type_name("FILE");
}

void write_pictures(const EvaluationPictures &pictures, const Model &model, const Dataset &data,
                    const Evaluation &evaluation, const Tensor &log_posterior) {
    if (!pictures.confusion.empty()) {
        std::ostringstream title;
        title << std::fixed << std::setprecision(2) << 100 * evaluation.accuracy << " % of "
              << evaluation.images << " images recognized";
        save_picture(pictures.confusion, confusion_picture(title.str(), model.classes, evaluation.confusion));
    }
    if (pictures.mistakes.empty() && pictures.uncertain.empty()) {
        return;
    }
    if (data.is_numeric()) {
        throw Error(ExitCode::usage,
                    "--mistakes and --uncertain show images, and these samples are numbers; leave them out.");
    }
    const Classification result = classify(log_posterior, data.labels);
    if (!pictures.mistakes.empty()) {
        const int wrong = result.labeled - result.correct;
        write_cards(pictures.mistakes,
                    text(wrong, " of ", result.labeled, " images given a wrong class, the surest first"),
                    surest_mistakes(result, data.labels, most_shown), result, model, data);
    }
    if (!pictures.uncertain.empty()) {
        write_cards(pictures.uncertain, text("The most uncertain of ", data.count(), " images"),
                    most_uncertain(result, most_shown), result, model, data);
    }
}

}  // namespace fsd::command_line
