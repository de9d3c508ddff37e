// Measures the peak of multiply-adds and the bandwidth of copies.
#include "toolkit/profiling/machine_peak.h"

#include "toolkit/profiling/stopwatch.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif
#include <unistd.h>

namespace fsd {
namespace {

constexpr int rounds = 12;
constexpr double seconds_per_round = 0.01;

// Runs `work` on all threads at once; the sum of the threads' own rates, `amount` per call.
double rate_on(int threads, double amount, const std::function<void(int thread)> &work) {
    std::vector<double> rates(threads);
    const auto measure = [&](int thread) {
        work(thread);
        int calls = 0;
        const Stopwatch watch(Stopwatch::of_thread);
        do {
            work(thread);
            calls++;
        } while (watch.seconds() < seconds_per_round);
        rates[thread] = amount * calls / watch.seconds();
    };
    std::vector<std::thread> others;
    for (int thread = 1; thread < threads; thread++) {
        others.emplace_back(measure, thread);
    }
    measure(0);
    for (std::thread &other : others) {
        other.join();
    }
    double sum = 0;
    for (double rate : rates) {
        sum += rate;
    }
    return sum;
}

double best_rate(int threads, double amount, const std::function<void(int thread)> &work) {
    double best = 0;
    for (int round = 0; round < rounds; round++) {
        best = std::max(best, rate_on(threads, amount, work));
    }
    return best;
}

// Each chain waits for its own last result: 16 of them hide the latency of two units with four cycles each,
// twice over.
constexpr int chains = 16;
constexpr int steps = 1 << 12;

#if defined(__x86_64__)

__attribute__((target("avx512f"))) void multiply_add_avx512(float *memory) {
    __m512 sums[chains], factor = _mm512_set1_ps(0.999f), addend = _mm512_set1_ps(0.001f);
    std::fill(sums, sums + chains, addend);
    for (int step = 0; step < steps; step++) {
#pragma GCC unroll 16
        for (__m512 &sum : sums) {
            sum = _mm512_fmadd_ps(sum, factor, addend);
        }
    }
    for (const __m512 &sum : sums) {
        _mm512_storeu_ps(memory, _mm512_add_ps(_mm512_loadu_ps(memory), sum));
    }
}

// 14 chains: with factor and addend they are the 16 registers.
constexpr int chains_avx2 = 14;

__attribute__((target("avx2,fma"))) void multiply_add_avx2(float *memory) {
    __m256 sums[chains_avx2], factor = _mm256_set1_ps(0.999f), addend = _mm256_set1_ps(0.001f);
    std::fill(sums, sums + chains_avx2, addend);
    for (int step = 0; step < steps; step++) {
#pragma GCC unroll 16
        for (__m256 &sum : sums) {
            sum = _mm256_fmadd_ps(sum, factor, addend);
        }
    }
    for (const __m256 &sum : sums) {
        _mm256_storeu_ps(memory, _mm256_add_ps(_mm256_loadu_ps(memory), sum));
    }
}

#endif

void multiply_add_portable(float *memory) {
    float sums[chains][4];
    for (auto &sum : sums) {
        std::fill(std::begin(sum), std::end(sum), 0.001f);
    }
    for (int step = 0; step < steps; step++) {
        for (auto &sum : sums) {
            for (float &lane : sum) {
                lane = lane * 0.999f + 0.001f;
            }
        }
    }
    for (const auto &sum : sums) {
        for (float lane : sum) {
            *memory += lane;
        }
    }
}

struct MultiplyAdd {
    void (*run)(float *memory);
    double operations;  // per run
};

MultiplyAdd best_multiply_add() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) {
        return {multiply_add_avx512, 2.0 * 16 * chains * steps};
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        return {multiply_add_avx2, 2.0 * 8 * chains_avx2 * steps};
    }
#endif
    return {multiply_add_portable, 2.0 * 4 * chains * steps};
}

// A loop of the widest vectors that stays one: without these attributes the compiler would call memcpy.
#if defined(__clang__)
#define FSDNET_VECTOR_LOOP no_builtin("memcpy")
#elif defined(__x86_64__)
#define FSDNET_VECTOR_LOOP \
    target_clones("avx512f", "avx2", "default"), optimize("no-tree-loop-distribute-patterns")
#else
#define FSDNET_VECTOR_LOOP optimize("no-tree-loop-distribute-patterns")
#endif

__attribute__((FSDNET_VECTOR_LOOP)) void move_vectors(char *to, const char *from, std::size_t bytes) {
    using Vector __attribute__((vector_size(64), aligned(64))) = long long;
    const std::size_t vectors = bytes / sizeof(Vector);
    for (std::size_t i = 0; i < vectors; i++) {
        reinterpret_cast<Vector *>(to)[i] = reinterpret_cast<const Vector *>(from)[i];
    }
    asm volatile("" : : "r"(to) : "memory");
}

struct Block {
    explicit Block(std::size_t bytes) : memory(static_cast<char *>(std::aligned_alloc(64, bytes))) {
        std::memset(memory.get(), 1, bytes);
    }
    struct Free {
        // NOLINTNEXTLINE(cppcoreguidelines-*): what aligned_alloc gave, only free takes back
        void operator()(char *memory) const { std::free(memory); }
    };
    std::unique_ptr<char, Free> memory;
};

double measure_copy(std::size_t bytes, int threads) {
    const std::size_t part = std::max<std::size_t>(64, bytes / 2 / threads / 64 * 64);
    std::vector<Block> from, to;
    for (int thread = 0; thread < threads; thread++) {
        from.emplace_back(part);
        to.emplace_back(part);
    }
    const double moved = 2.0 * static_cast<double>(part);
    const double library = best_rate(threads, moved, [&](int thread) {
        std::memcpy(to[thread].memory.get(), from[thread].memory.get(), part);
        asm volatile("" : : "r"(to[thread].memory.get()) : "memory");
    });
    const double vectors = best_rate(threads, moved, [&](int thread) {
        move_vectors(to[thread].memory.get(), from[thread].memory.get(), part);
    });
    return std::max(library, vectors);
}

std::size_t cache_size(int level) {
    const long bytes = sysconf(level);
    return bytes > 0 ? static_cast<std::size_t>(bytes) : 0;
}

}  // namespace

double peak_operations(int threads) {
    static std::map<int, double> known;
    double &peak = known[threads];
    if (peak == 0) {
        const MultiplyAdd loop = best_multiply_add();
        std::vector<float> memory(static_cast<std::size_t>(threads) * 64);
        peak = best_rate(threads, loop.operations,
                         [&](int thread) { loop.run(memory.data() + std::ptrdiff_t{64} * thread); });
    }
    return peak;
}

double copy_bandwidth(std::size_t bytes, int threads) {
    static std::map<std::pair<std::size_t, int>, double> known;
    double &bandwidth = known[{bytes, threads}];
    if (bandwidth == 0) {
        bandwidth = measure_copy(bytes, threads);
    }
    return bandwidth;
}

std::size_t copied_bytes(double bytes) {
    std::size_t power = 4096;
    while (static_cast<double>(power) < bytes) {
        power *= 2;
    }
    return power;
}

std::size_t second_level_cache() {
    return cache_size(_SC_LEVEL2_CACHE_SIZE);
}

std::size_t third_level_cache() {
    return cache_size(_SC_LEVEL3_CACHE_SIZE);
}

}  // namespace fsd
