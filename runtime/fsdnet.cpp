// The C interface over Network: exceptions become codes and a sentence per thread.
#include "runtime/fsdnet.h"

#include "runtime/device.h"
#include "runtime/error.h"
#include "runtime/failure.h"
#include "runtime/formats/json_text.h"
#include "runtime/network.h"

#include <algorithm>
#include <cstdio>
#include <mutex>
#include <new>

struct fsdnet_network {
    fsdnet_network(fsd::Network loaded, std::string described)
        : network(std::move(loaded)), description(std::move(described)) {}

    fsd::Network network;
    std::string description;
    std::mutex lock;
};

namespace {

using fsd::Error;
using fsd::ExitCode;

// Fixed memory: reporting a failure must not fail itself, not even where memory is short.
thread_local char last_error[1024] = "";

// Runs the action; returns its status.
template<typename Action>
int guarded(Action action) noexcept {
    try {
        action();
        return FSDNET_OK;
    } catch (const std::bad_alloc &) {
        fsd::describe_failure(last_error, sizeof last_error);
        return FSDNET_INTERNAL;
    } catch (...) {
        return static_cast<int>(fsd::describe_failure(last_error, sizeof last_error));
    }
}

void need(const void *pointer, const char *function, const char *argument) {
    if (!pointer) {
        throw Error(ExitCode::usage,
                    fsd::text(function, ": the argument '", argument, "' must not be NULL."));
    }
}

template<typename List, typename Format>
std::string json_list(const List &list, Format format) {
    std::string out;
    for (const auto &element : list) {
        out += (out.empty() ? "" : ", ") + format(element);
    }
    return "[" + out + "]";
}

std::string layers_text(const fsd::Model &model) {
    const std::vector<fsd::Shape> shapes = fsd::activation_shapes(model);
    std::vector<std::string> layers;
    for (std::size_t i = 0; i < model.layers.size(); i++) {
        const fsd::Layer &layer = model.layers[i];
        const std::string name = layer.name.empty() ? "" : ", \"name\": " + fsd::json_string(layer.name);
        layers.push_back(fsd::text("{\"op\": ", fsd::json_string(layer.op), name,
                                   ", \"shape\": ", fsd::to_string(shapes[i + 1]), "}"));
    }
    return json_list(layers, [](const std::string &layer) { return layer; });
}

std::string describe(const fsd::Network &network) {
    const fsd::Model &model = network.model();
    const auto &[height, width, colors] = model.input.extents();
    return fsd::text("{\"input\": {\"kind\": ", fsd::json_string(to_string(model.input.kind)),
                     ", \"height\": ", height, ", \"width\": ", width, ", \"colors\": ", colors,
                     "}, \"numbers\": ", network.result_size(),
                     ", \"classes\": ", json_list(model.classes, fsd::json_string),
                     ", \"parameters\": ", model.parameter_count(), ", \"layers\": ", layers_text(model),
                     ", \"preprocessing\": ", fsd::json_string(model.preprocessing.kind),
                     ", \"device\": ", fsd::json_string(network.device()),
                     ", \"device_name\": ", fsd::json_string(fsd::device_description(network.device())),
                     ", \"kernels\": ", json_list(network.kernel_names(), fsd::json_string), "}");
}

std::unique_ptr<fsdnet_network> load(const char *path, const fsd::NetworkOptions &options) {
    fsd::Network network(fsd::load_model(path), options);
    std::string description = describe(network);
    return std::make_unique<fsdnet_network>(std::move(network), std::move(description));
}

// What the action gives; NULL where it fails.
template<typename Action>
fsdnet_network *loaded(Action action) noexcept {
    std::unique_ptr<fsdnet_network> given;
    guarded([&] { given = action(); });
    return given.release();
}

// What a call hands over: C order, one after the other; what is not wanted is nullptr.
template<typename Number>
struct Samples {
    const Number *inputs;
    std::size_t count;
    float *result;
    const uint8_t *mask = nullptr;
    int mask_colors = 1;
    float *novelty = nullptr, *p_value = nullptr;
};

// A part of an array, and whether there is one.
struct Part {
    template<typename Element>
    Part(Element *array, std::size_t first, std::size_t per_sample, std::initializer_list<int> shape)
        : view(array ? fsd::view_tensor(
                           halide_type_of<std::remove_const_t<Element>>(),
                           const_cast<std::remove_const_t<Element> *>(array + first * per_sample), shape)
                     : fsd::Tensor()),
          place(array ? &view : nullptr) {}
    Part(const Part &) = delete;
    Part &operator=(const Part &) = delete;

