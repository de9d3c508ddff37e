// Are formulas stated plainly or in stages?
//
// Our schedules are written for stages that no autoscheduler asks for: filters packed into panels, sums cut
// into parts, maps written site after site. Stated plainly, each stage has one definition (and one update
// where it is a sum), on the axes of the operator's own arguments.
#pragma once

#include "Halide.h"

namespace fsd {

// While one of these exists, what is defined is stated plainly or not. One thread builds formulas.
class PlainFormulas {
public:
    explicit PlainFormulas(bool plain) : before_(wanted()) { wanted() = plain; }
    ~PlainFormulas() { wanted() = before_; }
    PlainFormulas(const PlainFormulas &) = delete;
    PlainFormulas &operator=(const PlainFormulas &) = delete;

    static bool are_wanted() { return wanted(); }

private:
    static bool &wanted() {
        static bool plain = false;
        return plain;
    }

    bool before_;
};

// Of two ways to the same number, of which `condition` takes the first: what is defined for the one that is
// not taken reads nothing. Plainly the second is taken, whatever the condition: no stage is there to be
// empty.
class Ways {
public:
    explicit Ways(const Halide::Expr &condition) : condition_(condition) {}

    Halide::Expr is_first() const { return PlainFormulas::are_wanted() ? Halide::Expr(false) : condition_; }
    Halide::Expr is_second() const { return PlainFormulas::are_wanted() ? Halide::Expr(true) : !condition_; }
    Halide::Expr operator()(const Halide::Expr &first, const Halide::Expr &second) const {
        return PlainFormulas::are_wanted() ? second : Halide::select(condition_, first, second);
    }

private:
    Halide::Expr condition_;
};

}  // namespace fsd
