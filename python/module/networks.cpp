// Networks that run, and what they say of single images.
#include "python/module/running.h"

#include "runtime/error.h"
#include "toolkit/evaluation/explanation.h"
#include "toolkit/evaluation/novelty_fit.h"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

namespace fsd::python {
namespace {

using OptionalFloats = std::optional<Floats>;

void run(RunningNetwork &network, const Array &inputs, const Floats &result, const std::optional<Array> &mask,
         const OptionalFloats &evidence, const OptionalFloats &novelty, const OptionalFloats &p_value) {
    const Wanted wanted{mask, evidence, novelty, p_value};
    const nb::gil_scoped_release released;
    network.run(inputs, result, wanted);
}

// label, rival, log-odds; the nats of the pixels go where they are told, float64 [y, x].
nb::tuple explain_image(RunningNetwork &network, const Dense &image, const std::optional<Dense> &mask,
                        int window, int stride,
                        const nb::ndarray<double, nb::c_contig, nb::device::cpu> &nats) {
    Explanation found;
    {
        const nb::gil_scoped_release released;
        std::unique_lock<std::mutex> lock;
        Network &chain = network.network(lock, "unobserved pixels");
        const Tensor hidden = mask ? view_of(*mask) : Tensor();
        found = explain(chain, view_of(image), 0, {window, stride}, mask ? &hidden : nullptr);
    }
    std::copy(found.nats.begin(), found.nats.end(), nats.data());
    return nb::make_tuple(found.label, found.rival, found.log_odds);
}

Model with_novelty(RunningNetwork &network, const Dense &inputs) {
    std::unique_lock<std::mutex> lock;
    Network &chain = network.network(lock, "novelty");
    Model model = chain.model();
    if (!can_have_novelty(model)) {
        throw Error(ExitCode::unsupported,
                    "The network has no novelty: that takes classes and a layer which is "
                    "normalized by Bayes' rule or softmax.");
    }
    model.novelty = fit_novelty(chain, view_of(inputs));
    return model;
}

RunningNetwork *load(const std::string &path, const std::string &device, int batch,
                     const std::string &compiled) {
    return std::make_unique<RunningNetwork>(load_network(path, compiled), device, batch).release();
}

RunningNetwork *from_model(const Model &model, const std::string &device, int batch,
                           const std::string &compiled) {
    return std::make_unique<RunningNetwork>(StoredNetwork{model, std::nullopt, compiled}, device, batch)
        .release();
}

RunningNetwork *quantized_from(const Model &model) {
    QuantizedNetwork quantized = quantize(model);
    Model description = quantized.description;
    return std::make_unique<RunningNetwork>(StoredNetwork{std::move(description), std::move(quantized)},
                                            "cpu", 64)
        .release();
}

void save_integers(const RunningNetwork &network, const std::string &path) {
    if (!network.quantized()) {
        throw Error(ExitCode::internal, "Only a quantized network is saved as one.");
    }
    save_quantized(*network.quantized(), path);
}

}  // namespace

void add_networks(nb::module_ &module) {
    const nb::call_guard<nb::gil_scoped_release> released;
    nb::class_<RunningNetwork>(module, "Network")
        .def_static("load", load, released)
        .def_static("from_model", from_model, released)
        .def_static("quantized_from", quantized_from, released)
        .def("run", run, nb::arg(), nb::arg().noconvert(), nb::arg().none(), nb::arg().noconvert().none(),
             nb::arg().noconvert().none(), nb::arg().noconvert().none())
        .def("explain", explain_image)
        .def("with_novelty", with_novelty, released)
        .def("save_quantized", save_integers, released)
        .def("model", [](const RunningNetwork &network) { return network.model(); })
        .def_prop_ro("is_quantized",
                     [](const RunningNetwork &network) { return network.quantized() != nullptr; })
        .def_prop_ro("device", &RunningNetwork::device)
        .def_prop_ro("result_size", &RunningNetwork::result_size)
        .def_prop_ro("evidence_size", &RunningNetwork::evidence_size)
        .def_prop_ro("kernel_names", &RunningNetwork::kernel_names);
}

}  // namespace fsd::python
