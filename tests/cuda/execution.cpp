// Barriers and shuffles are where threads wait; between them the order is the emulation's own.
#include "tests/cuda/execution.h"

#include <algorithm>

namespace fsd::testing::cuda {
namespace {

using State = Thread::State;

void run_until_it_waits(Thread &thread) {
    const std::vector<Instruction> &instructions = thread.launch->kernel.instructions;
    while (thread.state == State::ready) {
        const Instruction &instruction = instructions[thread.next];
        if (instruction.guard != Instruction::none &&
            (thread.registers[instruction.guard] != 0) == instruction.guard_negated) {
            thread.next++;
            continue;
        }
        switch (instruction.flow) {
        case Flow::onward:
            instruction.operation(thread, instruction);
            thread.next++;
            break;
        case Flow::branch:
            thread.next = instruction.target;
            break;
        case Flow::barrier:
            thread.next++;
            thread.state = State::at_barrier;
            break;
        case Flow::exchange:
            thread.state = State::at_exchange;
            break;
        case Flow::end:
            thread.state = State::ended;
            break;
        }
    }
}

// The threads of a warp have all arrived at one shuffle: each takes from the other what it had before.
// PTX ISA, shfl.sync: operands result, value, lane, clamp.
void exchange(Thread *first, std::uint32_t threads) {
    const Instruction &shuffle = first->launch->kernel.instructions[first->next];
    std::array<std::uint64_t, warp> values{};
    for (std::uint32_t lane = 0; lane < threads; lane++) {
        values[lane] = first[lane].registers[shuffle.operands[1]];
    }
    for (std::uint32_t lane = 0; lane < threads; lane++) {
        Thread &thread = first[lane];
        const auto by = static_cast<std::uint32_t>(thread.registers[shuffle.operands[2]]) & (warp - 1);
        const auto clamp = static_cast<std::uint32_t>(thread.registers[shuffle.operands[3]]);
        const std::uint32_t segment = (clamp >> 8) & (warp - 1), last = clamp & (warp - 1);
        const std::uint32_t lowest = lane & segment, highest = lowest | (last & ~segment);
        std::uint32_t from = lane;
        bool inside = true;
        switch (shuffle.numbers) {
        case 'u':
            inside = lane >= by && lane - by >= highest;
            from = lane - by;
            break;
        case 'd':
            from = lane + by;
            inside = from <= highest;
            break;
        case 'b':
            from = lane ^ by;
            inside = from <= highest;
            break;
        default:
            from = lowest | (by & ~segment);
            inside = from <= highest;
        }
        from = inside ? from : lane;
        if (from >= threads) {
            throw Fault{launch_failed, "A thread takes a number from a lane that has none."};
        }
        thread.registers[shuffle.operands[0]] = values[from];
        if (shuffle.operands[4] != Instruction::none) {
            thread.registers[shuffle.operands[4]] = inside ? 1 : 0;
        }
    }
    for (std::uint32_t lane = 0; lane < threads; lane++) {
        first[lane].next++;
        first[lane].state = State::ready;
    }
}

// Until all its threads have ended or wait at a barrier.
void run_warp(Thread *first, std::uint32_t threads) {
    while (true) {
        for (std::uint32_t lane = 0; lane < threads; lane++) {
            run_until_it_waits(first[lane]);
        }
        const auto exchanges = [&](const Thread &thread) {
            return thread.state == State::at_exchange && thread.next == first->next;
        };
        if (std::all_of(first, first + threads, exchanges)) {
            exchange(first, threads);
        } else if (std::any_of(first, first + threads,
                               [](const Thread &thread) { return thread.state == State::at_exchange; })) {
            throw Fault{launch_failed, "Not all threads of a warp arrive at a shuffle."};
        } else {
            return;
        }
    }
}

class Block {
public:
    explicit Block(Launch &launch)
        : launch_(launch),
          count_(launch.threads.x * launch.threads.y * launch.threads.z),
          registers_(count_ * launch.kernel.registers.size()),
          threads_(count_) {
        const std::vector<std::uint64_t> &start = launch.kernel.registers;
        for (std::uint32_t i = 0; i < count_; i++) {
            threads_[i].registers = registers_.data() + i * start.size();
            std::copy(start.begin(), start.end(), threads_[i].registers);
            threads_[i].launch = &launch;
        }
    }

    // Returns the number of phases that it took.
    std::uint64_t run(std::uint32_t x, std::uint32_t y, std::uint32_t z, Moment now) {
        CheckedBytes shared(launch_.shared_bytes);
        now.first_of_block = now.phase;
        for (std::uint32_t i = 0; i < count_; i++) {
            begin(i, x, y, z, shared);
        }
        bool waiting = true;
        for (; waiting; now.phase++) {
            for (std::uint32_t i = 0; i < count_; i++) {
                now.thread = i;
                threads_[i].now = now;
            }
            waiting = run_phase();
        }
        return now.phase;
    }

private:
    void begin(std::uint32_t i, std::uint32_t x, std::uint32_t y, std::uint32_t z, CheckedBytes &shared) {
        Thread &thread = threads_[i];
        const Extents &threads = launch_.threads, &blocks = launch_.blocks;
        const std::uint64_t here[places] = {i % threads.x,
                                            i / threads.x % threads.y,
                                            i / (threads.x * threads.y),
                                            x,
                                            y,
                                            z,
                                            threads.x,
                                            threads.y,
                                            threads.z,
                                            blocks.x,
                                            blocks.y,
                                            blocks.z,
                                            i % warp};
        std::copy(here, here + places, thread.registers);
        thread.next = 0;
        thread.state = State::ready;
        thread.shared = &shared;
        thread.local.assign(launch_.kernel.local_bytes, 0xff);
    }

    // True where threads wait at a barrier; they may go on.
    bool run_phase() {
        for (std::uint32_t first = 0; first < count_; first += warp) {
            run_warp(&threads_[first], std::min(warp, count_ - first));
        }
        bool waiting = false;
        for (Thread &thread : threads_) {
            waiting |= thread.state == State::at_barrier;
            if (thread.state == State::at_barrier) {
                thread.state = State::ready;
            }
        }
        return waiting;
    }

    Launch &launch_;
    std::uint32_t count_;
    std::vector<std::uint64_t> registers_;
    std::vector<Thread> threads_;
};

}  // namespace

void run(Launch &launch) {
    static std::uint64_t phases = 1;
    launch.met.assign(launch.kernel.instructions.size(), nullptr);
    Block block(launch);
    Moment now;
    now.phase = now.first_of_launch = phases;
    for (std::uint32_t z = 0; z < launch.blocks.z; z++) {
        for (std::uint32_t y = 0; y < launch.blocks.y; y++) {
            for (std::uint32_t x = 0; x < launch.blocks.x; x++) {
                now.phase = block.run(x, y, z, now);
            }
        }
    }
    phases = now.phase;
}

}  // namespace fsd::testing::cuda
