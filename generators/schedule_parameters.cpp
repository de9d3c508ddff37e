// Parses the parameters and the estimates that a generator is called with.
#include "generators/schedule_parameters.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace fsd {
namespace {

std::vector<std::string> parts(const std::string &text, char separator) {
    std::vector<std::string> found;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, separator);) {
        found.push_back(part);
    }
    return found;
}

// Those of `text` that hold for the family; what is said for the family wins over what is said for all.
std::map<std::string, std::string> given_values(const std::string &text, const std::string &family) {
    std::map<std::string, std::string> for_all, for_family;
    for (const std::string &assignment : parts(text, ',')) {
        const std::size_t slash = assignment.find('/'), colon = assignment.find(':');
        _halide_user_assert(colon != std::string::npos)
            << "A parameter of a schedule is given as name:value; found '" << assignment << "'.\n";
        const std::size_t start = slash == std::string::npos ? 0 : slash + 1;
        const std::string name = assignment.substr(start, colon - start),
                          value = assignment.substr(colon + 1);
        if (start == 0) {
            for_all[name] = value;
        } else if (assignment.substr(0, slash) == family) {
            for_family[name] = value;
        }
    }
    for_family.insert(for_all.begin(), for_all.end());
    return for_family;
}

// Empty where there is no such argument.
std::vector<int> numbers_of(const std::string &estimates, const std::string &argument) {
    for (const std::string &entry : parts(estimates, '/')) {
        const std::vector<std::string> words = parts(entry, ':');
        if (words.front() == argument) {
            std::vector<int> numbers;
            std::transform(words.begin() + 1, words.end(), std::back_inserter(numbers),
                           [](const std::string &word) { return std::stoi(word); });
            return numbers;
        }
    }
    return {};
}

void estimate_input(Halide::Parameter input, const std::vector<int> &numbers) {
    if (!input.is_buffer()) {
        input.set_estimate(cast(input.type(), numbers.front()));
        return;
    }
    for (int axis = 0; axis < input.dimensions(); axis++) {
        input.set_min_constraint_estimate(axis, 0);
        input.set_extent_constraint_estimate(axis, numbers[axis]);
    }
}

void estimate_output(Halide::Func output, const std::vector<int> &numbers) {
    output.function().schedule().estimates().clear();
    const std::vector<Halide::Var> axes = output.args();
    for (std::size_t axis = 0; axis < axes.size(); axis++) {
        output.set_estimate(axes[axis], 0, numbers[axis]);
    }
}

}  // namespace

ScheduleParameters ScheduleTemplate::choose(const Halide::Target &target,
                                            const std::vector<ScheduleParameter> &declared) const {
    std::map<std::string, std::string> rest = given_values(given.value(), target_family(target)), values;
    std::ofstream list;
    if (!listing.value().empty()) {
        list.open(listing.value());
    }
    for (const ScheduleParameter &parameter : declared) {
        const auto found = rest.find(parameter.name);
        values[parameter.name] = found == rest.end() ? parameter.standard : found->second;
        rest.erase(parameter.name);
        list << parameter.name << ' ' << parameter.standard;
        for (const std::string &choice : parameter.choices) {
            list << ' ' << choice;
        }
        list << '\n';
    }
    _halide_user_assert(rest.empty())
        << "The schedule has no parameter '" << rest.begin()->first
        << "'. If schedules/tuned/ names it, the record is older than the schedule: "
        << "'fsdnet tune' renews it, removing the record's file takes the defaults.\n";
    return ScheduleParameters(values);
}

int ScheduleTemplate::number(const Halide::Target &target, const ScheduleParameter &parameter) const {
    const std::map<std::string, std::string> values = given_values(given.value(), target_family(target));
    const auto found = values.find(parameter.name);
    return std::stoi(found == values.end() ? parameter.standard : found->second);
}

bool ScheduleTemplate::autoscheduled(Halide::Internal::GeneratorBase &generator) const {
    Halide::Internal::AbstractGenerator &described = generator;
    if (described.context().autoscheduler_params().name.empty()) {
        return false;
    }
    for (const auto &argument : described.arginfos()) {
        const std::vector<int> numbers = numbers_of(estimates.value(), argument.name);
        if (numbers.empty()) {
            continue;
        }
        if (argument.dir == Halide::Internal::ArgInfoDirection::Input) {
            estimate_input(described.input_parameter(argument.name).front(), numbers);
        } else {
            estimate_output(described.output_func(argument.name).front(), numbers);
        }
    }
    return true;
}

ScheduleParameter vector_width(const Halide::Target &target) {
    const int natural = target.natural_vector_size<float>();
    return {"vector_width", std::to_string(natural), {std::to_string(natural == 4 ? 8 : natural / 2)}};
}

const InstructionSetRow &instruction_set_of(const Halide::Target &target) {
    return best_instruction_set(
        [&target](halide_target_feature_t feature) { return target.has_feature(feature); });
}

std::string target_family(const Halide::Target &target) {
    return instruction_set_of(target).family;
}

}  // namespace fsd
