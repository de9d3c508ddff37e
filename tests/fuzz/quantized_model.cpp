// A quantized model's file. What is accepted is quantized by its own word.
#include "tests/fuzz/input.h"
#include "toolkit/quantization/quantized_network.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string path = fuzz::as_file(data, size);
    fuzz::accepted([&] {
        const fsd::QuantizedNetwork network = fsd::load_quantized(path);
        fuzz::require(fsd::is_quantized(path), "what is read as a quantized network says that it is one");
        fuzz::require(!network.layers.empty(), "a quantized network has layers");
    });
    return 0;
}
