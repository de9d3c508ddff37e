// Joins the stages that the kernels are made of; what is constant here are the extents and the layer.
#include "compiler/evidence_block.h"

#include "compiler/layer_sums.h"
#include "runtime/models/activations.h"
#include "runtime/signature.h"

#include <cstring>

namespace fsd::compiler {
namespace {

using Halide::Expr;

int constant(const Expr &value) {
    return static_cast<int>(Halide::Internal::as_const_int(value).value());
}

template<typename Number>
void append(std::vector<uint8_t> &packed, const std::vector<Number> &numbers) {
    const std::size_t before = packed.size(), bytes = numbers.size() * sizeof(Number);
    packed.resize(before + bytes);
    std::memcpy(packed.data() + before, numbers.data(), bytes);
}

// round(255 p), which pixels are already.
Halide::Func as_bytes(const StageMap &input) {
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

EvidenceBlock::EvidenceBlock(const LayerPart &part, const StageKind *rows, const StageMap &input,
                             const Halide::ImageParam &numbers, const PackNumbers &pack,
                             const SumForm &form) {
    const Shape shape = activations(part.model)[part.index + 1].shape;
    const PackedLayer numbers_of_layer = packed_layer(part, input, shape);
    layer = numbers_of_layer.extents();
    kind = numbers_of_layer.kind;
    std::vector<uint8_t> packed;
    append(packed, numbers_of_layer.filters);
    append(packed, numbers_of_layer.offsets);
    define_window(part.model.layers[part.index], input);
    const bool on_device = form.samples.defined();
    if (on_device) {
        observe_by_number(input, form.samples);
    } else if (part.index == 0 && !window.is_padded() && kind == LinearPart::Weights::shared) {
        window.observe_pixels(input.values);
    } else {
        window.observe(input.values);
    }
    if (whole_map_ && kind == LinearPart::Weights::shared && !on_device &&
        numbers_of_layer.terms() > most_terms_of_chain) {
        blocked.emplace();
    }
    const int first = pack(packed) / static_cast<int>(sizeof(float));
    define_sums(window, numbers_of_layer, numbers, first, form.lanes, on_device,
                blocked ? &*blocked : nullptr);
    rows ? rows->normalize(normalization, layer.states, evidence())
         : normalization.define_identity(evidence());
    define_output();
}

EvidenceBlock::EvidenceBlock(const QuantizedNetwork &network, std::size_t k, const StageKind &rows,
                             const StageMap &input, const Products &products, const NumberViews &numbers,
                             const PackNumbers &pack) {
    const PackedIntegers numbers_of_layer = packed_integers(network, k);
    layer = numbers_of_layer.extents();
    std::vector<uint8_t> packed;
    append(packed, numbers_of_layer.weights);
    append(packed, numbers_of_layer.factors);
    append(packed, numbers_of_layer.biases);
    define_window(network.description.layers[network.layers[k].index], input);
    observe_bytes(window, as_bytes(input));
    integers.emplace();
    integers->define(window, numbers_of_layer, products, numbers, pack(packed));
    if (rows.may_take_powers) {
        normalization.define_by_powers(numbers_of_layer.exponent, layer.states, evidence());
    } else {
        rows.normalize(normalization, layer.states, evidence());
    }
    define_output();
}

Bayes::Evidence EvidenceBlock::evidence() const {
    const Halide::Func sums = window.evidence;
    const Normalization &rows = normalization;
    return [sums, states = layer.states, group = rows.group, site = rows.site,
            sample = rows.sample](const Expr &state) { return sums(state + states * group, site, sample); };
}

std::vector<Halide::RVar> EvidenceBlock::terms() const {
    std::vector<Halide::RVar> all;
    for (int i = 0; i < window.term.dimensions(); i++) {
        all.push_back(window.term[i]);
    }
    return all;
}

void EvidenceBlock::observe_by_number(const StageMap &input, const Expr &samples) {
    const Halide::Var channel{"channel"}, x{"x"}, y{"y"}, sample{"sample"};
    const Halide::Func framed =
        window.is_padded() ? unobserved_outside(input.values, window.columns, window.rows) : input.values;
    const Expr one = output.sites() == 1 ? min(sample, samples - 1) : Expr(sample);
    Halide::Func seen("seen");
    seen(channel, x, y, sample) = framed(channel, x - window.columns.padding, y, one);
    window.observe_pixels(seen);
}

void EvidenceBlock::define_output() {
    output = map_of(normalization, output);
}

StageMap map_of(const Normalization &rows, const StageMap &extents) {
    const Halide::Var channel{"channel"}, x{"x"}, y{"y"}, sample{"sample"};
    const Expr group = extents.groups == 1 ? Expr(0) : channel / extents.states;
    const Expr state = extents.groups == 1 ? Expr(channel) : channel % extents.states;
    StageMap map = extents;
    map.values = Halide::Func("posterior");
    map.values(channel, x, y, sample) = rows.result(state, group, x + extents.width * y, sample);
    return map;
}

void EvidenceBlock::define_window(const Layer &description, const StageMap &input) {
    const int padding_x = attribute_or(description, "padding_x", 0),
              padding_y = attribute_or(description, "padding_y", 0);
    const int stride_x = attribute_or(description, "stride_x", 1),
              stride_y = attribute_or(description, "stride_y", 1);
    output.width = window_positions(input.width, layer.window_x, stride_x, padding_x);
    output.height = window_positions(input.height, layer.window_y, stride_y, padding_y);
    output.groups = layer.groups;
    output.states = layer.states;
    whole_map_ = output.sites() == 1 && padding_x == 0 && padding_y == 0 && layer.window_x == input.width &&
                 layer.window_y == input.height;

    window.columns = {input.width, layer.window_x, stride_x, padding_x};
    window.rows = {input.height, layer.window_y, stride_y, padding_y};
    window.inputs = layer.inputs;
    window.states = layer.states;
    window.groups = layer.groups;
    window.lanes = lanes_per_panel;
    window.filters.lanes = lanes_per_panel;
    window.last_site = output.sites() - 1;
    input_width_ = constant(WindowEvidence::seen(window.columns));
    input_height_ = constant(WindowEvidence::seen(window.rows));
}

}  // namespace fsd::compiler
