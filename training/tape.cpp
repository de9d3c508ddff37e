// Runs operations one after the other.
#include "training/tape.h"

#include <chrono>
#include <memory>

namespace fsd {
namespace {

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::shared_ptr<Call> call_of(const std::string &op) {
    return std::make_shared<Call>(need_kernel(op, {"tuned", "cpu"}));
}

}  // namespace

void Tape::add(const std::string &name, std::function<void()> operation) {
    operations_.push_back({name, std::move(operation)});
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
        const double start = measures_ ? now() : 0;
        operation.run();
        operation.seconds += measures_ ? now() - start : 0;
    }
}

void Tape::add_seconds(std::map<std::string, double> &seconds) const {
    for (const Operation &operation : operations_) {
        seconds[operation.name] += operation.seconds;
    }
}

}  // namespace fsd
