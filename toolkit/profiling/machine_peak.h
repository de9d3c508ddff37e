// What this machine can do at best, measured: the denominators of every share of it that is reported.
#pragma once

#include <cstddef>

namespace fsd {

// Multiply-adds in registers with the best instruction set of the machine, two operations each, on `threads`
// threads at the same time. Operations per second; measured once per number of threads, the best of several
// rounds.
double peak_operations(int threads);

// Copying `bytes` in all (half is read, half is written) again and again, shared by `threads` threads: the
// better one of memcpy and a loop of vector moves. Bytes read and written per second; measured once per size
// and number of threads.
double copy_bandwidth(std::size_t bytes, int threads);

// The amount for copy_bandwidth() that is asked of work which reads and writes so many bytes: a power of two,
// so that similar work is compared with one measurement.
std::size_t copied_bytes(double bytes);

// Sizes of the caches in bytes, 0 where the system does not say: the second level of one core, the third
// level.
std::size_t second_level_cache();
std::size_t third_level_cache();

}  // namespace fsd
