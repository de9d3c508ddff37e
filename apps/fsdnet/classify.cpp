// `fsdnet classify`: the most likely classes of images, with their posteriors, as a table, JSON and a
// picture.
#include "apps/fsdnet/classification_report.h"
#include "apps/fsdnet/default_model.h"
#include "apps/fsdnet/number_option.h"
#include "apps/fsdnet/outputs.h"
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/error.h"
#include "runtime/network.h"
#include "toolkit/networks/stored_network.h"
#include "toolkit/pictures/canvas.h"
#include "toolkit/pictures/posterior_panel.h"
#include "toolkit/sources/image_source.h"

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
    std::string device = "cpu";
    int top = 3;
    std::size_t rows = 20;
    bool json = false;
};

cv::Size cell_size(const std::string &sheet) {
    if (sheet.empty()) {
        return {};
    }
    const std::size_t by = std::min(sheet.find('x'), sheet.size() - 1);
    const std::optional<int> width = whole_number<int>(sheet.substr(0, by)),
                             height = whole_number<int>(sheet.substr(by + 1));
    if (width.value_or(0) < 1 || height.value_or(0) < 1) {
        throw Error(ExitCode::usage,
                    text("The option --sheet takes the size of a cell, e.g. 20x20; found '", sheet, "'."));
    }
    return {*width, *height};
}

cv::Mat as_picture(const Tensor &pixels, std::size_t sample) {
    const Shape shape = shape_of(pixels);
    auto *bytes = static_cast<std::uint8_t *>(const_cast<void *>(pixels.data())) +
                  sample * shape[1] * shape[2] * shape[3];
    cv::Mat image = cv::Mat(shape[1], shape[2], shape[3] == 3 ? CV_8UC3 : CV_8UC1, bytes).clone();
    if (shape[3] == 3) {
        std::vector<cv::Mat> planes;
        cv::split(image, planes);
        std::swap(planes[0], planes[2]);
        cv::merge(planes, image);
    }
    return image;
}

std::vector<PosteriorCard> cards_of(const Classification &result, const SourceImages &images,
                                    const Model &model) {
    std::vector<PosteriorCard> cards;
    for (const auto &[i, original] : images.originals) {
        PosteriorCard card;
        card.image = original;
        card.seen = as_picture(images.pixels, i);
        card.caption = std::filesystem::path(images.names[i]).filename().string();
        for (const Ranked &ranked : result.images[i].ranking) {
            card.posterior.emplace_back(model.classes[ranked.label], ranked.probability);
        }
        card.entropy = result.images[i].entropy;
        card.label = images.labels[i] < 0 ? "" : model.classes[images.labels[i]];
        cards.push_back(card);
    }
    return cards;
}

std::vector<FileRole> inputs_of(const Classify &options, const std::string &model) {
    std::vector<FileRole> inputs = {{"--model", model}};
    for (const std::string &path : options.images) {
        inputs.push_back({"the images", path});
    }
    return inputs;
}

void run(const Classify &options) {
    const std::string path = chosen_model(options.model);
    prepare_outputs(inputs_of(options, path), {{"--picture", options.picture}}, options.json);
    const std::string device = device_to_use(options.device);
    const StoredNetwork network = load_network(path);
    const Model &model = network.model;
    if (model.classes.empty()) {
        throw Error(ExitCode::usage, text("The network ", path,
                                          " gives numbers and no classes; 'fsdnet evaluate' "
                                          "compares them with targets."));
    }
    const SourceImages images = gather_images(
        options.images, model, {cell_size(options.sheet), options.picture.empty() ? 0 : most_cards});
    std::for_each(images.notes.begin(), images.notes.end(), note);
    for (const auto &[file, reason] : images.skipped) {
        note("skipped: " + reason);
    }
    const Classification result = classify(log_posteriors(network, images.pixels, device), images.labels);
    if (!options.picture.empty()) {
        if (images.originals.empty()) {
            throw Error(ExitCode::usage,
                        "--picture shows images, and these samples are numbers; leave it out.");
        }
        const std::string title =
            text(images.names.size(), images.names.size() == 1 ? " image" : " images",
                 images.names.size() > most_cards ? text(", ", most_cards, " shown") : "", ", classified by ",
                 std::filesystem::path(path).filename().string());
        write_png(options.picture,
                  posterior_panel(title, cards_of(result, images, model), std::max(options.top, 5)));
    }
    if (options.json) {
        nlohmann::ordered_json json = json_of(result, images, model, options.top);
        json["device"] = device;
        print_json(json);
    } else {
        std::cout << table_of(result, images, model, options.top, options.rows);
    }
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
                    text("Write a PNG with images, posterior bars and classes; of more than ", most_cards,
                         " images a sample"))
        ->type_name("FILE");
    verb.add_option("--sheet", options->sheet, "Cut every image into cells of this size, e.g. 20x20")
        ->type_name("WxH");
    add_number_with_default(verb, "--rows", options->rows, at_least<std::size_t>(0),
                            "Rows of the table at most; of more images a sample");
    add_json_flag(verb, options->json);
    add_threads_option(verb);
    add_device_option(verb, options->device);
    verb.callback([options] { run(*options); });
}

}  // namespace fsd::command_line
