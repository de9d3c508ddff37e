// CIFAR-10's records. An input is much shorter than one, so that its bytes are repeated: the first byte says
// how many records there are, and whether a byte follows behind them.
#include "toolkit/datasets/cifar10.h"
#include "tests/fuzz/input.h"

namespace {

// Of the folder with its one file, whatever is in it.
bool says_what_is_there() {
    return fsd::is_cifar10_folder(fuzz::folder()) &&
           !fuzz::accepted([] { fsd::load_cifar10_folder(fuzz::folder(), fsd::Split::train); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    fuzz::Bytes bytes(data + 1, data + size);
    if (data[0] % 8) {
        constexpr std::size_t record = 3073;
        bytes.resize(record * (data[0] % 8) + (data[0] >= 0xf0));
        for (std::size_t at = 0; at < bytes.size(); at++) {
            bytes[at] = data[1 + at % (size - 1)];
        }
    }
    fuzz::write_to(fuzz::folder() + "/test_batch.bin", bytes.data(), bytes.size());
    static const bool names_hold = says_what_is_there();
    fuzz::require(names_hold, "names say what is there");
    fuzz::accepted([&] { fsd::load_cifar10_folder(fuzz::folder(), fsd::Split::test); });
    return 0;
}
