// Accesses that a GPU may carry out in any order are faults, whatever this emulation would have read.
#include "tests/cuda/memory.h"

#include <cstring>

namespace fsd::testing::cuda {
namespace {

constexpr std::size_t word = 4;

[[noreturn]] void race(const char *what) {
    throw Fault{launch_failed, what};
}

}  // namespace

bool History::Access::unordered_with(const Moment &now) const {
    if (phase < now.first_of_launch || (phase >= now.first_of_block && phase < now.phase)) {
        return false;
    }
    return phase != now.phase || several || thread != now.thread;
}

void History::read(const Moment &now, bool read_only) {
    if (written_.unordered_with(now)) {
        race("A thread reads what another one writes, with no barrier between them.");
    }
    if (read_only && written_.phase >= now.first_of_launch) {
        race("A thread reads by ld.global.nc what its own launch writes.");
    }
    const bool another = read_.phase == now.phase && (read_.several || read_.thread != now.thread);
    // A reader of another block stays: a later write of this block would meet it.
    if (read_.phase < now.first_of_launch || read_.phase >= now.first_of_block) {
        read_ = {now.phase, now.thread, another};
    }
}

void History::write(const Moment &now, bool same) {
    const bool overlap = same && written_.phase < now.first_of_block;
    if (written_.unordered_with(now) && !overlap) {
        race("Two threads write the same word, with no barrier between them.");
    }
    if (read_.unordered_with(now)) {
        race("A thread writes what another one reads, with no barrier between them.");
    }
    written_ = {now.phase, now.thread, false};
}

// Bytes that nobody wrote are NaN as floating-point numbers.
CheckedBytes::CheckedBytes(std::size_t size)
    : bytes_(size, static_cast<unsigned char>(0xff)), histories_((size + word - 1) / word) {}

void CheckedBytes::check(std::uint64_t at, std::size_t size) const {
    if (at % size != 0) {
        throw Fault{misaligned_address, "An access of " + std::to_string(size) + " bytes at byte " +
                                            std::to_string(at) + " is not aligned."};
    }
    if (at > bytes_.size() || size > bytes_.size() - at) {
        throw Fault{illegal_address, "An access of " + std::to_string(size) + " bytes at byte " +
                                         std::to_string(at) + " of " + std::to_string(bytes_.size()) +
                                         " is out of bounds."};
    }
}

void CheckedBytes::load(std::uint64_t at, void *value, std::size_t size, const Moment &now, bool read_only) {
    check(at, size);
    for (std::size_t i = at / word; i <= (at + size - 1) / word; i++) {
        histories_[i].read(now, read_only);
    }
    std::memcpy(value, bytes_.data() + at, size);
}

void CheckedBytes::store(std::uint64_t at, const void *value, std::size_t size, const Moment &now) {
    check(at, size);
    // Neighboring bytes may be different threads'.
    for (std::size_t i = at / word; size >= word && i < (at + size) / word; i++) {
        const std::size_t word_at = i * word;
        const auto *of_word = static_cast<const unsigned char *>(value) + (word_at - at);
        histories_[i].write(now, std::memcmp(bytes_.data() + word_at, of_word, word) == 0);
    }
    std::memcpy(bytes_.data() + at, value, size);
}

std::uint64_t DeviceMemory::allocate(std::size_t size, const void *context) {
    constexpr std::uint64_t alignment = 256, gap = 4096;
    if (size == 0 || size > capacity - used_) {
        return 0;
    }
    const std::uint64_t address = next_;
    allocations_.emplace(address, Allocation{address, context, CheckedBytes(size)});
    next_ += (size + gap + alignment - 1) / alignment * alignment;
    used_ += size;
    return address;
}

bool DeviceMemory::release(std::uint64_t address) {
    const auto found = allocations_.find(address);
    if (found == allocations_.end()) {
        return false;
    }
    used_ -= found->second.bytes.size();
    allocations_.erase(found);
    return true;
}

void DeviceMemory::release_all_of(const void *context) {
    for (auto at = allocations_.begin(); at != allocations_.end();) {
        const auto next = std::next(at);
        if (at->second.context == context) {
            release(at->first);
        }
        at = next;
    }
}

Allocation *DeviceMemory::find(std::uint64_t address, std::size_t size) {
    auto at = allocations_.upper_bound(address);
    if (at == allocations_.begin()) {
        return nullptr;
    }
    Allocation &allocation = (--at)->second;
    const std::uint64_t offset = address - allocation.address;
    return offset <= allocation.bytes.size() && size <= allocation.bytes.size() - offset ? &allocation
                                                                                         : nullptr;
}

}  // namespace fsd::testing::cuda
