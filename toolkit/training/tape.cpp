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

Call &Tape::add(const std::string &op) {
    const auto call = std::make_shared<Call>(need_kernel(op, place_.schedules), place_.mirrors);
    add(op, [call] { (*call)(); });
    return *call;
}

Step &Tape::add_step(const std::string &op) {
    const auto step = std::make_shared<Step>(need_kernel(op, place_.schedules), 0, place_.mirrors);
    add(op, [step] { step->run(); });
    return *step;
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
