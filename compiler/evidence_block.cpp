// Joins the stages that the kernels are made of; what is constant here are the extents and the layer.
#include "compiler/evidence_block.h"

#include "runtime/signature.h"

namespace fsd::compiler {
namespace {

using Halide::Expr;

int constant(const Expr &value) {
    return static_cast<int>(Halide::Internal::as_const_int(value).value());
}

int attribute_or(const Layer &layer, const std::string &key, int fallback) {
    return layer.attributes.count(key) != 0 ? layer.attribute(key) : fallback;
}

}  // namespace

EvidenceBlock::EvidenceBlock(const Model &model, std::size_t index, const Map &input, bool log_odds,
                             const Halide::ImageParam &numbers, int place)
    : layer(packed_layer(model, index, log_odds)) {
    define_window(model.layers[index], index, input);
    const Halide::Var lane = window.filters.lane, term = window.filters.term, panel = window.filters.panel;
    const Halide::Var output = window.output;
    const int behind_filters = place + static_cast<int>(layer.filters.size());
    Halide::Func filters("filters"), prior("prior");
    filters(lane, term, panel) = numbers(place + lane + lanes_per_panel * (term + layer.terms() * panel));
    prior(output) = numbers(behind_filters + output);
    window.define_packed(filters, prior);

    const Normalization &rows = normalization;
    normalization.define(model.layers[index + 1].op, layer.states, [&](const Expr &state) {
        return window.evidence(state + layer.states * rows.group, rows.site, rows.sample);
    });

    const Halide::Var channel{"channel"}, x{"x"}, y{"y"}, sample{"sample"};
    const Expr group = layer.groups == 1 ? Expr(0) : channel / layer.states;
    const Expr state = layer.groups == 1 ? Expr(channel) : channel % layer.states;
    posterior.values = Halide::Func("posterior");
    posterior.values(channel, x, y, sample) =
        normalization.result(state, group, window.order().site(x, y), sample);
}

void EvidenceBlock::define_window(const Layer &description, std::size_t index, const Map &input) {
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
    window.observations = layer.observations;
    window.lanes = lanes_per_panel;
    window.last_site = posterior.sites() - 1;
    if (index == 0 && !window.is_padded()) {
        window.observe_pixels(input.values);
    } else {
        window.observe(input.values);
    }
    input_width_ = constant(WindowEvidence::seen(window.columns));
    input_height_ = constant(WindowEvidence::seen(window.rows));
}

}  // namespace fsd::compiler
