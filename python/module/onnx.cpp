// Models as ONNX files, and ONNX files as models.
#include "toolkit/onnx/onnx.h"

#include "python/module/module.h"
#include "runtime/error.h"
#include "toolkit/onnx/import/onnx_import.h"

#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <utility>

namespace fsd::python {
namespace {

std::size_t write(const Model &model, const std::string &path, bool floats) {
    return export_onnx(model, path, floats ? OnnxNumbers::floats : OnnxNumbers::bytes);
}

using Imported = std::pair<Model, std::vector<std::string>>;  // with the notes

Imported read(const std::string &path, const std::vector<std::string> &classes, const std::vector<int> &axes,
              const std::string &result, double scale, double offset) {
    OnnxImportOptions options;
    options.classes = classes;
    options.axes = axes;
    options.result = result;
    options.scale = scale;
    options.offset = offset;
    OnnxImported imported = import_onnx(path, options);
    std::string reasons;
    for (const OnnxRefusal &refusal : imported.refused) {
        reasons += "\n  " + refusal.where + ": " + refusal.reason;
    }
    if (!reasons.empty()) {
        throw Error(ExitCode::unsupported,
                    text("A chain of fsdnet's layers cannot hold the graph of '", path, "':", reasons));
    }
    return {std::move(imported.model), std::move(imported.notes)};
}

}  // namespace

void add_onnx(nb::module_ &module) {
    module.attr("onnx_operator_set") = onnx_operator_set;
    module.def("export_onnx", write, nb::call_guard<nb::gil_scoped_release>());
    module.def("import_onnx", read, nb::call_guard<nb::gil_scoped_release>());
}

}  // namespace fsd::python
