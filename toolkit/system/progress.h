// Work that may take long says what it does and how far it is; a listener decides whether anybody sees it.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>

namespace fsd {

// One piece of work, from construction to destruction. Where one begins while another goes on, the listener
// hears of the outer one only.
class Progress {
public:
    // `what` is a verb with its object, "evaluates images"; `all` is how many steps there are, 0 where nobody
    // knows.
    explicit Progress(std::string what, std::size_t all = 0);
    ~Progress();
    Progress(const Progress &) = delete;
    Progress &operator=(const Progress &) = delete;

    // So many steps more are done. May be called from any thread.
    void advance(std::size_t steps = 1) { done_ += steps; }

    const std::string &what() const { return what_; }
    std::size_t all() const { return all_; }
    std::size_t done() const { return done_; }

private:
    std::string what_;
    std::size_t all_;
    std::atomic<std::size_t> done_{0};
    bool heard_ = false;
};

class ProgressListener {
public:
    virtual ~ProgressListener() = default;
    virtual void begins(const Progress &progress) = 0;  // which lives until `ends`
    virtual void ends() = 0;
};

// Sets who hears of work that begins from here on in this process; nobody with nullptr. The listener is not
// owned.
void listen_to_progress(ProgressListener *listener);

}  // namespace fsd
