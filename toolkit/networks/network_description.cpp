// Its input and result, and its layers one by one.
#include "toolkit/networks/network_description.h"

#include "toolkit/evaluation/layer_information.h"
#include "toolkit/networks/layers/layer_description.h"

namespace fsd {

nlohmann::ordered_json describe_network(const Model &model) {
    const std::vector<Shape> shapes = activation_shapes(model);
    nlohmann::ordered_json layers = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < model.layers.size(); i++) {
        layers.push_back(layer_description(model, model.layers[i], shapes[i + 1]));
    }
    return {{"input",
             {{"kind", to_string(model.input.kind)},
              {"height", model.input.height},
              {"width", model.input.width},
              {"colors", model.input.colors}}},
            {"classes", model.classes},
            {"numbers", shapes.back().back()},
            {"preprocessing", model.preprocessing.kind},
            {"notes", model.notes},
            {"parameters", model.parameter_count()},
            {"layers", layers}};
}

void add_information(nlohmann::ordered_json &description, const Model &model, const Dataset &data,
                     const std::string &device) {
    description["data"] = {{"source", data.source}, {"images", data.count()}, {"device", device}};
    for (const auto &[layer, found] : information_of(model, data.inputs(), device)) {
        nlohmann::ordered_json &entry = description["layers"][layer];
        entry["information"] = found.information;
        entry["marginal_entropy"] = found.marginal_entropy;
        entry["posterior_entropy"] = found.posterior_entropy;
        entry["entropy_maximum"] = found.maximum;
    }
}

}  // namespace fsd
