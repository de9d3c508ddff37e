// The KLD kinds but for their windows (docs/math.md, 2.1).
#include "runtime/layers/kld.h"

#include "runtime/layers/kld_parameters.h"
#include "runtime/layers/window.h"
#include "runtime/models/model_limits.h"

namespace fsd::layers {
namespace {

Shape filters(const Layer &layer, const Shape &input) {
    const bool whole_map = !layer_kind(layer.op).has_attribute("window_y");
    return {whole_map ? input[0] : layer.attribute("window_y"),
            whole_map ? input[1] : layer.attribute("window_x"), input[2], input[3],
            layer.attribute("groups") * layer.attribute("states")};
}

Shape prior(const Layer &layer, const Shape &) {
    return {layer.attribute("groups"), layer.attribute("states")};
}

Shape one(const Layer &, const Shape &) {
    return {1};
}

Shape derive(const LayerPlace &place) {
    const int groups = place.attribute("groups", 1, most_extent);
    // A group with one state carries no information: its posterior is 1 whatever is observed.
    const int states = place.attribute("states", 2, most_extent);
    if (!layer_kind(place.layer.op).has_attribute("window_y")) {
        return {1, 1, groups, states};
    }
    const Positions positions = window_positions_of(place);
    return {positions.y, positions.x, groups, states};
}

}  // namespace

LayerKind kld(const std::string &name, std::vector<AttributeRule> window) {
    LayerKind kind;
    kind.name = name;
    kind.takes_gives = {{ActivationKind::probability, ActivationKind::log_evidence}};
    kind.attributes = std::move(window);
    kind.attributes.push_back({"groups"});
    kind.attributes.push_back({"states", 2});
    kind.tensors = {{"log_likelihood", filters, log_distribution_over(3)},
                    {"log_prior", prior, log_distribution_over(1)},
                    {"observations", one, finite_positive()}};
    kind.derive = derive;
    kind.arguments = kld_arguments;
    kind.gives_evidence_of_distributions = true;
    kind.takes_success_probability = is_unpadded;
    return kind;
}

}  // namespace fsd::layers
