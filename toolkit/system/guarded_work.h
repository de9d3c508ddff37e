// Work that may take the process with it, in a process of its own, with somebody left to clean up.
#pragma once

#include <functional>

namespace fsd {

// Runs `work` in a child process and returns the exit code that it gives, or 128 + signal where a signal
// ended the child. What SIGINT, SIGTERM or SIGHUP, unless ignored, means for this process meanwhile: the
// child is killed and waited for, `clean_up` is called, and then this process ends by that signal. The child
// ends with this process, whatever ends it. Must be called before there are other threads. Throws
// Error(unsupported) where there can be no child.
int guarded_work(const std::function<int()> &work, const std::function<void()> &clean_up);

// From now on this process gets SIGTERM when the one that started it ends.
void end_with_parent();

}  // namespace fsd
