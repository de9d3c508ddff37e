// An image file, of whatever format its first bytes say. Small limits, so that no time goes into large empty
// images.
#include "tests/fuzz/input.h"
#include "toolkit/image_files/decode_image.h"

#include <cstdlib>

extern "C" int LLVMFuzzerInitialize(int * /*count*/, char *** /*arguments*/) {
    return setenv("FSDNET_MAX_MEGAPIXELS", "1", 1);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::accepted([&] {
        const cv::Mat image = fsd::decode_image(fuzz::Bytes(data, data + size), "image");
        fuzz::require(!image.empty() && (image.type() == CV_8UC1 || image.type() == CV_8UC3),
                      "an image has pixels, gray or blue, green, red");
    });
    return 0;
}
