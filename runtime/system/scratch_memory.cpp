// A pool of blocks whose sizes are powers of two, shared by all threads and released at exit.
#include "runtime/system/scratch_memory.h"

#include "runtime/threads.h"

#include "HalideRuntime.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <mutex>

namespace fsd {
namespace {

// Halide wants blocks aligned for its widest vectors and 8 readable bytes on both sides.
constexpr std::size_t alignment = 128;
constexpr std::size_t smallest = 1024;
constexpr int classes = 40;

// Stands in the first bytes of a block; the kernel's memory begins `alignment` bytes behind it.
struct Block {
    Block *next;
    int size_class;
    int wanted_class;  // what was asked for: the block's own class or a smaller one
};
static_assert(sizeof(Block) <= alignment);

std::size_t bytes_of(int size_class) {
    return smallest << size_class;
}

// -1 where no class is large enough.
int class_of(std::size_t bytes) {
    for (int size_class = 0; size_class < classes; size_class++) {
        if (bytes_of(size_class) - 2 * alignment >= bytes) {
            return size_class;
        }
    }
    return -1;
}

class Pool {
public:
    ~Pool() {
        for (Block *&list : free_) {
            while (Block *block = list) {
                list = block->next;
                std::free(block);  // NOLINT(cppcoreguidelines-*): the list owned it
            }
        }
    }

    // nullptr where the system has no memory left; the kernel then fails with a sentence.
    void *take(std::size_t bytes) {
        const int wanted = class_of(bytes);
        if (wanted < 0) {
            return nullptr;
        }
        held[wanted]++;
        std::lock_guard<std::mutex> guard(lock_);
        while (is_scarce(wanted) && add(wanted)) {}
        int size_class = smallest_free(wanted);
        if (size_class == classes) {
            if (!add(wanted)) {
                held[wanted]--;
                return nullptr;
            }
            size_class = wanted;
        }
        Block *block = free_[size_class];
        free_[size_class] = block->next;
        block->wanted_class = wanted;
        return reinterpret_cast<char *>(block) + alignment;
    }

    void give_back(void *memory) {
        auto *block = reinterpret_cast<Block *>(static_cast<char *>(memory) - alignment);
        held[block->wanted_class]--;
        std::lock_guard<std::mutex> guard(lock_);
        block->next = free_[block->size_class];
        free_[block->size_class] = block;
    }

private:
    bool add(int size_class) {
        // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): the list owns it
        auto *block = static_cast<Block *>(std::aligned_alloc(alignment, bytes_of(size_class)));
        if (!block) {
            return false;
        }
        *block = {free_[size_class], size_class, size_class};
        free_[size_class] = block;
        total_[size_class]++;
        largest_ = std::max(largest_, size_class);
        return true;
    }

    // The other threads will need as many blocks at a time as this one does, though perhaps not in this run.
    // A larger block serves as well: for each size there must be enough blocks of that size or more.
    bool is_scarce(int wanted) const {
        const int users = threads();
        int blocks = 0, mine = 0;
        for (int size_class = std::max(largest_, wanted); size_class >= 0; size_class--) {
            blocks += total_[size_class];
            mine += held[size_class];
            if (size_class <= wanted && blocks < mine * users) {
                return true;
            }
        }
        return false;
    }

    // The smallest that fits leaves the larger ones for those who need them. `classes` where nothing is free.
    int smallest_free(int wanted) const {
        int size_class = wanted;
        while (size_class < classes && !free_[size_class]) {
            size_class++;
        }
        return size_class;
    }

    static thread_local std::array<int, classes>
        held;  // blocks in the hands of this thread, as it wanted them

    std::mutex lock_;
    std::array<Block *, classes> free_{};
    std::array<int, classes> total_{};
    int largest_ = 0;  // the largest class of which there is a block
};

thread_local std::array<int, classes> Pool::held{};

Pool &pool() {
    static Pool all;
    return all;
}

void *take(void *, std::size_t bytes) {
    return pool().take(bytes);
}

void give_back(void *, void *memory) {
    if (memory) {
        pool().give_back(memory);
    }
}

}  // namespace

void pool_scratch_memory() {
    static const bool installed = [] {
        pool();
        halide_set_custom_malloc(take);
        halide_set_custom_free(give_back);
        return true;
    }();
    (void)installed;
}

}  // namespace fsd
