// Explains image by image.
#include "apps/fsdnet/classify_explain.h"

#include "apps/fsdnet/picture_output.h"
#include "apps/fsdnet/verb.h"
#include "runtime/error.h"
#include "runtime/formats/decimal.h"
#include "runtime/formats/output_file.h"
#include "toolkit/npy/npy.h"
#include "toolkit/pictures/explanation_picture.h"
#include "toolkit/pictures/fitted_image.h"
#include "toolkit/sources/even_sample.h"
#include "toolkit/system/file_roles.h"
#include "toolkit/system/progress.h"

#include <algorithm>

namespace fsd::command_line {
namespace {

constexpr std::size_t most_explained = 12;

bool is_array(const std::string &path) {
    return ending_of(path) == ".npy";
}

ExplanationCard card_of(const Explanation &explanation, const Model &model, const SourceImages &images,
                        std::size_t sample) {
    const auto name = [&](int label) { return model.classes[static_cast<std::size_t>(label)]; };
    return {picture_of(images.pixels, sample), caption_of(images.names[sample]),
            text(name(explanation.label), " rather than ", name(explanation.rival), ": ",
                 fixed_decimal(explanation.log_odds, 2), " nats"),
            explanation.nats};
}

}  // namespace

void check_explain(const Explain &explain) {
    const std::string ending = ending_of(explain.output);
    if (!explain.output.empty() && ending != ".npy" && ending != ".png" && ending != ".svg") {
        throw Error(ExitCode::usage,
                    text("--explain writes a picture, .png or .svg, or an array, .npy; found '",
                         explain.output, "'."));
    }
}

void write_explanations(const Explain &explain, const Model &model, const SourceImages &images,
                        const std::string &device) {
    if (images.pixels.type() != halide_type_of<std::uint8_t>()) {
        throw Error(ExitCode::usage,
                    "--explain is about the pixels of images, and these samples are numbers.");
    }
    NetworkOptions network_options;
    network_options.device = device;
    Network network(model, network_options);
    const std::size_t count = images.names.size();
    const std::vector<std::size_t> explained =
        evenly_spaced(count, is_array(explain.output) ? count : most_explained);
    std::vector<ExplanationCard> cards;
    const Input &input = model.input;
    Tensor nats = make_tensor<float>({static_cast<int>(explained.size()), input.height, input.width});
    auto *to = static_cast<float *>(nats.data());
    Progress progress("explains images", explained.size());
    for (const std::size_t sample : explained) {
        progress.advance();
        const Explanation explanation =
            fsd::explain(network, images.pixels, static_cast<int>(sample), explain.options);
        to = std::transform(explanation.nats.begin(), explanation.nats.end(), to,
                            [](double number) { return static_cast<float>(number); });
        cards.push_back(card_of(explanation, model, images, sample));
    }
    if (is_array(explain.output)) {
        write_file(explain.output, npy_bytes(nats, shape_of(nats)));
        return;
    }
    if (explained.size() < count) {
        note(text("--explain shows ", explained.size(), " of ", count, " images; .npy has all."));
    }
    save_picture(explain.output, explanation_picture("What each pixel said for the class", cards));
}

}  // namespace fsd::command_line
