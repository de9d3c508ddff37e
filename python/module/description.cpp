// Descriptions of networks, as JSON text.
#include "python/module/module.h"
#include "runtime/device.h"
#include "toolkit/networks/network_description.h"
#include "toolkit/starters/starter_network.h"

#include <nanobind/stl/string.h>

namespace fsd::python {
namespace {

std::string describe(const Model &model, const Dataset *data, const std::string &device) {
    nlohmann::ordered_json description = describe_network(model);
    if (data) {
        add_information(description, model, *data, chosen_device(device));
    }
    return description.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

void add_description(nb::module_ &module) {
    const nb::call_guard<nb::gil_scoped_release> released;
    module.def("describe", describe, nb::arg(), nb::arg().none(), nb::arg(), released);
    module.def("starter_network", starter_network, released);
    module.def("description_text", description_text, released);
}

}  // namespace fsd::python
