// Two ways to the same integers.
#include "compiler/integer_sums.h"

#include "schedules/idioms/register_tile.h"

namespace fsd::compiler {

using Halide::cast;
using Halide::Expr;
using Halide::RDom;

Products products_of(const Halide::Target &target) {
    const bool of_bytes = target.has_feature(Halide::Target::AVX512_Zen4) ||
                          target.has_feature(Halide::Target::AVX512_SapphireRapids);
    // A word of weights becomes two vectors of pairs: with 16 registers, half a panel leaves room for sums.
    const int lanes = vector_registers(target) == 32 ? lanes_per_panel : lanes_per_panel / 2;
    return {of_bytes, lanes};
}

void observe_bytes(WindowEvidence &window, const Halide::Func &bytes) {
    const Expr sample = window.sample;
    const Expr columns = WindowEvidence::seen(window.columns), rows = WindowEvidence::seen(window.rows);
    // What is behind the end of a row is multiplied by weights of 0.
    window.observed(window.element, window.y, sample) =
        window.is_padded() ? cast<uint8_t>(0) : Halide::undef<uint8_t>();
    if (window.is_padded()) {
        window.copied = RDom(0, window.inputs, 0, columns, 0, rows, "copied");
        const RDom &at = window.copied;
        window.observed(at.x + window.inputs * (at.y + window.columns.padding), at.z, sample) =
            bytes(at.x, at.y, at.z, sample);
    } else {
        window.copied = RDom(0, window.inputs, 0, columns, "copied");
        const RDom &at = window.copied;
        window.observed(at.x + window.inputs * at.y, window.y, sample) = bytes(at.x, at.y, window.y, sample);
    }
}

namespace {

// The first element of a window's row.
Expr first_element(const WindowEvidence &window) {
    const Expr site = min(window.site, window.last_site);
    return window.inputs * window.columns.stride * window.order().x(site);
}

Expr observed_row(const WindowEvidence &window, const Expr &row) {
    return window.rows.site(window.order().y(min(window.site, window.last_site)), row);
}

// The place of a word of weights among all words.
Expr word_of(const WindowEvidence &window, const PackedIntegers &layer, const Expr &word, const Expr &row) {
    const int parts = lanes_per_panel / window.lanes;
    const Expr panel = window.filters.panel;
    const Expr lane = window.filters.lane + window.lanes * (panel % parts);
    return lane + lanes_per_panel * (word + layer.words() * (row + layer.window_y * (panel / parts)));
}

}  // namespace

void IntegerSums::define(WindowEvidence &window, const PackedIntegers &layer, const Products &products,
                         const NumberViews &numbers, int place) {
    const Halide::Var lane = window.filters.lane, panel = window.filters.panel;
    window.lanes = window.filters.lanes = products.lanes;
    window.sum(lane, panel, window.site, window.sample) = 0;
    if (products.of_bytes) {
        define_bytes(window, layer, numbers.integers, place);
    } else {
        define_pairs(window, layer, numbers.integers, place);
    }
    const int lanes = lanes_per_panel * layer.panels();
    const int factors = (place + static_cast<int>(layer.weights.size())) / 4;
    const Expr output = window.output;
    const Expr sum = window.sum(output % window.lanes, output / window.lanes, window.site, window.sample);
    window.evidence(window.output, window.site, window.sample) =
        cast<float>(sum) * numbers.floats(factors + output) + numbers.floats(factors + lanes + output);
}

void IntegerSums::define_bytes(WindowEvidence &window, const PackedIntegers &layer,
                               const Halide::ImageParam &weights, int place) {
    const Halide::Var lane = window.filters.lane, panel = window.filters.panel;
    term = RDom(0, terms_per_word, 0, layer.words(), 0, layer.window_y, "term");
    const Expr word = word_of(window, layer, term[1], term[2]);
    const Expr weight = weights(place + term[0] + terms_per_word * word);
    const Expr byte = window.observed(first_element(window) + terms_per_word * term[1] + term[0],
                                      observed_row(window, term[2]), window.sample);
    window.sum(lane, panel, window.site, window.sample) += cast<int32_t>(byte) * cast<int32_t>(weight);
}

void IntegerSums::define_pairs(WindowEvidence &window, const PackedIntegers &layer,
                               const Halide::ImageParam &weights, int place) {
    const Halide::Var lane = window.filters.lane, panel = window.filters.panel;
    pairs = Halide::Func("pairs");
    pairs(half, window.element, window.y, window.sample) =
        cast<int16_t>(window.observed(window.element + 2 * half, window.y, window.sample));
    term = RDom(0, 2, 0, 2, 0, layer.words(), 0, layer.window_y, "term");
    const Expr word = word_of(window, layer, term[2], term[3]);
    const Expr two = weights(place / 2 + term[0] + 2 * word);
    const Expr weight = (two << cast<uint16_t>(8 - 8 * term[1])) >> cast<uint16_t>(8);
    const Expr activation = pairs(term[0], first_element(window) + terms_per_word * term[2] + term[1],
                                  observed_row(window, term[3]), window.sample);
    window.sum(lane, panel, window.site, window.sample) += cast<int32_t>(activation) * cast<int32_t>(weight);
}

}  // namespace fsd::compiler
