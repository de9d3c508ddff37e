// The sums over windows, computed strip by strip of the map and tile by tile of the strip.
#pragma once

#include "generators/window_evidence.h"
#include "schedules/idioms/pack_panels.h"
#include "schedules/idioms/posterior_strips.h"
#include "schedules/idioms/register_tile.h"

namespace fsd {

// The numbers of the schedules of the convolutions.
struct WindowTiling {
    // The sums stay in the first-level cache until they are normalized and written: as many as are a multiple
    // of the register tiles' rows, so that only the last tile of a map computes what nobody asks for.
    SitesAtATime sites;
    // Sites that share a copy of their probabilities, which lies in the second-level cache.
    int tiles_per_strip;
    // Less work does not repay waking a worker, which takes 2 to 10 microseconds; small problems are one task
    // and wake nobody.
    float multiply_adds_per_task;
    RegisterTiling registers;
    bool packed_per_task;
};

// 48 sites are a multiple of 6, 8, 12 and 16 rows; their sums of 64 states take 12 KiB of 32 or 48. A strip
// of ten tiles observes 60 KiB of 32 states. Fewer sites at a time in normalization cost their exponentials
// the overlap with others: 16 at a time take 3 % more of 16 -> 32 states and 30 % more of 1 -> 16. 2 Mi
// multiply-adds take 17 microseconds at the peak of one core with AVX-512, 34 with AVX2.
inline WindowTiling window_tiling(const ScheduleTemplate &measured, const Halide::Target &target) {
    std::vector<ScheduleParameter> parameters = register_tile_parameters(target);
    parameters.push_back({"sites_per_tile", "48", {"16", "32", "80", "96", "144"}});
    parameters.push_back({"tiles_per_strip", "10", {"3", "5", "20", "40"}});
    parameters.push_back({"sites_per_normalization", "tile", {"16", "32", "48"}});
    parameters.push_back({"multiply_adds_per_task", "2097152", {"524288", "1048576", "4194304"}});
    parameters.push_back(packing_parameter());
    const ScheduleParameters chosen = measured.choose(target, parameters);
    const int summed = chosen.number("sites_per_tile");
    const bool whole = chosen.word("sites_per_normalization") == "tile";
    return {{summed, whole ? summed : chosen.number("sites_per_normalization")},
            chosen.number("tiles_per_strip"),
            static_cast<float>(chosen.number("multiply_adds_per_task")),
            register_tiling(chosen),
            chosen.word("packing") == "per_task"};
}

// The sites of a map in strips of equal size, in whole tiles.
inline Halide::Expr strip_sites(const WindowTiling &tiling, const Halide::Expr &sites) {
    const int per_tile = tiling.sites.summed;
    const Halide::Expr tiles = (sites + per_tile - 1) / per_tile;
    const Halide::Expr strips = (tiles + tiling.tiles_per_strip - 1) / tiling.tiles_per_strip;
    return (tiles + strips - 1) / strips * per_tile;
}

// Strips that one thread takes at a time.
inline Halide::Expr strips_per_task(const WindowTiling &tiling, const WindowEvidence &window,
                                    const Halide::Expr &sites_of_strip) {
    using Halide::cast;
    const Halide::Expr terms = window.inputs * window.columns.window * window.rows.window;
    const Halide::Expr work =
        cast<float>(sites_of_strip) * cast<float>(terms) * cast<float>(window.states * window.groups);
    return clamp(cast<int>(tiling.multiply_adds_per_task / max(work, 1.f)), 1, 1024);
}

// True where a site's states are one vector, which deserves code of its own: no loop over the chunks of a
// row, and addresses that are known. A first layer of 16 states, whose sums are short, reaches 25 % of the
// FMA peak in place of 18 (AMD EPYC, Zen 5).
inline Halide::Expr has_one_vector(const WindowEvidence &window) {
    return window.states == window.lanes && window.groups == 1;
}

struct StripLoops {
    Halide::RVar task{"task"}, strip{"strip"}, tile{"tile"};  // outermost first
};

// Gives the cases that are worth it code of their own. In runs of sites their places are found once per run:
// 1 -> 16 states take 12 % less (AMD EPYC, Zen 5).
inline void specialize_sites(Halide::Stage update, const WindowEvidence &window, bool normalized) {
    const Halide::Expr in_runs = window.order().has_runs();
    if (normalized) {
        update.specialize(in_runs && has_one_vector(window));
    }
    update.specialize(in_runs);
    if (normalized) {
        update.specialize(has_one_vector(window));
    }
}

// Schedules an update that writes one site at a time: tasks of strips of tiles of sites. `in_site` are the
// loops for one site and `in_tile` those around the sites of a tile, innermost first.
inline StripLoops in_strips(Halide::Stage update, const Places &places, const WindowEvidence &window,
                            const WindowTiling &tiling, const std::vector<Halide::VarOrRVar> &in_site,
                            const std::vector<Halide::VarOrRVar> &in_tile) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Halide::Expr sites = strip_sites(tiling, places.sites());
    const StripLoops loops;
    Halide::RVar site{"site"}, run{"run"}, part{"part"};
    std::vector<Halide::VarOrRVar> order = in_site;
    order.insert(order.end(), {site, run});
    order.insert(order.end(), in_tile.begin(), in_tile.end());
    order.insert(order.end(), {part, loops.tile, loops.strip, places.domain.y});
    // Each site is written once, which Halide cannot see behind the order of the sites.
    update.allow_race_conditions()
        .split(places.domain.x, loops.strip, loops.tile, sites, guard)
        .split(loops.tile, loops.tile, part, tiling.sites.summed, guard)
        .split(part, part, run, tiling.sites.normalized, guard)
        .split(run, run, site, SiteOrder::run, guard)
        .reorder(order)
        .fuse(loops.strip, places.domain.y, loops.strip)
        .split(loops.strip, loops.task, loops.strip, strips_per_task(tiling, window, sites), guard)
        .never_partition({site, run, part, loops.tile, loops.strip, loops.task})
        .parallel(loops.task);
    return loops;
}

