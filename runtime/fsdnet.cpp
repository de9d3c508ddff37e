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
    return fsd::text(
        "{\"input\": {\"kind\": ", fsd::json_string(to_string(model.input.kind)), ", \"height\": ", height,
        ", \"width\": ", width, ", \"colors\": ", colors, "}, \"numbers\": ", network.result_size(),
        ", \"classes\": ", json_list(model.classes, fsd::json_string),
        ", \"parameters\": ", model.parameter_count(), ", \"layers\": ", layers_text(model),
        ", \"preprocessing\": ", fsd::json_string(model.preprocessing.kind),
        ", \"device\": ", fsd::json_string(network.device()),
        ", \"device_name\": ", fsd::json_string(fsd::device_description(network.device())), ", \"kernels\": ",
        json_list(network.kernels(),
                  [](const fsd::Kernel *kernel) { return fsd::json_string(kernel->name); }),
        "}");
}

// Tensors count their elements in 32 bits, so very many samples go through in several parts.
template<typename Number>
void run(fsd::Network &network, const Number *inputs, std::size_t count, float *result) {
    const auto &[height, width, colors] = network.model().input.extents();
    const std::size_t numbers = static_cast<std::size_t>(height) * width * colors;
    const auto size = static_cast<std::size_t>(network.result_size());
    const std::size_t most = std::max<std::size_t>(1, (std::size_t(1) << 30) / std::max(numbers, size));
    for (std::size_t first = 0; first < count; first += most) {
        const auto samples = static_cast<int>(std::min(most, count - first));
        const fsd::Tensor view =
            fsd::view_tensor(halide_type_of<Number>(), const_cast<Number *>(inputs + first * numbers),
                             {samples, height, width, colors});
        fsd::Tensor part = fsd::view_tensor(halide_type_of<float>(), result + first * size,
                                            {samples, static_cast<int>(size)});
        network.run(view, part);
    }
}

template<typename Number>
int run_guarded(const char *function, fsdnet_network *network, const Number *inputs, const char *inputs_name,
                std::size_t count, float *result, const char *result_name) {
    return guarded([&] {
        need(network, function, "network");
        if (count == 0) {
            return;
        }
        need(inputs, function, inputs_name);
        need(result, function, result_name);
        std::lock_guard<std::mutex> guard(network->lock);
        run(network->network, inputs, count, result);
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
    std::unique_ptr<fsdnet_network> loaded;
    guarded([&] {
        need(path, "fsdnet_load", "path");
        need(device, "fsdnet_load_on", "device");
        fsd::NetworkOptions options;
        options.device = device;
        fsd::Network network(fsd::load_model(path), options);
        std::string description = describe(network);
        loaded = std::make_unique<fsdnet_network>(std::move(network), std::move(description));
    });
    return loaded.release();
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
    return run_guarded("fsdnet_run", network, images, "images", count, log_posterior, "log_posterior");
}

int fsdnet_run_floats(fsdnet_network *network, const float *numbers, size_t count, float *result) {
    return run_guarded("fsdnet_run_floats", network, numbers, "numbers", count, result, "result");
}
