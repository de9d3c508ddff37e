// The checkpoint of a training with two vectors of 16 parameters. As it stands, and with its digest put
// right, so that what lies behind the digest is reached.
#include "toolkit/training/checkpoint.h"
#include "tests/fuzz/input.h"
#include "toolkit/system/sha256.h"

#include <cmath>

namespace {

std::string sealed(std::string bytes) {
    const std::string key = "\"digest\":\"";
    constexpr std::size_t digits = 64;
    const std::size_t place = bytes.find(key) + key.size();
    if (bytes.find(key) != std::string::npos && place + digits <= bytes.size()) {
        bytes.replace(place, digits, digits, '0');
        fsd::Sha256 hash;
        hash.add(bytes.data(), bytes.size());
        bytes.replace(place, digits, hash.finish());
    }
    return bytes;
}

void load(const std::string &bytes) {
    const std::string path =
        fuzz::as_file(reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size());
    fuzz::accepted([&] {
        const int parts = fsd::parts_of_checkpoint(path);
        fuzz::require(parts >= 1 && parts <= 65536, "a training has as many parts as a batch has samples");
    });
    fuzz::accepted([&] {
        const fsd::Checkpoint read = fsd::load_checkpoint(path,
                                                          {{"format", "fsdnet-checkpoint"},
                                                           {"version", "6"},
                                                           {"seed", "1"},
                                                           {"noise", "0"},
                                                           {"parts", "1"}},
                                                          {{"parameters", 16}, {"adam_moment1", 16}});
        fuzz::require(read.step >= 0 && std::isfinite(read.loss_sum), "training can go on from a checkpoint");
    });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char *>(data), size);
    load(bytes);
    load(sealed(bytes));
    return 0;
}
