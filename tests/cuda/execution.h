// Runs a kernel on the CPU, thread after thread: each goes on until it ends or waits for others.
#pragma once

#include "tests/cuda/program.h"

namespace fsd::testing::cuda {

struct Extents {
    std::uint32_t x = 1, y = 1, z = 1;
};

struct Launch {
    const AssembledKernel &kernel;
    Extents blocks, threads;
    std::size_t shared_bytes = 0;
    std::vector<unsigned char> parameters;
    DeviceMemory &memory;
    std::vector<Allocation *> met;  // by each instruction, last
};

struct Thread {
    enum class State { ready, at_barrier, at_exchange, ended };

    std::uint64_t *registers = nullptr;
    std::size_t next = 0;
    State state = State::ready;
    Moment now;
    Launch *launch = nullptr;
    CheckedBytes *shared = nullptr;
    std::vector<unsigned char> local;
};

constexpr std::uint32_t warp = 32;

// Throws Fault.
void run(Launch &launch);

}  // namespace fsd::testing::cuda
