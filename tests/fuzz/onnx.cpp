// ONNX files. What is imported must be a model that can be written; constants may be few, so that the file
// and not the numbers are what grows.
#include "runtime/models/model_check.h"
#include "tests/fuzz/input.h"
#include "toolkit/onnx/import/onnx_import.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char *>(data), size);
    fsd::OnnxImportOptions options;
    options.most_numbers = 1 << 20;
    fuzz::accepted([&] {
        const fsd::OnnxImported imported = fsd::import_onnx_bytes(bytes, "", options);
        fuzz::require(imported.refused.empty() != imported.model.layers.empty(), "a model or reasons");
        if (imported.refused.empty()) {
            fsd::check_model(imported.model);
        }
    });
    return 0;
}
