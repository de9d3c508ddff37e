// Parses the parameters that a generator is called with.
#include "generators/schedule_parameters.h"

#include "generators/words.h"

#include <fstream>

namespace fsd {
namespace {

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
