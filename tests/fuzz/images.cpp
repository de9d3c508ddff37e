// An image as a photo and as a sample of a data set. What one accepts, the other accepts.
#include "tests/fuzz/input.h"
#include "toolkit/datasets/decode.h"
#include "toolkit/images/read_image.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string path = fuzz::as_file(data, size);
    fuzz::accepted([&] { fuzz::require(!fsd::read_image(path).empty(), "a photo has pixels"); });
    fuzz::accepted([&] {
        const fsd::Image image = fsd::decode_image(fuzz::Bytes(data, data + size), "image", {});
        fuzz::require(image.pixels.size() == std::size_t(1) * image.height * image.width * image.colors,
                      "an image has all of its pixels");
    });
    return 0;
}
