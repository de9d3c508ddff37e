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
                          {"layers", layers_of(model)},
                          {"unobserved", reader.takes_unobserved()},
                          {"novelty", model.novelty.has_value()}});
}

std::string reading_json(const Reading &reading) {
    Json entropies = Json::array();
    for (const LayerEntropy &layer : reading.entropies) {
        entropies.push_back({{"layer", layer.layer}, {"entropy", layer.entropy}, {"maximum", layer.maximum}});
    }
    Json json = {{"posterior", reading.posterior}, {"entropies", entropies}};
    if (reading.novelty) {
        json["novelty"] = {{"score", reading.novelty->score}, {"p_value", reading.novelty->p_value}};
    }
    return json_document(json);
}

std::string evidence_json(const Explanation &explanation) {
    return json_document({{"label", explanation.label},
                          {"rival", explanation.rival},
                          {"log_odds", explanation.log_odds},
                          {"nats", explanation.nats}});
}

}  // namespace fsd::demo
