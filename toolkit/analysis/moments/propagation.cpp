// Asks the layers' rooms, one after the other.
#include "toolkit/analysis/moments/propagation.h"

#include "runtime/error.h"
#include "toolkit/analysis/moments/gaussian.h"
#include "toolkit/analysis/moments/nonlinearities.h"

#include <algorithm>

namespace fsd::analysis {
namespace {

constexpr Eigen::Index most_projected = 1024;

// The first layer from which on every map fits and every kind has a room.
std::size_t first_possible(const Model &model, const std::vector<Shape> &shapes) {
    std::size_t first = model.layers.size();
    while (first > 0 && element_count(shapes[first - 1]) <= most_units &&
           find_moment_layer(model.layers[first - 1].op)) {
        first--;
    }
    return first;
}

[[noreturn]] void refuse(const Model &model, const std::vector<Shape> &shapes, const std::string &reason) {
    const std::size_t possible = first_possible(model, shapes);
    const std::string remedy =
        possible < model.layers.size()
            ? text(" Moments can be followed from layer ", possible, " on: --from-layer ", possible, ".")
            : text(" Kinds that have one: ", kinds_with_moments(), ".");
    throw Error(ExitCode::unsupported, reason + remedy);
}

Moments through(const AffineMap &map, const Moments &moments) {
    if (map.slope.size() > 0) {
        return affine_moments(moments, map.slope, map.offset);
    }
    return {map.diagonal.cwiseProduct(moments.mean) + map.offset,
            map.diagonal.asDiagonal() * moments.covariance * map.diagonal.asDiagonal()};
}

void count_flags(PassedLayer &passed) {
    const Vector deviations = passed.moments.deviations();
    const double least = std::sqrt(least_variance(passed.moments));
    for (Eigen::Index unit = 0; unit < deviations.size(); unit++) {
        const bool deterministic = deviations[unit] <= least;
        passed.deterministic += deterministic ? 1 : 0;
        passed.dead += deterministic && std::abs(passed.moments.mean[unit]) <= least ? 1 : 0;
    }
}

}  // namespace

Propagation::Propagation(const Model &model, std::size_t first, const PropagationOptions &options)
    : model_(model), first_(first), options_(options), shapes_(activation_shapes(model)) {
    if (first >= model.layers.size()) {
        throw Error(ExitCode::bad_input,
                    text("The network has ", model.layers.size(),
                         " layers, counted from 0; moments cannot start in front of layer ", first, "."));
    }
    for (std::size_t layer = first; layer <= model.layers.size(); layer++) {
        if (element_count(shapes_[layer]) > most_units) {
            refuse(model, shapes_,
                   text("What stands in front of layer ", layer, ", ", to_string(shapes_[layer]), ", is ",
                        element_count(shapes_[layer]), " numbers; covariances are followed for up to ",
                        most_units, "."));
        }
        if (layer < model.layers.size() && !find_moment_layer(model.layers[layer].op)) {
            refuse(model, shapes_,
                   text("For ", describe_layer(model.layers[layer], layer),
                        " there is no formula for moments."));
        }
    }
    for (std::size_t layer = first; layer < model.layers.size(); layer++) {
        rooms_.push_back(find_moment_layer(model.layers[layer].op));
        maps_.push_back(rooms_.back()->affine ? rooms_.back()->affine(place(layer)) : AffineMap());
    }
}

MomentPlace Propagation::place(std::size_t layer) const {
    return {model_, layer, shapes_[layer], shapes_[layer + 1]};
}

std::size_t Propagation::first_nonlinearity() const {
    std::size_t layer = first_;
    while (layer < model_.layers.size() && rooms_[layer - first_]->affine) {
        layer++;
    }
    return layer;
}

std::vector<std::string> Propagation::neglects() const {
    std::vector<std::string> sentences;
    for (const MomentLayer *room : rooms_) {
        const std::string sentence = text(room->kind, ": ", room->neglects, ".");
        if (!room->neglects.empty() &&
            std::find(sentences.begin(), sentences.end(), sentence) == sentences.end()) {
            sentences.push_back(sentence);
        }
    }
    return sentences;
}

PassedLayer Propagation::pass(std::size_t layer, const Moments &moments, const Matrix *third) const {
    const MomentLayer &room = *rooms_[layer - first_];
    PassedLayer passed;
    passed.layer = layer;
    passed.moments = room.affine ? through(maps_[layer - first_], moments)
                                 : room.nonlinear(place(layer), moments, {options_.nodes, third});
    if (!passed.moments.mean.allFinite() || !passed.moments.covariance.allFinite()) {
        throw Error(ExitCode::bad_input,
                    text("The moments behind ", describe_layer(model_.layers[layer], layer),
                         " are beyond float64; scale the input down."));
    }
    if (third && passed.moments.units() <= most_projected) {
        Projection projection = projected(passed.moments.covariance);
        passed.moments.covariance = std::move(projection.matrix);
        passed.clipped = projection.clipped;
    }
    if (options_.diagonal) {
        passed.moments = without_covariances(passed.moments);
    }
    count_flags(passed);
    return passed;
}

void Propagation::check_units(const Moments &moments) const {
    const auto expected = static_cast<Eigen::Index>(element_count(shapes_[first_]));
    if (moments.units() != expected) {
        throw Error(ExitCode::bad_input,
                    text("In front of layer ", first_, " stand ", expected,
                         " numbers; the moments given are those of ", moments.units(), "."));
    }
}

std::vector<PassedLayer> Propagation::run(const Moments &moments,
                                          const std::map<std::size_t, Matrix> &third) const {
    check_units(moments);
    const Moments start = options_.diagonal ? without_covariances(moments) : moments;
    std::vector<PassedLayer> passed;
    for (std::size_t layer = first_; layer < model_.layers.size(); layer++) {
        const auto cumulants = third.find(layer);
        passed.push_back(pass(layer, passed.empty() ? start : passed.back().moments,
                              cumulants != third.end() ? &cumulants->second : nullptr));
    }
    return passed;
}

Moments Propagation::run_until(std::size_t end, const Moments &moments) const {
    check_units(moments);
    Moments reached = options_.diagonal ? without_covariances(moments) : moments;
    for (std::size_t layer = first_; layer < end; layer++) {
        reached = pass(layer, reached, nullptr).moments;
    }
    return reached;
}

}  // namespace fsd::analysis
