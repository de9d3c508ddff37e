// The evidence of hidden states, log prior + observations * sum p log q, in pieces that the forward and the
// backward operators share, those of ordinary layers included (docs/math.md, sections 2.1 and 2.5).
#pragma once

#include "generators/plain_formulas.h"
#include "generators/strict.h"
#include "generators/window.h"

#include <functional>
#include <vector>

namespace fsd {

// What is outside of the map is unobserved: probability 0 in every state, so that it contributes nothing.
// probability: input, x, y, sample.
inline Halide::Func unobserved_outside(const Halide::Func &probability, const WindowAxis &columns,
                                       const WindowAxis &rows) {
    return Halide::BoundaryConditions::constant_exterior(
        probability, 0.f, {{Halide::Expr(), Halide::Expr()}, {0, columns.extent}, {0, rows.extent}});
}

// log q where q may be 0: the smallest float32 is about exp(-87), and 0 log 0 = 0 needs a finite factor.
// NaN stays.
inline Halide::Expr finite_logarithm(const Halide::Expr &log_probability) {
    const float lowest = -87.f;
    return select(strict_less(log_probability, lowest), lowest, log_probability);
}

// What the filters of a layer hold.
enum class FilterKind {
    log_likelihoods,
    weights,  // of an ordinary layer: any finite numbers
};

// A filter's number as a factor of the sum.
inline Halide::Expr factor(FilterKind kind, const Halide::Expr &filter) {
    return kind == FilterKind::log_likelihoods ? finite_logarithm(filter) : filter;
}

// log pi + n sum p log q; where `observations` are undefined, n = 1: bias + sum x w. Strict, so that what
// tells NaN may follow.
inline Halide::Expr evidence(const Halide::Expr &log_prior, const Halide::Expr &observations,
                             const Halide::Expr &sum) {
    return strict_sum(log_prior, observations.defined() ? strict_product(observations, sum) : sum);
}

// All sites of all samples, as the domain of an update that writes one site at a time.
class Places {
public:
    Halide::RDom domain;  // x: site, y: sample

    Places() = default;
    Places(const Halide::Expr &sites, const Halide::Expr &samples)
        : domain(0, sites, 0, samples, "place"), sites_(sites), samples_(samples) {}

    // The bounds survive schedules that split and fuse the domain.
    Halide::Expr site() const { return Halide::unsafe_promise_clamped(domain.x, 0, sites_ - 1); }
    Halide::Expr sample() const { return Halide::unsafe_promise_clamped(domain.y, 0, samples_ - 1); }

    Halide::Expr sites() const { return sites_; }

private:
    Halide::Expr sites_, samples_;
};

// Sites count row by row through a map of `width` columns: site = x + width * y.
struct SiteOrder {
    Halide::Expr width;

    // So many sites, from a multiple on, lie in one row where the width is a multiple of it: with code of
    // their own, which the schedule asks for, they have one y.
    static constexpr int run = 8;
    bool may_have_runs = false;  // the width is a variable, of which a specialization can say so
    Halide::Expr has_runs() const { return width % run == 0; }

    Halide::Expr site(const Halide::Expr &x, const Halide::Expr &y) const { return x + width * y; }

    // One multiplication in place of a division, which would be as slow as eight terms of the sum. Exact:
    // half a site, 0.5 / width, is more than the product's error for every 32-bit site.
    Halide::Expr y(const Halide::Expr &site) const {
        if (Halide::Internal::is_const(width)) {
            return site / width;
        }
        const Halide::Expr first = may_have_runs ? select(has_runs(), site - site % run, site) : site;
        const Halide::Expr quotient = (Halide::cast<double>(first) + Halide::Expr(0.5)) *
                                      (Halide::Expr(1.0) / Halide::cast<double>(width));
        return Halide::unsafe_promise_clamped(Halide::cast<int>(quotient), site / width, site / width);
    }
    Halide::Expr x(const Halide::Expr &site) const {
        if (Halide::Internal::is_const(width)) {
            return site % width;
        }
        return Halide::unsafe_promise_clamped(site - width * y(site), 0, width - 1);
    }
};

// map(channels..., x, y, sample) = value({site, sample}) at all sites of all samples, one after the other, as
// our schedules want it: the places that are returned. Plainly it is value({x, y, sample}).
inline Places define_map(Halide::Func map, std::vector<Halide::Var> axes, const SiteOrder &order,
                         const Halide::Expr &height, const Halide::Expr &samples,
                         const std::function<Halide::Expr(const std::vector<Halide::Expr> &place)> &value) {
    const std::size_t channels = axes.size() - 3;
    std::vector<Halide::Expr> at(axes.begin(), axes.end());
    if (PlainFormulas::are_wanted()) {
        map(axes) = value({at[channels], at[channels + 1], at[channels + 2]});
        return {};
    }
    const Places places(order.width * height, samples);
    map(axes) = Halide::undef<float>();
    at[channels] = order.x(places.site());
    at[channels + 1] = order.y(places.site());
    at[channels + 2] = places.sample();
    map(at) = value({places.site(), places.sample()});
    return places;
}

}  // namespace fsd
