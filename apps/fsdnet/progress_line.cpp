// A thread looks at the work now and then, so that the work itself pays for an atomic addition only.
#include "apps/fsdnet/progress_line.h"

#include "apps/fsdnet/verb.h"
#include "toolkit/system/clock.h"

#include <chrono>
#include <cstdio>
#include <system_error>

namespace fsd::command_line {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds before_first_line{1000}, between_lines{200}, between_log_lines{60000};

std::string line_of(const Progress &progress, double seconds) {
    char out[96];
    const std::size_t done = progress.done();
    if (progress.all() == 0) {
        std::snprintf(out, sizeof out, "  %.0f s", seconds);
    } else if (done == 0) {
        std::snprintf(out, sizeof out, "  0 of %zu", progress.all());
    } else {
        const double left = seconds / static_cast<double>(done) * static_cast<double>(progress.all() - done);
        std::snprintf(out, sizeof out, "  %zu of %zu, %.0f s left", done, progress.all(), left);
    }
    return progress.what() + out;
}

}  // namespace

ProgressLine::ProgressLine() {
    listen_to_progress(this);
}

ProgressLine::~ProgressLine() {
    listen_to_progress(nullptr);
}

void ProgressLine::begins(const Progress &progress) {
    shown_ = ended_ = false;
    terminal_ = shows_progress();
    if (is_quiet()) {
        return;
    }
    try {
        watcher_ = std::thread([this, &progress] { watch(progress); });
    } catch (const std::system_error &) {
        // the work goes on unseen
    }
}

void ProgressLine::watch(const Progress &progress) {
    const double start = seconds_now();
    std::unique_lock<std::mutex> lock(mutex_);
    milliseconds wait = terminal_ ? before_first_line : between_log_lines;
    while (!changed_.wait_for(lock, wait, [this] { return ended_; })) {
        const std::string line = line_of(progress, seconds_now() - start);
        std::fprintf(stderr, terminal_ ? "\r%s\033[K" : "%s\n", line.c_str());
        std::fflush(stderr);
        shown_ = true;
        wait = terminal_ ? between_lines : between_log_lines;
    }
}

void ProgressLine::ends() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        ended_ = true;
    }
    changed_.notify_all();
    if (watcher_.joinable()) {
        watcher_.join();
    }
    if (terminal_ && shown_) {
        std::fputs("\r\033[K", stderr);
    }
}

}  // namespace fsd::command_line
