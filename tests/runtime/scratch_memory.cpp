// The kernels' memory: aligned, disjoint, kept for the next time.
#include "runtime/system/scratch_memory.h"
#include "runtime/threads.h"
#include "tests/runtime/allocations.h"

#include "HalideRuntime.h"

#include <catch2/catch.hpp>

#include <cstring>
#include <thread>
#include <vector>

using namespace fsd;
using namespace fsd::testing;

namespace {

// Takes blocks as a kernel does, fills them, and looks whether another thread wrote there.
bool use_blocks(const std::vector<std::size_t> &sizes, unsigned char mark) {
    std::vector<unsigned char *> blocks;
    for (const std::size_t size : sizes) {
        blocks.push_back(static_cast<unsigned char *>(halide_malloc(nullptr, size)));
        std::memset(blocks.back(), mark, size);
    }
    bool intact = true;
    for (std::size_t i = 0; i < sizes.size(); i++) {
        intact = intact && reinterpret_cast<std::uintptr_t>(blocks[i]) % 128 == 0;
        intact = intact && blocks[i][0] == mark && blocks[i][sizes[i] - 1] == mark;
    }
    for (unsigned char *block : blocks) {
        halide_free(nullptr, block);
    }
    return intact;
}

}  // namespace

TEST_CASE("blocks are aligned, disjoint and reused", "[scratch]") {
    pool_scratch_memory();
    const std::vector<std::size_t> sizes = {1, 100, 767, 768, 769, 4096, 5000, 5001, 100000, 3000000};
    REQUIRE(use_blocks(sizes, 1));
    const std::size_t count = allocation_count();
    for (int i = 0; i < 10; i++) {
        auto *block = static_cast<unsigned char *>(halide_malloc(nullptr, 3000000));
        halide_free(nullptr, block);
    }
    REQUIRE(allocation_count() == count);
    halide_free(nullptr, nullptr);
}

TEST_CASE("what one thread needed, every thread finds", "[scratch]") {
    pool_scratch_memory();
    const int before = threads();
    set_threads(4);
    const std::vector<std::size_t> sizes = {20000, 20001, 300};
    REQUIRE(use_blocks(sizes, 7));
    std::vector<std::thread> users;
    std::vector<int> intact(4);  // of the 2,000 uses of a thread
    const std::size_t bytes = allocated_bytes();
    for (int user = 0; user < 4; user++) {
        users.emplace_back([&, user] {
            int good = 0;
            for (int i = 0; i < 2000; i++) {
                good += use_blocks(sizes, static_cast<unsigned char>(user + 1)) ? 1 : 0;
            }
            intact[user] = good;
        });
    }
    for (std::thread &user : users) {
        user.join();
    }
    REQUIRE(intact == std::vector<int>(4, 2000));
    // Threads and vectors come and go; blocks of 32 KiB would show.
    REQUIRE(allocated_bytes() < bytes + 16384);
    set_threads(before);
}

TEST_CASE("a smaller request takes a larger block that is free", "[scratch]") {
    pool_scratch_memory();
    REQUIRE(use_blocks({3000000, 40000000}, 1));
    const std::size_t count = allocation_count();
    void *smaller = halide_malloc(nullptr, 1500000);  // of a size that nobody asked for before
    void *larger = halide_malloc(nullptr, 20000000);
    REQUIRE(allocation_count() == count);
    halide_free(nullptr, smaller);
    halide_free(nullptr, larger);
}

TEST_CASE("a request that no machine can serve gives nullptr", "[scratch]") {
    pool_scratch_memory();
    REQUIRE(halide_malloc(nullptr, std::size_t(1) << 62) == nullptr);
}
