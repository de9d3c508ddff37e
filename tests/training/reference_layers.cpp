// One function per kind, found by its name.
#include "tests/training/reference_layers.h"

#include "tests/training/reference_pools.h"

#include <cmath>
#include <functional>
#include <utility>

namespace fsd::testing {
namespace {

// The window of a layer; of a layer without one it is the whole map.
struct LayerWindow {
    int height, width, stride_y = 1, stride_x = 1, padding_y = 0, padding_x = 0;

    LayerWindow(const Layer &layer, const Maps &input) : height(input.shape[0]), width(input.shape[1]) {
        if (layer.attributes.count("window_y") != 0) {
            height = layer.attribute("window_y");
            width = layer.attribute("window_x");
            stride_y = layer.attribute("stride_y");
            stride_x = layer.attribute("stride_x");
            padding_y = layer.attribute("padding_y");
            padding_x = layer.attribute("padding_x");
        }
    }
};

// A place where the layer gives numbers.
struct Target {
    int sample, y, x;
};

void for_each_target(const Maps &maps, const std::function<void(const Target &)> &visit) {
    for (int sample = 0; sample < maps.samples; sample++) {
        for (int y = 0; y < maps.shape[0]; y++) {
            for (int x = 0; x < maps.shape[1]; x++) {
                visit({sample, y, x});
            }
        }
    }
}

// sum over the window's sites inside of the map and the channels first .. first + count - 1 of
// input * weight(site of the window, channel - first).
double window_sum(const Maps &input, const LayerWindow &window, const Target &at, int first, int count,
                  const std::function<double(int, int)> &weight) {
    double sum = 0;
    for (int v = 0; v < window.height; v++) {
        for (int u = 0; u < window.width; u++) {
            const int row = at.y * window.stride_y + v - window.padding_y,
                      column = at.x * window.stride_x + u - window.padding_x;
            for (int channel = 0; channel < count && input.holds(row, column); channel++) {
                sum +=
                    input.at(at.sample, row, column, first + channel) * weight(v * window.width + u, channel);
            }
        }
    }
    return sum;
}

Maps kld(const LayerSite &site, const RawNumbers &numbers, const Maps &input) {
    Maps out(input.samples, site.output.shape);
    const LayerWindow window(site.layer(), input);
    const int states = input.shape[3], outputs = out.channels(), channels = input.channels();
    std::vector<double> log_q = numbers.at("theta"), log_prior = numbers.at("prior_logits");
    for (std::size_t position = 0; position < log_q.size() / (states * outputs); position++) {
        for (int output = 0; output < outputs; output++) {
            log_normalize_row(&log_q[position * states * outputs + output], states, outputs);
        }
    }
    for (int group = 0; group < out.shape[2]; group++) {
        log_normalize_row(&log_prior[group * out.shape[3]], out.shape[3], 1);
    }
    const double observations = std::exp(numbers.at("log_observations")[0]);
    for_each_target(out, [&](const Target &at) {
        for (int output = 0; output < outputs; output++) {
            out.at(at.sample, at.y, at.x, output) =
                log_prior[output] +
                observations * window_sum(input, window, at, 0, channels, [&](int place, int channel) {
                    return log_q[(std::size_t(place) * channels + channel) * outputs + output];
                });
        }
    });
    return out;
}

Maps conv(const LayerSite &site, const RawNumbers &numbers, const Maps &input) {
    Maps out(input.samples, site.output.shape);
    const LayerWindow window(site.layer(), input);
    const int groups = site.layer().attributes.count("groups") ? site.layer().attribute("groups") : 1;
    const int outputs = out.channels(), count = input.channels() / groups;
    const std::vector<double> &weight = numbers.at("weight"), &bias = numbers.at("bias");
    for_each_target(out, [&](const Target &at) {
        for (int output = 0; output < outputs; output++) {
            const int first = output / (outputs / groups) * count;
            out.at(at.sample, at.y, at.x, output) =
                bias[output] + window_sum(input, window, at, first, count, [&](int place, int channel) {
                    return weight[(std::size_t(place) * count + channel) * outputs + output];
                });
        }
    });
    return out;
}

Maps locally_connected(const LayerSite &site, const RawNumbers &numbers, const Maps &input) {
    Maps out(input.samples, site.output.shape);
    const LayerWindow window(site.layer(), input);
    const int outputs = out.channels(), count = input.channels();
    const std::vector<double> &weight = numbers.at("weight"), &bias = numbers.at("bias");
    for_each_target(out, [&](const Target &at) {
        const std::size_t place_out = std::size_t(at.y) * out.shape[1] + at.x;
        for (int output = 0; output < outputs; output++) {
            out.at(at.sample, at.y, at.x, output) =
                bias[place_out * outputs + output] +
                window_sum(input, window, at, 0, count, [&](int place, int channel) {
                    const std::size_t row = place_out * window.height * window.width + place;
                    return weight[(row * count + channel) * outputs + output];
                });
        }
    });
    return out;
}

Maps batch_norm(const LayerSite &site, const RawNumbers &numbers, const Maps &input) {
    Maps out = input;
    const auto sites = static_cast<double>(input.sites());
    for (int channel = 0; channel < input.channels(); channel++) {
        const auto sum = [&](const std::function<double(double)> &of) {
            double total = 0;
            for (std::size_t i = channel; i < input.values.size(); i += input.channels()) {
                total += of(input.values[i]);
            }
            return total;
        };
        const double mean = sum([](double z) { return z; }) / sites;
        const double variance = sum([&](double z) { return (z - mean) * (z - mean); }) / sites;
        const double slope =
            numbers.at("scale")[channel] / std::sqrt(variance + site.layer().number("epsilon"));
        for (std::size_t i = channel; i < input.values.size(); i += input.channels()) {
            out.values[i] = slope * (input.values[i] - mean) + numbers.at("shift")[channel];
        }
    }
    return out;
}

Maps element_wise(const Maps &input, const std::function<double(double)> &function) {
    Maps out = input;
    for (double &value : out.values) {
        value = function(value);
    }
    return out;
}

Maps log_normalized(const Maps &input) {
    Maps out = input;
    for (std::size_t i = 0; i < out.values.size(); i += out.shape[3]) {
        log_normalize_row(&out.values[i], out.shape[3], 1);
    }
    return out;
}

}  // namespace

void log_normalize_row(double *row, int count, int step) {
    double peak = row[0], mass = 0;
    for (int i = 0; i < count; i++) {
        peak = std::max(peak, row[i * step]);
    }
    for (int i = 0; i < count; i++) {
        mass += std::exp(row[i * step] - peak);
    }
    for (int i = 0; i < count; i++) {
        row[i * step] -= peak + std::log(mass);
    }
}

Maps reference_layer(const LayerSite &site, const RawNumbers &numbers, const Maps &input) {
    const std::string &op = site.layer().op;
    if (op == "kld_conv" || op == "kld_linear") {
        return kld(site, numbers, input);
    }
    if (op == "conv" || op == "linear") {
        return conv(site, numbers, input);
    }
    if (op == "locally_connected") {
        return locally_connected(site, numbers, input);
    }
    if (op == "batch_norm") {
        return batch_norm(site, numbers, input);
    }
    if (op == "log_normalize" || op == "log_softmax") {
        return log_normalized(input);
    }
    if (op == "normalize" || op == "softmax") {
        return element_wise(log_normalized(input), [](double z) { return std::exp(z); });
    }
    if (op == "relu") {
        return element_wise(input, [](double z) { return std::max(z, 0.0); });
    }
    if (op == "sigmoid") {
        return element_wise(input, [](double z) { return 1 / (1 + std::exp(-z)); });
    }
    if (op == "erf") {
        return element_wise(input, [](double z) { return std::erf(z); });
    }
    if (op == "quadratic") {
        const double alpha = site.layer().number("alpha");
        return element_wise(input, [alpha](double z) { return z + alpha * z * z; });
    }
    return reference_pool(site, input);
}

}  // namespace fsd::testing
