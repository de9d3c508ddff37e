// Runs operations one after the other.
#include "toolkit/training/tape.h"

#include <algorithm>
#include <chrono>
#include <memory>

namespace fsd {
namespace {

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

Place Place::on(const std::string &device, Mirrors *mirrors) {
    Place place;
    if (device != "cpu") {
        place.schedules.insert(place.schedules.begin(), device);
        place.mirrors = mirrors;
    }
    return place;
}

void Place::keep(const Tensor &tensor) const {
    if (mirrors) {
        mirrors->add(tensor);
    }
}

void Tape::add(const std::string &name, std::function<void()> operation) {
    Operation added;
    added.name = owner_.empty() ? name : name + " " + owner_;
    added.run = std::move(operation);
    operations_.push_back(std::move(added));
}

std::shared_ptr<Call> Tape::call_of(const std::string &op) const {
    return std::make_shared<Call>(need_kernel(op, place_.schedules), place_.mirrors);
}

Call &Tape::add(const std::string &op) {
    const std::shared_ptr<Call> call = call_of(op);
    add(op, [call] { (*call)(); });
    return *call;
}

Call &Tape::add(const std::string &op, const double &observations) {
    const std::shared_ptr<Call> call = call_of(op);
    add(op, [call, &observations] {
        call->set("observations", observations);
        (*call)();
    });
    return *call;
}

void Tape::run() {
    for (Operation &operation : operations_) {
        if (measures_) {
            run_measured(operation);
        } else {
            operation.run();
        }
    }
}

void Tape::run_measured(Operation &operation) {
    const double start = now();
    operation.run();
    const double seconds = now() - start;
    operation.total += seconds;
    operation.fastest = operation.runs == 0 ? seconds : std::min(operation.fastest, seconds);
    operation.runs++;
}

void Tape::add_timings(std::map<std::string, Timing> &timings) const {
    for (const Operation &operation : operations_) {
        Timing &timing = timings[operation.name];
        timing.total += operation.total;
        timing.fastest += operation.fastest * operation.runs;
    }
}

}  // namespace fsd
