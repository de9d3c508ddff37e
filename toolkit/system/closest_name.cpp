// Counts typing errors between two names row by row.
#include "toolkit/system/closest_name.h"

#include <algorithm>
#include <numeric>

namespace fsd {

int typing_errors(const std::string &typed, const std::string &name) {
    // errors[j] is the number between the first i letters typed and the first j letters of the name
    std::vector<int> before_last, last, errors(name.size() + 1);
    std::iota(errors.begin(), errors.end(), 0);
    for (std::size_t i = 1; i <= typed.size(); i++) {
        before_last = std::move(last);
        last = errors;
        errors[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= name.size(); j++) {
            const int changed = last[j - 1] + (typed[i - 1] == name[j - 1] ? 0 : 1);
            errors[j] = std::min({changed, last[j] + 1, errors[j - 1] + 1});
            if (i > 1 && j > 1 && typed[i - 1] == name[j - 2] && typed[i - 2] == name[j - 1]) {
                errors[j] = std::min(errors[j], before_last[j - 2] + 1);
            }
        }
    }
    return errors.back();
}

std::string closest_name(const std::string &typed, const std::vector<std::string> &names) {
    int fewest = std::max(1, static_cast<int>(typed.size()) / 3) + 1;
    std::string closest;
    for (const std::string &name : names) {
        const int errors = typing_errors(typed, name);
        if (errors < fewest) {
            fewest = errors;
            closest = name;
        }
    }
    if (!closest.empty() || typed.empty()) {
        return closest;
    }
    const auto begins = [&](const std::string &name) { return name.compare(0, typed.size(), typed) == 0; };
    const auto found = std::find_if(names.begin(), names.end(), begins);
    return found == names.end() ? "" : *found;
}

}  // namespace fsd
