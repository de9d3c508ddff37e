// Several forms of one pipeline on a GPU: what is computed in the registers of a thread in one form is
// computed by launches of its own in another.
//
// A stage has one place where it is computed, in all specializations. But the loop that names the place may
// be one of a thread in one specialization of the consumer, and one around the launches in another: so it is
// for the loops that `place` names below. Each stage in between gets the same specializations, under the same
// conditions, which Halide then resolves within those of the consumer.
#pragma once

#include "Halide.h"

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

namespace fsd {

// Bounds of storage are checked where Halide cannot prove them. OpenCL has no such checks in a kernel, of
// which Halide would warn once per stage and form; other warnings pass.
inline void expect_unchecked_bounds() {
    class Reporter : public Halide::CompileTimeErrorReporter {
    public:
        void warning(const char *message) override {
            if (std::string(message).find("Ignoring assertion inside OpenCL kernel") == std::string::npos) {
                std::cerr << message;
            }
        }
        void error(const char *message) override {
            std::cerr << message;
            std::exit(EXIT_FAILURE);
        }
    };
    static Reporter reporter;
    Halide::set_custom_compile_time_error_reporter(&reporter);
}

// The shape of a form in registers.
struct RegisterForm {
    Halide::Expr holds;  // equalities and bounds of single extents: what Halide's simplifier can use
    int states;          // of a row, all of them in one thread
    int samples;         // of a thread
    int unrolled_terms;  // of a sum
};

class Forms {
public:
    Forms(Halide::Expr in_memory, std::vector<RegisterForm> in_registers)
        : in_memory_(std::move(in_memory)), in_registers_(std::move(in_registers)) {
        expect_unchecked_bounds();
    }

    // Schedules a stage once per form; `memory` is the form that serves all shapes.
    template<typename Registers, typename Memory>
    void schedule(Halide::Stage stage, const Registers &registers, const Memory &memory) const {
        memory(stage.specialize(in_memory_));
        for (const RegisterForm &form : in_registers_) {
            registers(stage.specialize(form.holds), form);
        }
        stage.specialize_fail("No form of the schedule fits.");
    }

    // The storage of an axis, which has a constant extent in registers.
    template<typename Extent>
    void bound_storage(Halide::Func func, const Halide::Var &axis, const Halide::Expr &in_memory,
                       const Extent &in_registers) const {
        Halide::Expr extent = in_memory;
        for (const RegisterForm &form : in_registers_) {
            extent = select(form.holds, in_registers(form), extent);
        }
        func.bound_storage(axis, select(in_memory_, in_memory, extent));
    }

private:
    Halide::Expr in_memory_;
    std::vector<RegisterForm> in_registers_;
};

}  // namespace fsd
