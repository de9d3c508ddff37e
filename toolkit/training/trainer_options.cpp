// Refuses what makes no sense before any work.
#include "toolkit/training/trainer_options.h"

#include "runtime/device.h"
#include "runtime/error.h"
#include "runtime/formats/json_text.h"
#include "runtime/models/activations.h"
#include "runtime/models/model_check.h"
#include "runtime/planning/planner.h"
#include "toolkit/training/random.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

namespace fsd {
namespace {

void check_warps(const Augmentation &augmentation) {
    const double turn = augmentation.turn, zoom = augmentation.zoom;
    if (!(augmentation.unobserved >= 0 && augmentation.unobserved <= 1)) {
        throw Error(ExitCode::usage,
                    text("Of an image, a rectangle of 0 to 1 of its sides can be unobserved; "
                         "found ",
                         augmentation.unobserved, "."));
    }
    if (!(augmentation.noise >= 0 && augmentation.noise <= 255)) {
        throw Error(ExitCode::usage, text("Noise on images has a standard deviation of 0 to 255; found ",
                                          augmentation.noise, "."));
    }
    if (!(turn >= 0 && turn <= 180 && zoom >= 0 && zoom < 1)) {
        throw Error(
            ExitCode::usage,
            text("Images can be turned by 0 to 180 degrees and scaled by 0 up to below 1; found turn ", turn,
                 " and zoom ", zoom, "."));
    }
}

void check_augmentation(const Augmentation &augmentation, const Dataset &dataset) {
    check_warps(augmentation);
    if (dataset.is_numeric() && !augmentation.none()) {
        throw Error(ExitCode::usage,
                    text("Only images can be shifted, flipped, turned, zoomed, noisy and partly unobserved; ",
                         dataset.source, " holds numbers."));
    }
}

void check_decay(const TrainingOptions &options) {
    if (!(options.momentum >= 0 && options.momentum < 1 && options.weight_decay >= 0 &&
          options.weight_decay * options.rate < 1)) {
        throw Error(ExitCode::usage,
                    text("The momentum must be 0 or more and below 1, the weight decay 0 or more and its "
                         "product with the rate below 1; found momentum ",
                         options.momentum, ", weight decay ", options.weight_decay, ", rate ", options.rate,
                         "."));
    }
}

int checked_parts(const TrainingOptions &options, int processes) {
    const int parts = options.parts == 0 ? processes : options.parts;
    if (parts < processes || parts > options.batch) {
        throw Error(ExitCode::usage,
                    text("A batch can be split into as many parts as there are processes, ", processes,
                         ", up to one for each of its ", options.batch, " samples; found ", parts,
                         " parts. Ask for other --parts, a larger batch or fewer processes."));
    }
    return parts;
}

void check_floats(const Input &input, const Dataset &dataset) {
    if (!dataset.is_numeric()) {
        if (!input.takes_bytes()) {
            throw Error(ExitCode::bad_input, text("The network takes vectors of ", input.colors, " numbers; ",
                                                  dataset.source, " holds images."));
        }
        return;
    }
    const auto *numbers = static_cast<const float *>(dataset.features.data());
    const auto *const end = numbers + dataset.features.number_of_elements();
    const auto *const odd = std::find_if(numbers, end, [](float p) { return !(p >= 0 && p <= 1); });
    if (input.kind == InputKind::bernoulli && odd != end) {
        throw Error(ExitCode::bad_input,
                    text("The network takes probabilities, 0 to 1; ", dataset.source, " holds ", *odd,
                         ". Describe its input as real numbers, or scale the data."));
    }
}

void check_shapes(const Input &input, const Dataset &dataset) {
    const Shape shape = shape_of(dataset.inputs());
    if (Shape{shape[1], shape[2], shape[3]} != Shape{input.height, input.width, input.colors}) {
        throw Error(ExitCode::bad_input,
                    text("The network takes ", dataset.is_numeric() ? "maps" : "images", " of ", input.height,
                         " x ", input.width, dataset.is_numeric() ? " sites with " : " pixels with ",
                         input.colors, dataset.is_numeric() ? " numbers; " : " colors; ", dataset.source,
                         " has ", shape[1], " x ", shape[2], " with ", shape[3], "."));
    }
}

// A model file holds UTF-8; found here and not when it is written.
void check_names(const Dataset &dataset) {
    for (const std::string &name : dataset.classes) {
        if (name.empty() || first_invalid_utf8(name) != std::string::npos) {
            throw Error(ExitCode::bad_input, text("The class '", name, "' of ", dataset.source,
                                                  " has a name that is no UTF-8 text; rename its folder."));
        }
    }
}

// As many as there are classes or targets; where numbers have sites or groups, check_end() says what is
// wrong.
void check_numbers(const Dataset &dataset, const Shape &end) {
    const auto wanted = static_cast<int>(element_count(end));
    const int given =
        dataset.is_regression() ? shape_of(dataset.targets)[1] : static_cast<int>(dataset.classes.size());
    if (wanted != given && wanted == end.back()) {
        throw Error(
            ExitCode::bad_input,
            text("The description's network gives ", wanted, " numbers; ", dataset.source, " has ", given,
                 dataset.is_regression() ? " targets" : " classes", ". Give its last layer with numbers ",
                 given,
                 " states or channels, or leave the description out: then a network is made that fits."));
    }
}

}  // namespace

TrainingOptions checked_options(TrainingOptions options, const Dataset &dataset, int processes) {
    check_augmentation(options.augmentation, dataset);
    check_decay(options);
    const Shape shape = shape_of(dataset.inputs());
    const int side = std::min(shape[1], shape[2]);
    if (options.epochs < 1 || options.batch < 1 || !(options.rate > 0) || !std::isfinite(options.rate) ||
        options.augmentation.shift < 0 || options.augmentation.shift >= side || options.holdout < 0) {
        throw Error(ExitCode::usage,
                    text("Training needs at least one epoch, a batch of at least one sample, a rate above 0, "
                         "a shift of 0 to ",
                         side - 1, " pixels and no negative hold-out; found ", options.epochs,
                         " epochs, batch ", options.batch, ", rate ", options.rate, ", shift ",
                         options.augmentation.shift, ", hold-out ", options.holdout, "."));
    }
    if (options.patience < 0 || (options.patience > 0 && options.holdout == 0)) {
        throw Error(
            ExitCode::usage,
            text("To stop early, training needs a patience of at least one epoch and held-out samples "
                 "to judge by; found patience ",
                 options.patience, ", hold-out ", options.holdout, "."));
    }
    options.parts = checked_parts(options, processes);
    options.device = chosen_device(options.device);
    return options;
}

Model fitted_description(Model description, const Dataset &dataset, const Augmentation &augmentation) {
    if (augmentation.unobserved > 0 && !has_unobserved_form(description)) {
        throw Error(ExitCode::usage,
                    "Only pixels that are Bernoulli states in front of a KLD layer can be unobserved; this "
                    "network reads something else.");
    }
    check_shapes(description.input, dataset);
    check_floats(description.input, dataset);
    const ActivationType end = activations(description).back();
    if (end.kind == ActivationKind::log_probability) {
        need_classes(dataset);
        check_names(dataset);
        check_numbers(dataset, end.shape);
        if (!description.classes.empty() && description.classes != dataset.classes) {
            throw Error(ExitCode::bad_input, text("The network's description names other classes than ",
                                                  dataset.source, "; leave them out of the description."));
        }
        description.classes = dataset.classes;
    } else if (end.kind == ActivationKind::real) {
        check_numbers(dataset, end.shape);
    }
    check_end(description, end);
    expected_tensors(description);  // refuses layers without names of their own, which no model file can hold
    return description;
}

std::vector<int> held_out(const Dataset &dataset, const TrainingOptions &options) {
    std::vector<int> samples(dataset.count());
    std::iota(samples.begin(), samples.end(), 0);
    Random(options.seed, Stream::holdout).shuffle(samples);
    samples.resize(std::min<std::size_t>(samples.size(), options.holdout));
    std::sort(samples.begin(), samples.end());
    return samples;
}

std::vector<int> all_but(const std::vector<int> &holdout, const Dataset &dataset) {
    std::vector<int> all(dataset.count()), others;
    std::iota(all.begin(), all.end(), 0);
    std::set_difference(all.begin(), all.end(), holdout.begin(), holdout.end(), std::back_inserter(others));
    return others;
}

}  // namespace fsd
