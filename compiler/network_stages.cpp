// Chains the stages of the layers.
#include "compiler/network_stages.h"

#include "generators/bernoulli.h"
#include "runtime/layers/kld_parameters.h"
#include "runtime/layers/layer_kind.h"

namespace fsd::compiler {

using Halide::Expr;

NetworkStages::NetworkStages(const Model &description, Halide::Type integer)
    : image(Halide::UInt(8), 4, "image"),
      numbers{{Halide::Float(32), 1, "numbers"}, {}},
      classes(static_cast<int>(description.classes.size())) {
    if (integer.bits() > 1) {
        numbers.integers = Halide::ImageParam(integer, 1, "integers");
    }
    const auto &[height, width, colors] = description.input.extents();
    image.dim(0).set_bounds(0, colors).set_stride(1);
    image.dim(1).set_bounds(0, width).set_stride(colors);
    image.dim(2).set_bounds(0, height).set_stride(colors * width);
    image.dim(3).set_min(0).set_stride(colors * width * height);
}

NetworkStages::NetworkStages(const Model &model, int device_lanes) : NetworkStages(model, Halide::Bool()) {
    const bool log_odds = reads_success_probability(model);
    const SumForm form = device_lanes == 0 ? SumForm() : SumForm{device_lanes, Expr(image.dim(3).extent())};
    define(model, define_probabilities(model.input, log_odds),
           [&](std::size_t index, const Map &input, int place) {
               return std::make_unique<EvidenceBlock>(model, index, input, log_odds && index == 0,
                                                      numbers.floats, place, form);
           });
}

NetworkStages::NetworkStages(const QuantizedNetwork &network, const Products &products)
    : NetworkStages(network.description, Halide::Int(products.of_bytes ? 8 : 16)) {
    const Model &description = network.description;
    const QuantizedLayer &first = network.layers.front();
    const Map map = first.index == 0 ? define_bytes(description.input, first.takes_log_odds())
                                     : define_probabilities(description.input, false);
    std::size_t k = 0;
    define(description, map, [&](std::size_t, const Map &input, int place) {
        return std::make_unique<EvidenceBlock>(network, k++, input, products, numbers, place);
    });
}

void NetworkStages::define(const Model &description, Map map, const MakeBlock &make_block) {
    sections.emplace_back();
    for (std::size_t index = 0; index < description.layers.size(); index++) {
        const Layer &layer = description.layers[index];
        if (layer_kind(layer.op).gives_evidence_of_distributions) {
            sections.emplace_back();
            sections.back().block = make_block(index, map, static_cast<int>(packed_numbers.size()));
            const std::vector<uint8_t> &packed = sections.back().block->packed;
            packed_numbers.insert(packed_numbers.end(), packed.begin(), packed.end());
            map = sections.back().block->posterior;
            index++;  // the normalization
        } else {
            sections.back().pools.emplace_back(layer, map);
            map = sections.back().pools.back().output;
        }
    }
    for (Halide::ImageParam view : {numbers.floats, numbers.integers}) {
        if (view.defined()) {
            view.dim(0).set_bounds(0, static_cast<int>(packed_numbers.size()) / view.type().bytes());
            view.dim(0).set_stride(1);
        }
    }
    log_posterior(state, sample) = map.values(state, 0, 0, sample);
    log_posterior.output_buffer().dim(0).set_bounds(0, classes);
    log_posterior.output_buffer().dim(1).set_min(0).set_stride(classes);
}

std::vector<Halide::Argument> NetworkStages::inputs() const {
    std::vector<Halide::Argument> all = {image, numbers.floats};
    if (numbers.integers.defined()) {
        all.emplace_back(numbers.integers);
    }
    return all;
}

Map NetworkStages::define_pixels(const Input &input, bool log_odds) {
    pixels = Halide::Func("pixels");
    return {pixels, input.width, input.height, input.colors, log_odds ? 1 : 2};
}

Map NetworkStages::define_probabilities(const Input &input, bool log_odds) {
    Map map = define_pixels(input, log_odds);
    pixels(channel_, x_, y_, sample) =
        log_odds ? probability_of_one(image(channel_, x_, y_, sample))
                 : probability_of_state(image(channel_ / 2, x_, y_, sample), channel_ % 2);
    return map;
}

Map NetworkStages::define_bytes(const Input &input, bool log_odds) {
    Map map = define_pixels(input, log_odds);
    const Expr byte = image(log_odds ? Expr(channel_) : channel_ / 2, x_, y_, sample);
    pixels(channel_, x_, y_, sample) = log_odds ? byte : byte_of_state(byte, channel_ % 2);
    return map;
}

}  // namespace fsd::compiler
