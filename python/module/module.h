// The rooms of the Python module `fsdnet._fsdnet`: each adds its classes and functions. What they do is the
// libraries'; arguments are checked, and documented, in python/fsdnet/.
#pragma once

#include <nanobind/nanobind.h>

namespace fsd::python {

namespace nb = nanobind;

void add_errors(nb::module_ &module);
void add_threads(nb::module_ &module);
void add_models(nb::module_ &module);
void add_networks(nb::module_ &module);
void add_datasets(nb::module_ &module);
void add_images(nb::module_ &module);
void add_training(nb::module_ &module);
void add_evaluation(nb::module_ &module);
void add_description(nb::module_ &module);
void add_onnx(nb::module_ &module);

}  // namespace fsd::python