// Copies what a strip observes at `strip` of `consumer`, to memory that is allocated at `task`.
inline void observe_in_strips(WindowEvidence &window, const Halide::Func &consumer,
                              const Halide::VarOrRVar &strip, const Halide::VarOrRVar &task) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    window.observed.compute_at(Halide::LoopLevel(consumer, strip))
        .hoist_storage(Halide::LoopLevel(consumer, task));
    // Each number has a place of its own, which Halide cannot see behind the product with the inputs.
    Halide::Stage copy = window.observed.update();
    copy.allow_race_conditions().never_partition(window.y);
    copy.specialize(window.inputs == 1).vectorize(window.copied.y, window.lanes, guard);
    copy.vectorize(window.copied.x, window.lanes, guard);
}

// Computes the evidence of some sites at `loop` of `consumer`, in the tasks `task`.
inline void sum_in_tiles(WindowEvidence &window, const WindowTiling &tiling, const Halide::Func &consumer,
                         const Halide::VarOrRVar &loop, const Halide::LoopLevel &task) {
    Halide::Var tile{"tile"};
    pack_panels(window.filters, tiling.packed_per_task ? task : Halide::LoopLevel::root());
    const auto guard = Halide::TailStrategy::GuardWithIf;
    window.prior.compute_root();
    window.prior.update().allow_race_conditions().vectorize(window.outputs.x, window.lanes, guard);
    window.evidence.compute_at(Halide::LoopLevel(consumer, loop));
    // A gray image: the numbers of a run of sites follow each other, so that two addresses serve 16 sites.
    Halide::Expr in_pixels;
    if (const SiteOrder order = window.order(); order.may_have_runs) {
        in_pixels = order.has_runs() && window.inputs == 1 && window.columns.stride == 1;
        window.evidence.align_bounds(window.site, SiteOrder::run);
    }
    in_register_tiles(window.evidence, window.filters, window.output, window.site, tile, tiling.registers,
                      in_pixels);
    sum_in_registers(window.sum, window.filters.lane, window.filters.panel, window.site,
                     {window.term.x, window.term.y}, window.evidence, tile, tiling.registers.unrolled_terms);
}

// Schedules an operator that writes the evidence of a site, or a function of it, at `output` of `result`.
template<typename Result>
void convolution_in_strips(Result &result, const Halide::Var &output, const Places &places,
                           WindowEvidence &window, const WindowTiling &tiling) {
    const StripLoops loops = in_strips(result.update(), places, window, tiling, {output}, {});
    result.update().vectorize(output, window.lanes, Halide::TailStrategy::Predicate);
    observe_in_strips(window, result, loops.strip, loops.task);
    sum_in_tiles(window, tiling, result, loops.tile, Halide::LoopLevel(result, loops.task));
    specialize_sites(result.update(), window, false);
}

}  // namespace fsd
