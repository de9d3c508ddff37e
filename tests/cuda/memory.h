// The memory of the emulated device: every access is checked, and so is the order of the threads' accesses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace fsd::testing::cuda {

// The driver's codes (CUDA driver API, CUresult) that this emulation gives.
enum Code : int {
    success = 0,
    invalid_value = 1,
    out_of_memory = 2,
    no_device = 100,
    invalid_device = 101,
    invalid_context = 201,
    invalid_program = 218,
    not_found = 500,
    illegal_address = 700,
    misaligned_address = 716,
    launch_failed = 719,
};

// What ends a launch. The text names the access; the driver prints it and returns the code.
struct Fault {
    Code code;
    std::string text;
};

// The thread that runs. Phases are numbered through: each barrier of each block begins a new one, so that
// what happened in phases from `first_of_block` on, but before `phase`, is behind a barrier for this thread.
struct Moment {
    std::uint32_t thread = 0;
    std::uint64_t phase = 1, first_of_block = 1, first_of_launch = 1;
};

// Who wrote and who read a word of four bytes last.
class History {
public:
    // Throws Fault where the word was written, in the same launch, by a thread that this one has not waited
    // for. `read_only` is the path that needs words nobody writes during the launch (ld.global.nc).
    void read(const Moment &now, bool read_only);
    // The same where another thread wrote or read it. Blocks may write the `same` value: those at the end of
    // a tensor overlap.
    void write(const Moment &now, bool same);

private:
    struct Access {
        std::uint64_t phase = 0;
        std::uint32_t thread = 0;
        bool several = false;

        bool unordered_with(const Moment &now) const;
    };

    Access written_, read_;
};

// Bytes with their history, addressed from 0.
class CheckedBytes {
public:
    explicit CheckedBytes(std::size_t size);

    void load(std::uint64_t at, void *value, std::size_t size, const Moment &now, bool read_only);
    void store(std::uint64_t at, const void *value, std::size_t size, const Moment &now);

    std::size_t size() const { return bytes_.size(); }
    unsigned char *data() { return bytes_.data(); }

private:
    void check(std::uint64_t at, std::size_t size) const;

    std::vector<unsigned char> bytes_;
    std::vector<History> histories_;
};

// An allocation. Its address is none of the host's: a program that follows it there crashes.
struct Allocation {
    std::uint64_t address = 0;
    const void *context = nullptr;
    CheckedBytes bytes;
};

// The allocations of all contexts.
class DeviceMemory {
public:
    // 0 where the device's memory is used up.
    std::uint64_t allocate(std::size_t size, const void *context);
    // False where no allocation begins at the address.
    bool release(std::uint64_t address);
    void release_all_of(const void *context);

    // The allocation that holds [address, address + size), or null.
    Allocation *find(std::uint64_t address, std::size_t size);

    static constexpr std::size_t capacity = std::size_t{1} << 30;

private:
    std::map<std::uint64_t, Allocation> allocations_;
    std::uint64_t next_ = 0x7001000000000000;
    std::size_t used_ = 0;
};

}  // namespace fsd::testing::cuda
