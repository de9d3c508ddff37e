// The one way in which options take numbers: decimal, within stated bounds (toolkit/system/number_text.h).
#pragma once

#include "runtime/error.h"
#include "toolkit/system/number_text.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

namespace fsd::command_line {

// What an option takes, in words and as bounds.
template<typename Number>
struct Allowed {
    std::string words;
    Number least, most;
};

template<typename Number>
constexpr const char *kind_of_number() {
    return std::is_integral_v<Number> ? "a whole number" : "a number";
}

template<typename Number>
Allowed<Number> between(Number least, Number most) {
    return {text(kind_of_number<Number>(), " from ", least, " to ", most), least, most};
}

template<typename Number>
Allowed<Number> at_least(Number least) {
    return {text(kind_of_number<Number>(), " from ", least, " on"), least,
            std::numeric_limits<Number>::max()};
}

inline Allowed<double> above_zero() {
    return {"a number above 0", std::numeric_limits<double>::denorm_min(),
            std::numeric_limits<double>::max()};
}

template<typename Number>
Number number_for(const std::string &option, const std::string &given, const Allowed<Number> &allowed) {
    const auto number = [&] {
        if constexpr (std::is_integral_v<Number>) {
            return whole_number<Number>(given);
        } else {
            return finite_number(given);
        }
    }();
    if (!number || *number < allowed.least || *number > allowed.most) {
        throw CLI::ValidationError(option, text("must be ", allowed.words, "; found ", given));
    }
    return *number;
}

template<typename Number>
std::string type_name(const Allowed<Number> &allowed) {
    const bool bounded = allowed.most < std::numeric_limits<Number>::max();
    const std::string type = std::is_integral_v<Number> ? "INT" : "NUMBER";
    return bounded ? text(type, " in [", allowed.least, " - ", allowed.most, "]") : type;
}

// Hands the number to `take`.
template<typename Number>
CLI::Option &add_number_function(CLI::App &verb, const std::string &names, std::function<void(Number)> take,
                                 const Allowed<Number> &allowed, const std::string &meaning) {
    return *verb.add_option_function<std::string>(
                    names,
                    [=](const std::string &given) {
                        take(number_for(names.substr(names.rfind(',') + 1), given, allowed));
                    },
                    meaning)
                ->type_name(type_name(allowed));
}

// Any number of numbers, in place of those that are there; the help shows the first of these, if any.
template<typename Number>
CLI::Option &add_numbers(CLI::App &verb, const std::string &names, std::vector<Number> &place,
                         const Allowed<Number> &allowed, const std::string &meaning) {
    return *verb.add_option_function<std::vector<std::string>>(
                    names,
                    [=, &place](const std::vector<std::string> &given) {
                        place.clear();
                        for (const std::string &one : given) {
                            place.push_back(number_for(names, one, allowed));
                        }
                    },
                    meaning)
                ->type_name(type_name(allowed))
                ->default_str(place.empty() ? "" : text(place.front()));
}

// Puts the number into `place`, which stays as long as the verb.
template<typename Number>
CLI::Option &add_number(CLI::App &verb, const std::string &names, Number &place,
                        const Allowed<Number> &allowed, const std::string &meaning) {
    return add_number_function<Number>(
        verb, names, [&place](Number number) { place = number; }, allowed, meaning);
}

// The same, and the help shows what `place` holds by default.
template<typename Number>
CLI::Option &add_number_with_default(CLI::App &verb, const std::string &names, Number &place,
                                     const Allowed<Number> &allowed, const std::string &meaning) {
    return *add_number(verb, names, place, allowed, meaning).default_str(text(place));
}

}  // namespace fsd::command_line
