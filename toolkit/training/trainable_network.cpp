// Lays the numbers out, draws them and turns them into a model's tensors.
#include "toolkit/training/trainable_network.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"

#include <algorithm>

namespace fsd {
namespace {

constexpr std::size_t alignment = 64 / sizeof(float);

// Reserves `count` floats at the end of a vector of `size` floats; returns where they begin.
std::size_t reserve(std::size_t &size, std::size_t count) {
    const std::size_t start = size;
    size += (count + alignment - 1) / alignment * alignment;
    return start;
}

Tensor view(const Tensor &flat, std::size_t start, const Shape &shape) {
    auto *floats = static_cast<float *>(const_cast<void *>(flat.data()));
    return view_tensor(halide_type_of<float>(), floats + start, shape);
}

void clear(Tensor &flat) {
    if (flat.data()) {
        std::memset(flat.data(), 0, flat.size_in_bytes());
    }
}

std::map<std::string, Tensor> as_they_are(const LayerNumbers &numbers) {
    std::map<std::string, Tensor> tensors;
    for (const auto *views : {&numbers.values, &numbers.state}) {
        for (const auto &[role, tensor] : *views) {
            tensors[role] = copy_of(tensor);
        }
    }
    return tensors;
}

}  // namespace

TrainableNetwork::TrainableNetwork(Model description) : description_(std::move(description)) {
    const std::vector<ActivationType> signals = activations(description_);
    std::size_t parameters = 0, states = 0;
    for (std::size_t i = 0; i < description_.layers.size(); i++) {
        places_.push_back({{description_, i, signals[i], signals[i + 1]}, nullptr, {}, {}, parameters});
        locate(places_.back(), parameters, states);
    }
    if (parameters == 0) {
        throw Error(ExitCode::unsupported,
                    "There is nothing to train: no layer of the network has parameters.");
    }
    values = make_tensor<float>({static_cast<int>(parameters)});
    gradient = make_tensor<float>({static_cast<int>(parameters)});
    if (states > 0) {
        state = make_tensor<float>({static_cast<int>(states)});
    }
}

void TrainableNetwork::locate(Location &location, std::size_t &parameters, std::size_t &states) {
    const LayerSite &site = location.site;
    location.kind = &trainable_kind(site);
    if (location.kind->parameters) {
        for (RawParameter &parameter : location.kind->parameters(site)) {
            const std::size_t start = reserve(parameters, element_count(parameter.shape));
            location.parameters.push_back({std::move(parameter), start});
        }
    }
    if (location.kind->state) {
        for (RunningState &running : location.kind->state(site)) {
            const std::size_t start = reserve(states, element_count(running.shape));
            location.state.push_back({std::move(running), start});
        }
    }
}

std::unique_ptr<TrainableLayer> TrainableNetwork::make_layer(std::size_t layer) const {
    return places_[layer].kind->make(places_[layer].site, numbers(layer));
}

LayerNumbers TrainableNetwork::numbers(std::size_t layer) const {
    LayerNumbers numbers;
    for (const View &at : places_[layer].parameters) {
        numbers.values[at.parameter.role] = view(values, at.start, at.parameter.shape);
        numbers.gradient[at.parameter.role] = view(gradient, at.start, at.parameter.shape);
    }
    for (const StateView &at : places_[layer].state) {
        numbers.state[at.state.role] = view(state, at.start, at.state.shape);
    }
    return numbers;
}

std::vector<Tensor> TrainableNetwork::decaying() const {
    std::vector<Tensor> views;
    for (const Location &location : places_) {
        for (const View &at : location.parameters) {
            if (at.parameter.decays) {
                const auto count = static_cast<int>(element_count(at.parameter.shape));
                views.push_back(view(values, at.start, {count}));
            }
        }
    }
    return views;
}

void TrainableNetwork::draw(const Location &location, const Random &random) {
    std::uint64_t counter = 0;
    for (const View &at : location.parameters) {
        const std::size_t count = element_count(at.parameter.shape);
        float *place = static_cast<float *>(values.data()) + at.start;
        for (std::size_t i = 0; at.parameter.initial && i < count; i++) {
            place[i] = static_cast<float>(at.parameter.initial(random, counter + i));
        }
        counter += count;
    }
}

// Layers with parameters count on their own: others between them change no draw.
void TrainableNetwork::initialize(std::uint64_t seed) {
    for (Tensor *flat : {&values, &gradient, &state}) {
        clear(*flat);
    }
    std::uint64_t section = 0;
    for (const Location &location : places_) {
        if (!location.parameters.empty()) {
            draw(location, Random(seed, Stream::parameters, section++));
        }
        for (const StateView &at : location.state) {
            std::fill_n(static_cast<float *>(state.data()) + at.start, element_count(at.state.shape),
                        at.state.initial);
        }
    }
}

void TrainableNetwork::take(const Tensor &from, const std::string &name, const Tensor &place) {
    if (from.number_of_elements() != place.number_of_elements()) {
        throw Error(ExitCode::bad_input,
                    text("Training cannot begin with the model's '", name, "', which has ",
                         from.number_of_elements(), " numbers; the network has ", place.number_of_elements(),
                         " there."));
    }
    std::memcpy(const_cast<void *>(place.data()), from.data(), place.size_in_bytes());
}

void TrainableNetwork::take_from(const Model &model) {
    for (std::size_t layer = 0; layer < places_.size(); layer++) {
        const Location &location = places_[layer];
        const std::string &name = location.site.layer().name;
        std::map<std::string, Tensor> tensors;
        for (const TensorRule &rule : layer_kind(location.site.layer().op).tensors) {
            tensors[rule.role] = model.tensor(name + "." + rule.role);
        }
        const auto parameters = location.kind->from_tensors ? location.kind->from_tensors(tensors) : tensors;
        const LayerNumbers own = numbers(layer);
        for (const auto *views : {&own.values, &own.state}) {
            for (const auto &[role, place] : *views) {
                take(parameters.at(role), name + "." + role, place);
            }
        }
    }
}

Model TrainableNetwork::model() const {
    Model out = description_;
    for (std::size_t layer = 0; layer < places_.size(); layer++) {
        const Location &location = places_[layer];
        const LayerNumbers of_layer = numbers(layer);
        const auto tensors =
            location.kind->tensors ? location.kind->tensors(location.site, of_layer) : as_they_are(of_layer);
        for (const auto &[role, tensor] : tensors) {
            out.tensors[location.site.layer().name + "." + role] = tensor;
        }
    }
    return out;
}

}  // namespace fsd
