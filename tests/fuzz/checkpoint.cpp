// The checkpoint of a training with two vectors of 16 parameters.
#include "tests/fuzz/input.h"
#include "toolkit/training/checkpoint.h"

#include <cmath>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string path = fuzz::as_file(data, size);
    fuzz::accepted([&] {
        const fsd::Checkpoint read =
            fsd::load_checkpoint(path, {{"seed", "1"}}, {{"parameters", 16}, {"adam_moment1", 16}});
        fuzz::require(read.step >= 0 && std::isfinite(read.loss_sum), "training can go on from a checkpoint");
    });
    return 0;
}
