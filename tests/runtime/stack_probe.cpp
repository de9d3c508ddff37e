// A thread on memory that is painted before and looked at afterwards.
#include "tests/runtime/stack_probe.h"

#include <catch2/catch.hpp>

#include <pthread.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace fsd::testing {
namespace {

constexpr std::size_t painted_bytes = 1 << 20, page = 4096;
constexpr unsigned char paint = 0xa5;

void *call(void *function) {
    (*static_cast<const std::function<void()> *>(function))();
    return nullptr;
}

}  // namespace

std::size_t stack_touched(const std::function<void()> &function) {
    std::vector<unsigned char> memory(painted_bytes + page, paint);
    void *aligned = memory.data();
    std::size_t space = memory.size();
    std::align(page, painted_bytes, aligned, space);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    REQUIRE(pthread_attr_setstack(&attributes, aligned, painted_bytes) == 0);
    pthread_t thread{};
    REQUIRE(pthread_create(&thread, &attributes, call, const_cast<std::function<void()> *>(&function)) == 0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
    const auto *bytes = static_cast<const unsigned char *>(aligned);
    const auto *lowest =
        std::find_if(bytes, bytes + painted_bytes, [](unsigned char byte) { return byte != paint; });
    return static_cast<std::size_t>(bytes + painted_bytes - lowest);
}

}  // namespace fsd::testing
