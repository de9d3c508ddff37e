// The listener, and whether it is busy with an outer piece of work.
#include "toolkit/system/progress.h"

namespace fsd {
namespace {

std::atomic<ProgressListener *> listener{nullptr};
std::atomic<bool> busy{false};

}  // namespace

Progress::Progress(std::string what, std::size_t all) : what_(std::move(what)), all_(all) {
    heard_ = listener && !busy.exchange(true);
    if (heard_) {
        listener.load()->begins(*this);
    }
}

Progress::~Progress() {
    if (heard_) {
        listener.load()->ends();
        busy = false;
    }
}

void listen_to_progress(ProgressListener *listener_from_here) {
    listener = listener_from_here;
    busy = false;
}

}  // namespace fsd
