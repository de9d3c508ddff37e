// Data sets: from files, or over arrays that Python keeps.
#include "python/module/arrays.h"
#include "runtime/error.h"
#include "toolkit/sources/labeled_data.h"
#include "toolkit/starters/starter_data.h"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

namespace fsd::python {
namespace {

// inputs: uint8 [sample, y, x, color] or float32 [sample, y, x, channel]; answers: int32 [sample] with
// classes, or float32 [sample, number]. The caller keeps the arrays.
Dataset over_arrays(const Dense &inputs, const std::optional<Dense> &labels,
                    const std::optional<Dense> &targets, std::vector<std::string> classes) {
    Dataset data;
    data.source = "arrays";
    data.classes = std::move(classes);
    Tensor numbers = view_of(inputs);
    (numbers.type() == halide_type_of<uint8_t>() ? data.images : data.features) = numbers;
    if (labels) {
        const auto *first = static_cast<const int *>(labels->data());
        data.labels.assign(first, first + labels->size());
    }
    if (targets) {
        data.targets = view_of(*targets);
    }
    return data;
}

Split split_of(const std::string &name) {
    if (name != "train" && name != "test") {
        throw Error(ExitCode::usage, text("The split is 'train' or 'test'; found '", name, "'."));
    }
    return name == "train" ? Split::train : Split::test;
}

Dataset load(const std::string &path, const std::string &split, const std::string &labels, int height,
             int width, int colors) {
    return load_dataset(path, split_of(split), {height, width, colors}, labels);
}

Dataset load_in_format_of(const Model &model, const std::string &path, const std::string &split,
                          const std::string &labels) {
    split_of(split);
    return load_for(model, {path, split, 0, labels});
}

template<typename Number>
nb::object array_of(const Tensor &tensor, const nb::handle &owner) {
    if (!tensor.data()) {
        return nb::none();
    }
    const Shape extents = shape_of(tensor);
    const std::vector<std::size_t> shape(extents.begin(), extents.end());
    return nb::cast(nb::ndarray<const Number, nb::numpy>(tensor.data(), shape.size(), shape.data(), owner));
}

}  // namespace

void add_datasets(nb::module_ &module) {
    const nb::call_guard<nb::gil_scoped_release> released;
    nb::class_<Dataset>(module, "Dataset")
        .def_static("over_arrays", over_arrays, nb::arg(), nb::arg().none(), nb::arg().none(), nb::arg())
        .def_static("load", load, released)
        .def_static("load_for", load_in_format_of, released)
        .def_prop_ro("images",
                     [](const nb::handle_t<Dataset> &self) {
                         return array_of<std::uint8_t>(nb::cast<const Dataset &>(self).images, self);
                     })
        .def_prop_ro("features",
                     [](const nb::handle_t<Dataset> &self) {
                         return array_of<float>(nb::cast<const Dataset &>(self).features, self);
                     })
        .def_prop_ro("targets",
                     [](const nb::handle_t<Dataset> &self) {
                         return array_of<float>(nb::cast<const Dataset &>(self).targets, self);
                     })
        .def_prop_ro("labels", [](const Dataset &data) { return data.labels; })
        .def_prop_ro("classes", [](const Dataset &data) { return data.classes; })
        .def_prop_ro("source", [](const Dataset &data) { return data.source; })
        .def_prop_ro("has_split", [](const Dataset &data) { return data.split; })
        .def_prop_ro("notes", [](const Dataset &data) { return data.notes; });
}

}  // namespace fsd::python
