// Raw bytes as a .safetensors file, whatever is in it.
#include "runtime/formats/input_file.h"
#include "runtime/formats/safetensors.h"
#include "tests/fuzz/input.h"
#include "toolkit/quantization/quantized_network.h"

namespace {

// What is no file that can be read, refused once.
bool refuses_places() {
    for (const std::string &path : {fuzz::folder(), fuzz::folder() + "/nothing", std::string("/dev/null")}) {
        fuzz::require(!fuzz::accepted([&] { const fsd::InputFile file(path); }),
                      "there is nothing to be read");
    }
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    static const bool refuses = refuses_places();
    fuzz::require(refuses, "places that are no files are refused");
    const std::string path = fuzz::as_file(data, size);
    fuzz::accepted([&] {
        const fsd::SafetensorsFile file(path);
        std::uint64_t bytes = 0;
        for (const auto &[name, tensor] : file.tensors()) {
            fuzz::Bytes content(tensor.end - tensor.begin);
            file.read(tensor, content.data());
            bytes += content.size();
        }
        fuzz::require(bytes <= size, "tensors lie within the file");
    });
    fuzz::accepted([&] { fsd::is_quantized(path); });
    return 0;
}
