// Joins the stages that the kernels are made of; what is constant here are the extents and the layer.
#include "compiler/evidence_block.h"

#include "compiler/packed_layer.h"
#include "runtime/signature.h"

#include <cstring>

namespace fsd::compiler {
namespace {

using Halide::Expr;

int constant(const Expr &value) {
    return static_cast<int>(Halide::Internal::as_const_int(value).value());
}

int attribute_or(const Layer &layer, const std::string &key, int fallback) {
    return layer.attributes.count(key) != 0 ? layer.attribute(key) : fallback;
}

// round(255 p), which pixels are already.
Halide::Func as_bytes(const Map &input) {
    Halide::Func values = input.values;
    if (values.type() == Halide::UInt(8)) {
        return values;
    }
    const Halide::Var channel{"channel"}, x{"x"}, y{"y"}, sample{"sample"};
    Halide::Func bytes("bytes");
    bytes(channel, x, y, sample) =
        Halide::cast<uint8_t>(Halide::cast<int32_t>(values(channel, x, y, sample) * 255.f + 0.5f));
    return bytes;
}

}  // namespace

EvidenceBlock::EvidenceBlock(const Model &model, std::size_t index, const Map &input, bool log_odds,
                             const Halide::ImageParam &numbers, int place, const SumForm &form) {
    const PackedLayer numbers_of_layer = packed_layer(model, index, log_odds);
    layer = numbers_of_layer.extents();
    append(numbers_of_layer.filters);
    append(numbers_of_layer.log_prior);
    define_window(model.layers[index], input);
    window.observations = numbers_of_layer.observations;
    if (form.samples.defined()) {
        observe_by_number(input, form.samples);
    } else if (index == 0 && !window.is_padded()) {
        window.observe_pixels(input.values);
    } else {
        window.observe(input.values);
    }
    define_filters(numbers, place / static_cast<int>(sizeof(float)), form.lanes);

    const Normalization &rows = normalization;
    normalization.define(model.layers[index + 1].op, layer.states, [&](const Expr &state) {
        return window.evidence(state + layer.states * rows.group, rows.site, rows.sample);
    });
    define_posterior();
}

EvidenceBlock::EvidenceBlock(const QuantizedNetwork &network, std::size_t k, const Map &input,
                             const Products &products, const NumberViews &numbers, int place) {
    const std::size_t index = network.layers[k].index;
    const PackedIntegers numbers_of_layer = packed_integers(network, k);
    layer = numbers_of_layer.extents();
    append(numbers_of_layer.weights);
    append(numbers_of_layer.factors);
    append(numbers_of_layer.biases);
    define_window(network.description.layers[index], input);
    observe_bytes(window, as_bytes(input));
    integers.emplace();
    integers->define(window, numbers_of_layer, products, numbers, place);

    const Normalization &rows = normalization;
    const auto evidence = [&](const Expr &state) {
        return window.evidence(state + layer.states * rows.group, rows.site, rows.sample);
    };
    const std::string &op = network.description.layers[index + 1].op;
    if (op == "normalize") {
        normalization.define_by_powers(numbers_of_layer.exponent, layer.states, evidence);
    } else {
        normalization.define(op, layer.states, evidence);
    }
    define_posterior();
}

void EvidenceBlock::observe_by_number(const Map &input, const Expr &samples) {
    const Halide::Var channel{"channel"}, x{"x"}, y{"y"}, sample{"sample"};
    const Halide::Func framed =
        window.is_padded() ? unobserved_outside(input.values, window.columns, window.rows) : input.values;
    const Expr one = posterior.sites() == 1 ? min(sample, samples - 1) : Expr(sample);
    Halide::Func seen("seen");
    seen(channel, x, y, sample) = framed(channel, x - window.columns.padding, y, one);
    window.observe_pixels(seen);
}

void EvidenceBlock::define_filters(const Halide::ImageParam &numbers, int first, int lanes) {
    const Halide::Var lane = window.filters.lane, term = window.filters.term, panel = window.filters.panel;
    const int parts = lanes_per_panel / lanes, terms = layer.terms();
    const int behind_filters = first + lanes_per_panel * terms * layer.panels();
    Halide::Func filters("filters"), prior("prior");
    filters(lane, term, panel) =
        numbers(first + lane + lanes * (panel % parts) + lanes_per_panel * (term + terms * (panel / parts)));
    prior(window.output) = numbers(behind_filters + window.output);
    window.lanes = lanes;
    window.filters.lanes = lanes;
    window.define_packed(filters, prior);
}

template<typename Number>
void EvidenceBlock::append(const std::vector<Number> &numbers) {
    const std::size_t before = packed.size(), bytes = numbers.size() * sizeof(Number);
    packed.resize(before + bytes);
    std::memcpy(packed.data() + before, numbers.data(), bytes);
}

void EvidenceBlock::define_posterior() {
    const Halide::Var channel{"channel"}, x{"x"}, y{"y"}, sample{"sample"};
    const Expr group = layer.groups == 1 ? Expr(0) : channel / layer.states;
    const Expr state = layer.groups == 1 ? Expr(channel) : channel % layer.states;
    posterior.values = Halide::Func("posterior");
    posterior.values(channel, x, y, sample) =
        normalization.result(state, group, window.order().site(x, y), sample);
}

void EvidenceBlock::define_window(const Layer &description, const Map &input) {
    const int padding_x = attribute_or(description, "padding_x", 0),
              padding_y = attribute_or(description, "padding_y", 0);
    const int stride_x = attribute_or(description, "stride_x", 1),
              stride_y = attribute_or(description, "stride_y", 1);
    posterior.width = window_positions(input.width, layer.window_x, stride_x, padding_x);
    posterior.height = window_positions(input.height, layer.window_y, stride_y, padding_y);
    posterior.groups = layer.groups;
    posterior.states = layer.states;
    whole_map_ = posterior.sites() == 1 && padding_x == 0 && padding_y == 0 &&
                 layer.window_x == input.width && layer.window_y == input.height;

    window.columns = {input.width, layer.window_x, stride_x, padding_x};
    window.rows = {input.height, layer.window_y, stride_y, padding_y};
    window.inputs = layer.inputs;
    window.states = layer.states;
    window.groups = layer.groups;
    window.lanes = lanes_per_panel;
    window.filters.lanes = lanes_per_panel;
    window.last_site = posterior.sites() - 1;
    input_width_ = constant(WindowEvidence::seen(window.columns));
    input_height_ = constant(WindowEvidence::seen(window.rows));
}

}  // namespace fsd::compiler
