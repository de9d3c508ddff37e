// Every part is preceded by its size, so that no two networks have the same bytes in a row.
#include "runtime/models/fingerprint.h"

namespace fsd {

void Fingerprint::add(const void *bytes, std::size_t count) {
    constexpr std::uint64_t prime = 0x100000001b3;
    for (const auto *byte = static_cast<const unsigned char *>(bytes); count > 0; byte++, count--) {
        value_ = (value_ ^ *byte) * prime;
    }
}

void Fingerprint::add(const std::string &text) {
    add(static_cast<int>(text.size()));
    add(text.data(), text.size());
}

void Fingerprint::add(const std::vector<double> &numbers) {
    add(static_cast<int>(numbers.size()));
    add(numbers.data(), numbers.size() * sizeof(double));
}

void Fingerprint::add(const Tensor &tensor) {
    add(to_string(tensor.type()));
    add(tensor.dimensions());
    for (int axis = 0; axis < tensor.dimensions(); axis++) {
        add(tensor.dim(axis).extent());
    }
    add(tensor.data(), tensor.size_in_bytes());
}

void Fingerprint::add_layers(const Model &model) {
    const Input &input = model.input;
    add(to_string(input.kind));
    for (const int extent : {input.height, input.width, input.colors}) {
        add(extent);
    }
    add(input.scale);
    add(input.offset);
    add(static_cast<int>(model.layers.size()));
    for (const Layer &layer : model.layers) {
        add(layer.op);
        add(layer.name);
        add(static_cast<int>(layer.attributes.size()));
        for (const auto &[key, number] : layer.attributes) {
            add(key);
            add(number);
        }
        add(static_cast<int>(layer.numbers.size()));
        for (const auto &[key, number] : layer.numbers) {
            add(key);
            add(number);
        }
    }
}

std::uint64_t fingerprint_of(const Model &model) {
    Fingerprint fingerprint;
    fingerprint.add_layers(model);
    for (const auto &[name, tensor] : model.tensors) {
        fingerprint.add(name);
        fingerprint.add(tensor);
    }
    return fingerprint.value();
}

}  // namespace fsd
