// Lists images, their classes and what was skipped.
#include "apps/fsdnet/classification_report.h"

#include "runtime/formats/printable_text.h"
#include "toolkit/sources/even_sample.h"

#include <algorithm>
#include <iomanip>
#include <sstream>

namespace fsd::command_line {
namespace {

using Json = nlohmann::ordered_json;

// Never "100.00 %" for less than certainty, nor "0.00 %" for more than nothing.
std::string percent(double probability) {
    std::ostringstream out;
    const bool nearly_one = probability < 1 && probability >= 0.99995,
               nearly_none = probability > 0 && probability < 5e-5;
    out << (nearly_one    ? ">"
            : nearly_none ? "<"
                          : "")
        << std::fixed << std::setprecision(2)
        << (nearly_one    ? 99.99
            : nearly_none ? 0.01
                          : 100 * probability)
        << " %";
    return out.str();
}

std::string ranked_text(const Ranked &ranked, const Model &model) {
    std::ostringstream out;
    out << printable_text(model.classes[ranked.label]) << ' ' << std::setw(9) << percent(ranked.probability);
    return out.str();
}

bool is_unknown(const ImageResult &image, double level) {
    return image.p_value && *image.p_value <= level;
}

std::size_t count_of_unknown(const Classification &result, double level) {
    return static_cast<std::size_t>(
        std::count_if(result.images.begin(), result.images.end(),
                      [=](const ImageResult &image) { return is_unknown(image, level); }));
}

std::size_t limited(int top, const ImageResult &image) {
    return std::min<std::size_t>(top, image.ranking.size());
}

}  // namespace

Json json_of(const Classification &result, const SourceImages &images, const Model &model, int top,
             double unknown) {
    Json list = Json::array();
    for (std::size_t i = 0; i < result.images.size(); i++) {
        const ImageResult &image = result.images[i];
        Json ranking = Json::array();
        for (std::size_t rank = 0; rank < limited(top, image); rank++) {
            ranking.push_back({{"class", model.classes[image.ranking[rank].label]},
                               {"posterior", image.ranking[rank].probability}});
        }
        Json entry = {{"file", images.names[i]},
                      {"class", model.classes[image.ranking.front().label]},
                      {"posterior", image.ranking.front().probability},
                      {"entropy_bits", image.entropy},
                      {"top", ranking}};
        if (image.p_value) {
            entry["novelty"] = *image.novelty;
            entry["p_value"] = *image.p_value;
        }
        if (unknown > 0) {
            entry["unknown"] = is_unknown(image, unknown);
        }
        if (images.labels[i] >= 0) {
            entry["label"] = model.classes[images.labels[i]];
        }
        list.push_back(entry);
    }
    Json skipped = Json::array();
    for (const auto &[file, reason] : images.skipped) {
        skipped.push_back({{"file", file}, {"reason", reason}});
    }
    Json all = {{"images", list}, {"skipped", skipped}, {"labeled", result.labeled}};
    if (unknown > 0) {
        all["unknown"] = count_of_unknown(result, unknown);
    }
    if (result.accuracy()) {
        all["accuracy"] = *result.accuracy();
    }
    return all;
}

std::string table_of(const Classification &result, const SourceImages &images, const Model &model, int top,
                     std::size_t rows, double unknown) {
    const std::vector<std::size_t> listed = evenly_spaced(result.images.size(), rows);
    std::size_t width = 5;
    for (std::size_t i : listed) {
        width = std::max(width, columns_of(printable_text(images.names[i])));
    }
    std::ostringstream out;
    out << std::left << std::setw(static_cast<int>(width) + 2) << "image"
        << "entropy      " << (result.images.front().p_value ? "p-value   " : "") << "most likely classes\n";
    for (std::size_t i : listed) {
        const ImageResult &image = result.images[i];
        const std::string name = printable_text(images.names[i]);
        out << name << std::string(width + 2 - columns_of(name), ' ') << std::right << std::fixed
            << std::setprecision(3) << image.entropy << " bit    ";
        if (image.p_value) {
            out << std::setprecision(4) << *image.p_value << "    ";
        }
        out << (is_unknown(image, unknown) ? "unknown; " : "");
        for (std::size_t rank = 0; rank < limited(top, image); rank++) {
            out << (rank ? "    " : "") << ranked_text(image.ranking[rank], model);
        }
        const bool wrong = images.labels[i] >= 0 && images.labels[i] != image.ranking.front().label;
        out << (wrong ? "    wrong: it is " + printable_text(model.classes[images.labels[i]]) : "") << '\n';
    }
    if (listed.size() < result.images.size()) {
        out << listed.size() << " of " << result.images.size()
            << " images shown (--rows N; --json has all)\n";
    }
    if (unknown > 0) {
        out << "unknown: " << count_of_unknown(result, unknown) << " of " << result.images.size()
            << " images, p <= " << std::defaultfloat << unknown << std::fixed << '\n';
    }
    if (result.accuracy()) {
        out << "accuracy: " << std::setprecision(2) << 100 * *result.accuracy() << " % (" << result.correct
            << " of " << result.labeled << " images with a known class)\n";
    }
    return out.str();
}

}  // namespace fsd::command_line
