// Models as ONNX files.
#include "toolkit/onnx/onnx.h"

#include "python/module/module.h"

#include <nanobind/stl/string.h>

namespace fsd::python {
namespace {

std::size_t write(const Model &model, const std::string &path, bool floats) {
    return export_onnx(model, path, floats ? OnnxNumbers::floats : OnnxNumbers::bytes);
}

}  // namespace

void add_onnx(nb::module_ &module) {
    module.attr("onnx_operator_set") = onnx_operator_set;
    module.def("export_onnx", write, nb::call_guard<nb::gil_scoped_release>());
}

}  // namespace fsd::python
