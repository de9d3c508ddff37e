// A network that can be trained: its layers' raw parameters, all in one flat vector so that one call of an
// optimizer's kernel updates everything, and the state beside them.
#pragma once

#include "toolkit/training/layers/trainable_kind.h"

#include <cstdint>

namespace fsd {

class TrainableNetwork {
public:
    // Throws Error(bad_input) where the description is no network, Error(unsupported) that names the layer
    // which cannot be trained. Without numbers until they are initialized.
    explicit TrainableNetwork(Model description);
    TrainableNetwork(const TrainableNetwork &) = delete;  // layers refer to it
    TrainableNetwork &operator=(const TrainableNetwork &) = delete;

    const Model &description() const { return description_; }
    std::size_t layers() const { return places_.size(); }
    const LayerSite &site(std::size_t layer) const { return places_[layer].site; }
    std::unique_ptr<TrainableLayer> make_layer(std::size_t layer) const;

    // A layer's views.
    LayerNumbers numbers(std::size_t layer) const;
    // Where the layer's numbers begin in values and gradient: behind those of all layers before it.
    std::size_t first_element(std::size_t layer) const { return places_[layer].first_element; }
    // The parameters that weight decay applies to: views of values.
    std::vector<Tensor> decaying() const;

    // float32 [element]; views begin at multiples of 64 bytes, and the gaps between them stay 0. The state is
    // undefined where no layer has one.
    Tensor values, gradient, state;

    // What the kinds say that training begins with.
    void initialize(std::uint64_t seed);
    // Or with those that stand for the tensors of a model with these layers. Throws Error(bad_input) where
    // one is missing or has another size.
    void take_from(const Model &model);

    // The description with the tensors that the numbers stand for.
    Model model() const;

private:
    struct View {
        RawParameter parameter;
        std::size_t start = 0;
    };
    struct StateView {
        RunningState state;
        std::size_t start = 0;
    };
    struct Location {
        LayerSite site;
        const TrainableKind *kind;
        std::vector<View> parameters;
        std::vector<StateView> state;
        std::size_t first_element = 0;
    };
    static void locate(Location &location, std::size_t &parameters, std::size_t &state);
    void draw(const Location &location, const Random &random);
    static void take(const Tensor &from, const std::string &name, const Tensor &place);

    const Model description_;
    std::vector<Location> places_;
};

}  // namespace fsd
