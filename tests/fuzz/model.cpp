// A model file. What is accepted must pass the check and survive the description's round trip.
#include "runtime/model.h"
#include "runtime/models/model_check.h"
#include "runtime/models/model_json.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string path = fuzz::as_file(data, size);
    fuzz::accepted([&] {
        const fsd::Model model = fsd::load_model(path);
        fsd::check_model(model);
        const fsd::Model again = fsd::description_from_metadata(fsd::description_to_metadata(model));
        fuzz::require(again.classes == model.classes && again.notes == model.notes &&
                          again.layers.size() == model.layers.size(),
                      "a description is read as it was written");
    });
    return 0;
}
