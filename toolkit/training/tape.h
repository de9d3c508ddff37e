// Operations in the order in which they run, and the time that each took.
#pragma once

#include "runtime/call.h"
#include "runtime/devices/mirror.h"
#include "runtime/planning/step.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fsd {

// Where the operations run.
struct Place {
    std::vector<std::string> schedules = {"tuned", "cpu"};  // preferred first
    Mirrors *mirrors = nullptr;                             // on a device: of tensors that only kernels touch

    // For a name that chosen_device() gave. `mirrors` may be nullptr, else it must outlive all calls.
    static Place on(const std::string &device, Mirrors *mirrors);

    // Leaves the tensor on the device. The host must neither read nor write it.
    void keep(const Tensor &tensor) const;
};

class Tape {
public:
    explicit Tape(Place place) : place_(std::move(place)) {}

    // The operations that are added from now on are those of `owner`, e.g. a layer's name, which is put
    // behind their own.
    void begin(const std::string &owner) { owner_ = owner; }

    // Work that is too small for a kernel.
    void add(const std::string &name, std::function<void()> operation);

    // A call of the op's kernel; the caller binds the arguments. The reference stays valid.
    // Throws Error(unsupported) where no such kernel is linked.
    Call &add(const std::string &op);

    // The same for a kernel that activations are bound to.
    Step &add_step(const std::string &op);

    void run();

    struct Timing {
        double total = 0;  // seconds of all runs
        double fastest =
            0;  // seconds if each run had taken as long as the fastest one: without other programs
    };
    // Adds what each operation took, by name; all zeros unless `measure` was called before running.
    void add_timings(std::map<std::string, Timing> &timings) const;
    void measure() { measures_ = true; }

    const Place &place() const { return place_; }

private:
    struct Operation {
        std::string name;
        std::function<void()> run;
        double total = 0, fastest = 0;
        int runs = 0;
    };
    static void run_measured(Operation &operation);

    Place place_;
    std::string owner_;
    std::vector<Operation> operations_;
    bool measures_ = false;
};

}  // namespace fsd
