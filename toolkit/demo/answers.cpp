// Names that come from a model's file are texts, which the page shows as such.
#include "toolkit/demo/answers.h"

#include "toolkit/system/json_document.h"

namespace fsd::demo {
namespace {

using Json = nlohmann::ordered_json;

Json layers_of(const Model &model) {
    Json layers = Json::array();
    for (const Layer &layer : model.layers) {
        layers.push_back({{"op", layer.op}, {"name", layer.name}});
    }
    return layers;
}

}  // namespace

std::string network_json(const PictureReader &reader, const std::string &name) {
    const Model &model = reader.model();
    return json_document({{"model", name},
                          {"height", model.input.height},
                          {"width", model.input.width},
                          {"colors", model.input.colors},
                          {"preprocessing", model.preprocessing.kind},
                          {"classes", model.classes},
                          {"layers", layers_of(model)}});
}

std::string reading_json(const Reading &reading) {
    Json entropies = Json::array();
    for (const LayerEntropy &layer : reading.entropies) {
        entropies.push_back(
            {{"layer", layer.layer}, {"entropy", layer.entropy}, {"maximum", layer.maximum}});
    }
    return json_document({{"posterior", reading.posterior}, {"entropies", entropies}});
}

}  // namespace fsd::demo
