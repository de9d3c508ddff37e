// Text as the description of a network: JSON, then layers, then the tensors that they need.
#include "runtime/models/model_check.h"
#include "runtime/models/model_json.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string text(reinterpret_cast<const char *>(data), size);
    fuzz::accepted([&] {
        const fsd::Model model = fsd::description_from_json(text, "text");
        fuzz::accepted([&] { fsd::expected_tensors(model); });
        const fsd::Model again =
            fsd::description_from_json(fsd::description_to_metadata(model).at("network"), "again");
        fuzz::require(again.layers.size() == model.layers.size() && again.classes == model.classes,
                      "a description is read as it was written");
    });
    return 0;
}
