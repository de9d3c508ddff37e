// Shows long work on the standard error: a line that redraws itself on a terminal, a line a minute in a log.
#pragma once

#include "toolkit/system/progress.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace fsd::command_line {

// While it lives, work that says how far it is (fsd::Progress) is shown once it has taken a second. On a
// terminal the line goes away with the work. With --quiet, and where no thread can be started, nothing is
// shown.
class ProgressLine : public ProgressListener {
public:
    ProgressLine();
    ~ProgressLine() override;
    ProgressLine(const ProgressLine &) = delete;
    ProgressLine &operator=(const ProgressLine &) = delete;

    void begins(const Progress &progress) override;
    void ends() override;

private:
    void watch(const Progress &progress);

    bool terminal_ = false;
    bool shown_ = false;
    bool ended_ = false;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::thread watcher_;
};

}  // namespace fsd::command_line
