// SHA-256 (FIPS 180-4), with which files show that nothing in them has changed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace fsd {

class Sha256 {
public:
    void add(const void *data, std::size_t size);

    // 64 hexadecimal digits, of all bytes so far; nothing can be added afterwards.
    std::string finish();

private:
    void compress(const std::uint8_t *block);

    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::uint8_t, 64> block_{};
    std::size_t filled_ = 0;   // bytes in the block
    std::uint64_t bytes_ = 0;  // in all
};

}  // namespace fsd
