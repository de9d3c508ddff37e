// MNIST's files: images alone, where the input begins as such a file does, plain or gzip; else images with
// labels (the first two bytes say where the labels begin).
#include "toolkit/datasets/idx.h"
#include "tests/fuzz/input.h"

#include <algorithm>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    if (size > 1 && ((data[0] == 0 && data[1] == 0) || (data[0] == 0x1f && data[1] == 0x8b))) {
        const std::string path = fuzz::as_file(data, size);
        fuzz::accepted([&] {
            if (fsd::is_idx_images(path)) {
                fsd::load_idx_images(path);
            }
        });
        return 0;
    }
    if (size > 2) {
        const std::size_t labels = std::min<std::size_t>(size - 2, data[0] << 8 | data[1]);
        fuzz::write_to(fuzz::folder() + "/t10k-images-idx3-ubyte", data + 2 + labels, size - 2 - labels);
        fuzz::write_to(fuzz::folder() + "/t10k-labels-idx1-ubyte", data + 2, labels);
        fuzz::accepted([&] {
            const fsd::Dataset dataset = fsd::load_idx_folder(fuzz::folder(), fsd::Split::test);
            fuzz::require(dataset.labels.size() == static_cast<std::size_t>(dataset.count()),
                          "one label per image");
        });
    }
    return 0;
}
