// Terms in the order of the kernels: channels, columns, rows of the window.
#include "compiler/layer_sums.h"

namespace fsd::compiler {
namespace {

using Halide::Expr;

class LayerSums {
public:
    LayerSums(WindowEvidence &window, const PackedLayer &layer, const Halide::ImageParam &numbers, int first)
        : window_(window), layer_(layer), numbers_(numbers), first_(first) {}

    void define(int lanes, bool stays_inside, BlockedSum *blocked) {
        window_.lanes = window_.filters.lanes = lanes;
        if (blocked) {
            define_blocked(*blocked);
        } else if (layer_.kind == LinearPart::Weights::shared) {
            define_shared();
        } else {
            define_others(stays_inside);
        }
    }

private:
    // Of a sum's lane among those of the packed panels.
    Expr panel_of(const Expr &panel) const { return panel / parts(); }
    Expr lane_of(const Expr &lane, const Expr &panel) const {
        return lane + window_.lanes * (panel % parts());
    }
    int parts() const { return lanes_per_panel / window_.lanes; }

    Expr weight(const Expr &lane, const Expr &term, const Expr &panel, const Expr &site) const {
        const Expr filter = panel_of(panel) + layer_.panels() * site;
        return numbers_(first_ + lane_of(lane, panel) + lanes_per_panel * (term + layer_.terms() * filter));
    }
    Expr offset(const Expr &output, const Expr &site) const {
        const int behind_filters = first_ + static_cast<int>(layer_.filters.size());
        return numbers_(behind_filters + output + lanes_per_panel * layer_.panels() * site);
    }

    // Undefined where there is none.
    Expr factor() const { return layer_.factor ? Expr(*layer_.factor) : Expr(); }

    void define_shared() {
        Halide::Func filters("filters"), offsets("offsets");
        const Halide::Var lane = window_.filters.lane, term = window_.filters.term,
                          panel = window_.filters.panel;
        filters(lane, term, panel) = weight(lane, term, panel, 0);
        offsets(window_.output) = offset(window_.output, 0);
        window_.observations = factor();
        window_.define_packed(filters, offsets);
    }

    // One site, all of whose rows are whole rows of the map.
    void define_blocked(BlockedSum &blocked) {
        const Halide::Var lane = window_.filters.lane, panel = window_.filters.panel;
        const int run = layer_.inputs * layer_.window_x;
        blocked.define({lane, panel, window_.site, window_.sample}, run, layer_.window_y,
                       [&](const Expr &number, const Expr &row) {
                           return weight(lane, number + run * row, panel, 0) *
                                  window_.observed(number, row, window_.sample);
                       });
        define_evidence(
            Halide::cast<float>(blocked.total(window_.output % window_.lanes, window_.output / window_.lanes,
                                              window_.site, window_.sample)),
            0);
    }

    void define_evidence(const Expr &sum, const Expr &own_site) {
        window_.evidence(window_.output, window_.site, window_.sample) =
            evidence(offset(window_.output, own_site), factor(), sum);
    }

    void define_others(bool stays_inside) {
        const Halide::Var lane = window_.filters.lane, panel = window_.filters.panel;
        const PanelReach &reach = layer_.reach;
        window_.term = Halide::RDom(0, reach.count(), 0, layer_.window_x, 0, layer_.window_y, "term");
        const Halide::RDom &term = window_.term;
        const Expr place = min(window_.site, window_.last_site);
        const Expr own_site = layer_.kind == LinearPart::Weights::of_sites ? place : Expr(0);
        const Expr channel =
            reach.is_depthwise() ? own_channel(stays_inside) : reach.first(panel_of(panel)) + term.x;
        const Expr column = window_.columns.stride * window_.order().x(place) + term.y;
        const Expr number = term.x + reach.count() * (term.y + layer_.window_x * term.z);
        Halide::Func &sum = window_.sum;
        sum(lane, panel, window_.site, window_.sample) = 0.f;
        sum(lane, panel, window_.site, window_.sample) +=
            weight(lane, number, panel, own_site) *
            window_.observed(channel + layer_.inputs * column,
                             window_.rows.site(window_.order().y(place), term.z), window_.sample);
        const Expr output = window_.output;
        define_evidence(sum(output % window_.lanes, output / window_.lanes, window_.site, window_.sample),
                        own_site);
    }

    Expr own_channel(bool stays_inside) const {
        const Expr channel = window_.filters.lane + window_.lanes * window_.filters.panel;
        return stays_inside ? min(channel, layer_.inputs - 1) : channel;
    }

    WindowEvidence &window_;
    const PackedLayer &layer_;
    const Halide::ImageParam &numbers_;
    int first_;
};

}  // namespace

void define_sums(WindowEvidence &window, const PackedLayer &layer, const Halide::ImageParam &numbers,
                 int first, int lanes, bool stays_inside, BlockedSum *blocked) {
    LayerSums(window, layer, numbers, first).define(lanes, stays_inside, blocked);
}

}  // namespace fsd::compiler