    fsd::Tensor view;
    fsd::Tensor *place;
};

// Tensors count their elements in 32 bits, so very many samples go through in several parts.
template<typename Number>
void run(fsd::Network &network, const Samples<Number> &samples) {
    const auto &[height, width, colors] = network.model().input.extents();
    const std::size_t pixels = static_cast<std::size_t>(height) * width, numbers = pixels * colors;
    const auto size = static_cast<std::size_t>(network.result_size());
    const std::size_t most = std::max<std::size_t>(1, (std::size_t(1) << 30) / std::max(numbers, size));
    for (std::size_t first = 0; first < samples.count; first += most) {
        const auto count = static_cast<int>(std::min(most, samples.count - first));
        const Part inputs(samples.inputs, first, numbers, {count, height, width, colors}),
            mask(samples.mask, first, pixels * static_cast<std::size_t>(samples.mask_colors),
                 {count, height, width, samples.mask_colors}),
            novelty(samples.novelty, first, 1, {count}), p_value(samples.p_value, first, 1, {count});
        Part result(samples.result, first, size, {count, static_cast<int>(size)});
        network.run({inputs.view, result.view, mask.place, nullptr, novelty.place, p_value.place});
    }
}

template<typename Number>
int run_guarded(const char *function, fsdnet_network *network, const Samples<Number> &samples,
                const char *inputs_name, const char *result_name) {
    return guarded([&] {
        need(network, function, "network");
        if (samples.count == 0) {
            return;
        }
        need(samples.inputs, function, inputs_name);
        need(samples.result, function, result_name);
        std::lock_guard<std::mutex> guard(network->lock);
        run(network->network, samples);
    });
}

}  // namespace

int fsdnet_api_version(void) {
    return FSDNET_API_VERSION;
}

const char *fsdnet_last_error(void) {
    return last_error;
}

fsdnet_network *fsdnet_load(const char *path) {
    return fsdnet_load_on(path, "cpu");
}

fsdnet_network *fsdnet_load_on(const char *path, const char *device) {
    return loaded([&] {
        need(path, "fsdnet_load", "path");
        need(device, "fsdnet_load_on", "device");
        fsd::NetworkOptions options;
        options.device = device;
        return load(path, options);
    });
}

fsdnet_network *fsdnet_load_compiled(const char *path, const char *library) {
    return loaded([&] {
        need(path, "fsdnet_load_compiled", "path");
        need(library, "fsdnet_load_compiled", "library");
        fsd::NetworkOptions options;
        options.compiled = library;
        return load(path, options);
    });
}

void fsdnet_free(fsdnet_network *network) {
    delete network;  // NOLINT(cppcoreguidelines-owning-memory): the owner is a C program
}

int fsdnet_input_size(const fsdnet_network *network, int *height, int *width, int *colors) {
    return guarded([&] {
        need(network, "fsdnet_input_size", "network");
        const fsd::Input &input = network->network.model().input;
        for (const auto &[place, value] : {std::pair(height, input.height), std::pair(width, input.width),
                                           std::pair(colors, input.colors)}) {
            if (place) {
                *place = value;
            }
        }
    });
}

int fsdnet_class_count(const fsdnet_network *network) {
    return network ? static_cast<int>(network->network.model().classes.size()) : 0;
}

int fsdnet_layer_count(const fsdnet_network *network) {
    return network ? static_cast<int>(network->network.model().layers.size()) : 0;
}

const char *fsdnet_class_name(const fsdnet_network *network, int index) {
    if (index < 0 || index >= fsdnet_class_count(network)) {
        std::snprintf(last_error, sizeof last_error, "fsdnet_class_name: there is no class of this index.");
        return nullptr;
    }
    return network->network.model().classes[static_cast<std::size_t>(index)].c_str();
}

const char *fsdnet_describe(const fsdnet_network *network) {
    return network ? network->description.c_str() : nullptr;
}

int fsdnet_result_size(const fsdnet_network *network) {
    return network ? network->network.result_size() : 0;
}

int fsdnet_run(fsdnet_network *network, const uint8_t *images, size_t count, float *log_posterior) {
    const Samples<uint8_t> samples{images, count, log_posterior};
    return run_guarded("fsdnet_run", network, samples, "images", "log_posterior");
}

int fsdnet_run_floats(fsdnet_network *network, const float *numbers, size_t count, float *result) {
    const Samples<float> samples{numbers, count, result};
    return run_guarded("fsdnet_run_floats", network, samples, "numbers", "result");
}

int fsdnet_run_masked(fsdnet_network *network, const uint8_t *images, const uint8_t *mask, int mask_colors,
                      size_t count, float *log_posterior) {
    if (count > 0 && (!mask || mask_colors < 1)) {
        return guarded([&] {
            need(mask, "fsdnet_run_masked", "mask");
            throw Error(ExitCode::usage,
                        fsd::text("fsdnet_run_masked: the argument 'mask_colors' is 1 or the "
                                  "number of the input's colors; found ",
                                  mask_colors, "."));
        });
    }
    const Samples<uint8_t> samples{images, count, log_posterior, mask, mask_colors};
    return run_guarded("fsdnet_run_masked", network, samples, "images", "log_posterior");
}

int fsdnet_judge(fsdnet_network *network, const uint8_t *images, size_t count, float *log_posterior,
                 float *novelty, float *p_value) {
    const Samples<uint8_t> samples{images, count, log_posterior, nullptr, 1, novelty, p_value};
    return run_guarded("fsdnet_judge", network, samples, "images", "log_posterior");
}
