// A .npy file. What is accepted is written and read again as the same bytes.
#include "toolkit/npy/npy.h"
#include "tests/fuzz/input.h"
#include "toolkit/npy/convert.h"
#include "toolkit/npy/npy_header.h"

#include <cstring>

namespace {

// What kernels take, and one that none does.
const halide_type_t types[] = {halide_type_of<float>(), halide_type_of<double>(),
                               halide_type_of<std::uint8_t>(), halide_type_of<std::int32_t>(),
                               halide_type_of<std::int16_t>()};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string path = fuzz::as_file(data, size);
    fuzz::accepted([&] { fsd::read_npy_floats(path); });
    fuzz::accepted([&] { fsd::read_npy_header(path); });
    fuzz::accepted([&] {
        const fsd::Tensor tensor = fsd::read_npy(path);
        for (const halide_type_t type : types) {
            fuzz::accepted([&] { fsd::converted(tensor, type, "it"); });
        }
        const std::string bytes = fsd::npy_bytes(tensor, fsd::shape_of(tensor));
        const fsd::Tensor again =
            fsd::read_npy(fuzz::as_file(reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size()));
        fuzz::require(fsd::shape_of(again) == fsd::shape_of(tensor), "the shape is the same");
        fuzz::require(tensor.number_of_elements() == 0 ||
                          std::memcmp(again.data(), tensor.data(), tensor.size_in_bytes()) == 0,
                      "the elements are the same");
    });
    return 0;
}
