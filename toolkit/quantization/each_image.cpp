// Threads that take the next image until none is left.
#include "toolkit/quantization/each_image.h"

#include "runtime/system/floating_point.h"
#include "runtime/threads.h"
#include "toolkit/system/progress.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace fsd {

void for_each_image(const std::string &what, const Tensor &images,
                    const std::function<void(std::size_t sample, const uint8_t *image)> &visit) {
    const auto samples = static_cast<std::size_t>(images.dim(3).extent());
    const std::size_t bytes = samples == 0 ? 0 : images.number_of_elements() / samples;
    std::atomic<std::size_t> next{0};
    Progress progress(what, samples);
    std::exception_ptr failure;
    std::mutex guard;
    const auto work = [&] {
        const FloatingPointMode mode = FloatingPointMode::standard();
        try {
            for (std::size_t sample = next++; sample < samples; sample = next++) {
                visit(sample, static_cast<const uint8_t *>(images.data()) + sample * bytes);
                progress.advance();
            }
        } catch (...) {
            const std::lock_guard<std::mutex> lock(guard);
            failure = failure ? failure : std::current_exception();
            next = samples;
        }
    };
    std::vector<std::thread> workers;
    workers.reserve(static_cast<std::size_t>(threads()));
    try {
        for (int i = 1; i < threads(); i++) {
            workers.emplace_back(work);
        }
    } catch (const std::exception &) {
        // The system gives no more threads, or no memory for them: those that are there do the work.
    }
    work();
    for (std::thread &worker : workers) {
        worker.join();
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

}  // namespace fsd
