// ONNX files, beside one of numbers that they can name. What is imported must be a model that can be written;
// constants may be few, so that the file and not the numbers are what grows. The first byte picks what a
// caller may ask for.
#include "runtime/models/model_check.h"
#include "tests/fuzz/input.h"
#include "toolkit/onnx/import/onnx_import.h"

namespace {

enum Asked { result = 1, classes = 2, input = 4, file = 8 };

fsd::OnnxImportOptions options_of(std::uint8_t asked) {
    fsd::OnnxImportOptions options;
    options.most_numbers = 1 << 20;
    if (asked & result) {
        options.result = "y";
    }
    if (asked & classes) {
        options.classes = {"first", "second"};
    }
    if (asked & input) {
        options.axes = {2, 6, 6};
        options.scale = 0.5;
        options.offset = 1;
    }
    return options;
}

// A result or classes that the graph does not have are the caller's mistake.
fsd::OnnxImported imported(const std::string &bytes, const fsd::OnnxImportOptions &options, bool as_file) {
    static const std::string folder = [] {
        const std::uint8_t numbers[16] = {0, 0, 128, 63};
        fuzz::write_to(fuzz::folder() + "/numbers", numbers, sizeof numbers);
        return fuzz::folder();
    }();
    try {
        return as_file ? fsd::import_onnx(fuzz::as_file(reinterpret_cast<const std::uint8_t *>(bytes.data()),
                                                        bytes.size()),
                                          options)
                       : fsd::import_onnx_bytes(bytes, folder, options);
    } catch (const fsd::Error &error) {
        fuzz::require(error.code() != fsd::ExitCode::usage || !options.result.empty() ||
                          !options.classes.empty(),
                      "only what is asked for can be wrong");
        throw fsd::Error(error.code() == fsd::ExitCode::usage ? fsd::ExitCode::bad_input : error.code(),
                         error.what());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    if (size < 1) {
        return 0;
    }
    const std::string bytes(reinterpret_cast<const char *>(data) + 1, size - 1);
    fuzz::accepted([&] {
        const fsd::OnnxImported got = imported(bytes, options_of(data[0]), data[0] & file);
        fuzz::require(got.refused.empty() != got.model.layers.empty(), "a model or reasons");
        if (got.refused.empty()) {
            fsd::check_model(got.model);
        }
    });
    return 0;
}
