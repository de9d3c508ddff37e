// Models: networks as data.
#include "python/module/arrays.h"
#include "runtime/models/model_json.h"
#include "toolkit/training/description.h"

#include <nanobind/stl/map.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

namespace fsd::python {
namespace {

// The tensors' memory lives as long as the model, which nobody changes.
nb::dict tensors_of(const nb::handle_t<Model> &self) {
    nb::dict tensors;
    for (const auto &[name, tensor] : nb::cast<const Model &>(self).tensors) {
        const Shape extents = shape_of(tensor);
        const std::vector<std::size_t> shape(extents.begin(), extents.end());
        tensors[name.c_str()] =
            nb::ndarray<const float, nb::numpy>(tensor.data(), shape.size(), shape.data(), self);
    }
    return tensors;
}

nb::tuple input_of(const Model &model) {
    const auto &[height, width, colors] = model.input.extents();
    return nb::make_tuple(to_string(model.input.kind), height, width, colors);
}

}  // namespace

void add_models(nb::module_ &module) {
    const nb::call_guard<nb::gil_scoped_release> released;
    nb::class_<Model>(module, "Model")
        .def_static("load", load_model, released)
        .def_static("read_description", read_description, released)
        .def_static("parse_description",
                    [](const std::string &json) { return description_from_json(json, "The description"); })
        .def(
            "save", [](const Model &model, const std::string &path) { save_model(model, path); }, released)
        .def("replaced", replaced, released)
        .def("description", [](const Model &model) { return description_to_metadata(model).at("network"); })
        .def("tensors", tensors_of)
        .def_prop_ro("input", input_of)
        .def_prop_ro("classes", [](const Model &model) { return model.classes; })
        .def_prop_ro("notes", [](const Model &model) { return model.notes; })
        .def_prop_ro("parameter_count", &Model::parameter_count)
        .def_prop_ro("has_novelty", [](const Model &model) { return model.novelty.has_value(); });
}

}  // namespace fsd::python
