// From layers to stages.
#include "compiler/network_stages.h"

#include "generators/bernoulli.h"
#include "runtime/layer_kinds.h"
#include "runtime/parameters.h"

namespace fsd::compiler {

using Halide::Expr;

NetworkStages::NetworkStages(const Model &model)
    : image(Halide::UInt(8), 4, "image"),
      numbers(Halide::Float(32), 1, "numbers"),
      classes(static_cast<int>(model.classes.size())) {
    const bool log_odds = takes_log_odds(model);
    Map map = define_pixels(model, log_odds);
    sections.emplace_back();
    for (std::size_t index = 0; index < model.layers.size(); index++) {
        const Layer &layer = model.layers[index];
        if (layer_kind(layer.op).has_parameters()) {
            sections.emplace_back();
            append_block(model, index, map, log_odds && index == 0);
            map = sections.back().block->posterior;
            index++;  // the normalization
        } else {
            sections.back().pools.emplace_back(layer, map);
            map = sections.back().pools.back().output;
        }
    }
    numbers.dim(0).set_bounds(0, static_cast<int>(packed_numbers.size())).set_stride(1);
    numbers.set_host_alignment(lanes_per_panel * static_cast<int>(sizeof(float)));
    log_posterior(state, sample) = map.values(state, 0, 0, sample);
    log_posterior.output_buffer().dim(0).set_bounds(0, classes);
    log_posterior.output_buffer().dim(1).set_min(0).set_stride(classes);
}

void NetworkStages::append_block(const Model &model, std::size_t index, const Map &input, bool log_odds) {
    const auto place = static_cast<int>(packed_numbers.size());
    sections.back().block = std::make_unique<EvidenceBlock>(model, index, input, log_odds, numbers, place);
    const PackedLayer &layer = sections.back().block->layer;
    packed_numbers.insert(packed_numbers.end(), layer.filters.begin(), layer.filters.end());
    packed_numbers.insert(packed_numbers.end(), layer.log_prior.begin(), layer.log_prior.end());
}

Map NetworkStages::define_pixels(const Model &model, bool log_odds) {
    const auto &[height, width, colors] = model.input;
    image.dim(0).set_bounds(0, colors).set_stride(1);
    image.dim(1).set_bounds(0, width).set_stride(colors);
    image.dim(2).set_bounds(0, height).set_stride(colors * width);
    image.dim(3).set_min(0).set_stride(colors * width * height);
    const Halide::Var channel{"channel"}, x{"x"}, y{"y"};
    pixels = Halide::Func("pixels");
    pixels(channel, x, y, sample) = log_odds
                                        ? probability_of_one(image(channel, x, y, sample))
                                        : probability_of_state(image(channel / 2, x, y, sample), channel % 2);
    return {pixels, width, height, colors, log_odds ? 1 : 2};
}

}  // namespace fsd::compiler
