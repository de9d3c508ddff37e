// What makes a schedule a template: named parameters with a default and choices, read from the generator's
// command line; a formula may need the value of one. `fsdnet tune` measures the choices; builds pass what it
// recorded (docs/tuning.md).
#pragma once

#include "Halide.h"
#include "instruction_set_table.h"

#include <map>
#include <string>
#include <vector>

namespace fsd {

// One number of a schedule that measurements decide. Values are words: "480", or "2x12" for a tile. A name
// that ends in _per_task is that of a grain of parallel work: with one thread, which would take all in one
// task, `fsdnet tune` leaves it alone.
struct ScheduleParameter {
    std::string name;
    std::string standard;              // where nothing is given; may depend on the target
    std::vector<std::string> choices;  // what `fsdnet tune` tries beside it
};

// The values in force, by name.
class ScheduleParameters {
public:
    explicit ScheduleParameters(std::map<std::string, std::string> values) : values_(std::move(values)) {}

    const std::string &word(const std::string &name) const { return values_.at(name); }
    int number(const std::string &name) const { return std::stoi(word(name)); }

private:
    std::map<std::string, std::string> values_;
};

// A member of each generator whose schedule is a template. A program that is called with `parameter_listing`
// writes its parameters there, one per line: name, default, choices.
class ScheduleTemplate {
public:
    // "name:value,..." for all targets, "avx512/name:value,..." for one family of them.
    Halide::GeneratorParam<std::string> given{"parameters", ""};
    Halide::GeneratorParam<std::string> listing{"parameter_listing", ""};

    // Declares the parameters of a schedule and says their values. A user error where a given name is none of
    // them.
    ScheduleParameters choose(const Halide::Target &target,
                              const std::vector<ScheduleParameter> &declared) const;

    // The value of a parameter that the formula needs before the schedule declares it.
    int number(const Halide::Target &target, const ScheduleParameter &parameter) const;
};

// Numbers in a vector of the heavy operators' schedules: those of the target's registers, or half (for SSE,
// twice) as many.
ScheduleParameter vector_width(const Halide::Target &target);

// The row of cmake/InstructionSets.cmake that a target is compiled as.
const InstructionSetRow &instruction_set_of(const Halide::Target &target);

// The family of targets that share parameters.
std::string target_family(const Halide::Target &target);

}  // namespace fsd
