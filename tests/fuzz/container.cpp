// Raw bytes as a .safetensors file, whatever is in it.
#include "runtime/formats/safetensors.h"
#include "tests/fuzz/input.h"
#include "toolkit/quantization/quantized_network.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
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
