// `fsdnet classify`: the most likely classes of images, with their posteriors, as a table, JSON and a
// picture.
#include "apps/fsdnet/classification_report.h"
#include "apps/fsdnet/classify_explain.h"
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/expected_result_option.h"
#include "apps/fsdnet/extents_option.h"
#include "apps/fsdnet/known_images.h"
#include "apps/fsdnet/number_option.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/picture_output.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "runtime/network.h"
#include "toolkit/evaluation/novelty_fit.h"
#include "toolkit/networks/stored_network.h"
#include "toolkit/pictures/fitted_image.h"
#include "toolkit/pictures/posterior_panel.h"
#include "toolkit/sources/image_source.h"
#include "toolkit/sources/mask_file.h"
#include "toolkit/system/list_text.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

namespace fsd::command_line {
namespace {

constexpr std::size_t most_cards = 30;

struct Classify {
    std::vector<std::string> images;
    std::string model;
    std::string sheet;
    std::string picture;
    double unknown = 0;
    KnownImages known;
    std::string mask, mask_color, alpha = "white";
    Explain explain;
    ExpectedResult wanted;
    std::string device = "cpu";
    int top = 3;
    std::size_t rows = 20;
    bool json = false;
};

cv::Size cell_size(const std::string &sheet) {
    if (sheet.empty()) {
        return {};
    }
    const auto [width, height] = extents_for("--sheet", sheet, "the size of a cell, e.g. 20x20");
    return {width, height};
}

// "255,0,128": red, green, blue.
cv::Vec3b color_of(const std::string &given) {
    cv::Vec3b color;
    const std::vector<std::string> parts = split_list(given);
    bool good = parts.size() == 3;
    for (int i = 0; good && i < 3; i++) {
        const std::optional<int> value = whole_number<int>(parts[static_cast<std::size_t>(i)]);
        good = value && *value >= 0 && *value <= 255;
        if (good) {
            color[i] = static_cast<std::uint8_t>(*value);
        }
    }
    if (!good) {
        throw Error(
            ExitCode::usage,
            text("The option --mask-color takes red,green,blue, each from 0 to 255; found '", given, "'."));
    }
    return color;
}

std::vector<PosteriorCard> cards_of(const Classification &result, const SourceImages &images,
                                    const Model &model) {
    std::vector<PosteriorCard> cards;
    for (const auto &[i, original] : images.originals) {
        PosteriorCard card;
        card.image = original;
        card.seen = picture_of(images.pixels, i);
        card.caption = caption_of(images.names[i]);
        for (const Ranked &ranked : result.images[i].ranking) {
            card.posterior.emplace_back(model.classes[ranked.label], ranked.probability);
        }
        card.entropy = result.images[i].entropy;
        card.label = images.labels[i] < 0 ? "" : model.classes[images.labels[i]];
        cards.push_back(card);
    }
    return cards;
}

UnobservedPixels unobserved_of(const Classify &options) {
    UnobservedPixels pixels;
    pixels.transparent = options.alpha == "unobserved";
    if (!options.mask_color.empty()) {
        pixels.color = color_of(options.mask_color);
    }
    return pixels;
}

// --known: the novelty of images like those, under the mask that all images have.
std::optional<Novelty> fit_to_known(const StoredNetwork &network, const std::string &path,
                                    const Classify &options, const std::string &device) {
    if (options.known.data.path.empty()) {
        return std::nullopt;
    }
    if (unobserved_of(options).any()) {
        throw Error(ExitCode::usage,
                    "--known judges images whose pixels are all unobserved by one mask; --mask-color and "
                    "--alpha give each image its own.");
    }
    if (network.quantized) {
        throw Error(ExitCode::unsupported,
                    "--known needs the evidence of the layers, which a quantized network does not give; use "
                    "the model that it was made from.");
    }
    const Dataset data = known_images(network.model, path, options.known);
    Tensor mask;
    if (!options.mask.empty()) {
        mask = read_common_mask(options.mask, network.model.input, data.count());
    }
    NetworkOptions network_options;
    network_options.device = device;
    Network chain(network.model, network_options);
    return fit_novelty(chain, data.inputs(), mask.data() ? &mask : nullptr);
}

// What the network says, with the pixels that the options leave unobserved.
Classification classified(const StoredNetwork &network, const SourceImages &images, const Classify &options,
                          const std::string &device, const std::optional<Novelty> &fit) {
    const int count = shape_of(images.pixels).front();
    const Tensor mask = both_observed(
        images.mask, options.mask.empty() ? Tensor() : read_masks(options.mask, network.model.input, count));
    const Outputs outputs =
        outputs_of(network, images.pixels, device, mask.data() ? &mask : nullptr, fit ? &*fit : nullptr);
    Classification result = classify(outputs.log_posterior, images.labels);
    if (outputs.p_value.data()) {
        add_novelty(result, outputs.novelty, outputs.p_value);
    } else if (options.unknown > 0) {
        throw Error(
            mask.data() ? ExitCode::usage : ExitCode::unsupported,
            mask.data()
                ? "--unknown judges whole images by the model's own fit; where pixels are unobserved, "
                  "--known DATA makes one under the mask."
                : "--unknown needs a model that holds a fit of its novelty, which 'fsdnet calibrate' "
                  "adds, or --known DATA.");
    }
    return result;
}

std::vector<FileRole> inputs_of(const Classify &options, const std::string &model) {
    std::vector<FileRole> inputs = {{"--model", model},
                                    {"--mask", options.mask},
                                    {"--known", options.known.data.path},
                                    {"--labels", options.known.data.labels}};
    for (const std::string &path : options.images) {
        inputs.push_back({"the images", path});
    }
    return with_expected_result(std::move(inputs), options.wanted);
}

void run(const Classify &options) {
    const std::string path = chosen_model(options.model);
    check_explain(options.explain);
    if (!options.explain.output.empty() && (!options.mask.empty() || unobserved_of(options).any())) {
        throw Error(ExitCode::usage,
                    "--explain leaves pixels unobserved itself; leave out --mask, --mask-color and --alpha.");
    }
    prepare_outputs(inputs_of(options, path),
                    {{"--picture", options.picture, picture_endings},
                     {"--explain", options.explain.output, {".png", ".svg", ".npy"}}},
                    options.json);
    const std::string device = device_to_use(options.device);
    const StoredNetwork network = load_network(path);
    need_expected(network, options.wanted, device);
    const Model &model = network.model;
    if (model.classes.empty()) {
        throw Error(ExitCode::usage, text("The network ", path,
                                          " gives numbers and no classes; 'fsdnet evaluate' "
                                          "compares them with targets."));
    }
    const SourceImages images = gather_images(
        options.images, model,
        {cell_size(options.sheet), options.picture.empty() ? 0 : most_cards, unobserved_of(options)});
    std::for_each(images.notes.begin(), images.notes.end(), note);
    for (const auto &[file, reason] : images.skipped) {
        note("skipped: " + reason);
    }
    const Classification result =
        classified(network, images, options, device, fit_to_known(network, path, options, device));
    if (!options.picture.empty()) {
        if (images.originals.empty()) {
            throw Error(ExitCode::usage,
                        "--picture shows images, and these samples are numbers; leave it out.");
        }
        const std::string title =
            text(images.names.size(), images.names.size() == 1 ? " image" : " images",
                 images.names.size() > most_cards ? text(", ", most_cards, " shown") : "", ", classified by ",
                 std::filesystem::path(path).filename().string());
        save_picture(options.picture,
                     posterior_panel(title, cards_of(result, images, model), std::max(options.top, 5)));
    }
    if (!options.explain.output.empty()) {
        if (network.quantized) {
            throw Error(ExitCode::unsupported,
                        "--explain leaves pixels unobserved, which a quantized network cannot; use the model "
                        "that it was made from.");
        }
        write_explanations(options.explain, model, images, device);
    }
    if (options.json) {
        nlohmann::ordered_json json = json_of(result, images, model, options.top, options.unknown);
        json["device"] = device;
        print_json(json);
    } else {
        std::cout << table_of(result, images, model, options.top, options.rows, options.unknown);
    }
}

void add_masks(CLI::App &verb, Classify &options) {
    verb.add_option("--mask", options.mask,
                    "Pixels that were not observed: .npy of the network's extents, 0 for unobserved, one for "
                    "all images or one each; or a gray image, black for unobserved")
        ->type_name("FILE");
    verb.add_option("--mask-color", options.mask_color,
                    "Pixels of this color, red,green,blue, were not observed; images of the network's size, "
                    "or a network without preprocessing")
        ->type_name("R,G,B");
    verb.add_option("--alpha", options.alpha,
                    "What transparent pixels of an image are: white paper, or unobserved (as --mask-color)")
        ->check(CLI::IsMember({"white", "unobserved"}))
        ->capture_default_str();
}

void add_explain(CLI::App &verb, Explain &explain) {
    verb.add_option("--explain", explain.output,
                    "Write which pixels spoke for the class and against it, nats: .png or .svg, or .npy of "
                    "all images")
        ->type_name("FILE");
    add_number_with_default(verb, "--window", explain.options.window, between(1, 4096),
                            "With --explain: side of the squares that become unobserved, in pixels");
    add_number_with_default(verb, "--stride", explain.options.stride, between(1, 4096),
                            "With --explain: pixels from one square to the next, at most a side");
}

}  // namespace

void add_classify(CLI::App &program) {
    auto options = std::make_shared<Classify>();
    CLI::App &verb =
        add_verb(program, "classify", "Classify images: class, posterior, entropy; table, JSON, picture",
                 "fsdnet classify photo.jpg scans/ digits.png --top 3 --picture posteriors.png");
    verb.add_option("images", options->images,
                    "Image files, folders of images, IDX or .npy files, or a sheet of digits (OpenCV's "
                    "digits.png)")
        ->required()
        ->type_name("PATH");
    add_model_option(verb, options->model);
    add_number_with_default(verb, "--top", options->top, between(1, 8192), "Number of classes per image");
    verb.add_option("--picture", options->picture,
                    text("Write a picture of images, posterior bars and classes; of more than ", most_cards,
                         " images a sample"))
        ->type_name("FILE");
    verb.add_option("--sheet", options->sheet, "Cut every image into cells of this size, e.g. 20x20")
        ->type_name("WxH");
    add_number_with_default(verb, "--rows", options->rows, at_least<std::size_t>(0),
                            "Rows of the table at most; of more images a sample");
    add_number(verb, "--unknown", options->unknown, between(0.0, 1.0),
               "Call images unknown whose p-value is at most this, e.g. 0.01: the share of known images that "
               "will be called so at most");
    add_known_images(verb, "--known",
                     "Print p-values by images like these, which the training never saw, in place of the "
                     "model's own: with --mask, under that mask",
                     options->known);
    add_masks(verb, *options);
    add_explain(verb, options->explain);
    add_expected_result(verb, options->wanted);
    add_json_flag(verb, options->json);
    add_threads_option(verb);
    add_device_option(verb, options->device);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
