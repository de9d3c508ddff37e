// Operations in the order in which they run, and the time that each took.
#pragma once

#include "runtime/call.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace fsd {

class Tape {
public:
    // Work that is too small for a kernel.
    void add(const std::string &name, std::function<void()> operation);

    // A call of the op's CPU kernel; the caller binds the arguments. The reference stays valid.
    // Throws Error(unsupported) where no such kernel is linked.
    Call &add(const std::string &op);

    // The same with an argument `observations` that is read again before each run. `observations` must stay
    // where it is.
    Call &add(const std::string &op, const double &observations);

    void run();

    // Adds the seconds that each operation took, by name; all zeros unless `measure` was called before
    // running.
    void add_seconds(std::map<std::string, double> &seconds) const;
    void measure() { measures_ = true; }

private:
    struct Operation {
        std::string name;
        std::function<void()> run;
        double seconds = 0;
    };
    std::vector<Operation> operations_;
    bool measures_ = false;
};

}  // namespace fsd
