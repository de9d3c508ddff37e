// Reads the environment once.
#include "tests/todays_turn.h"

#include <cstdlib>
#include <ctime>

namespace fsd::testing {
namespace {

std::size_t number_in(const char *variable, std::size_t otherwise) {
    const char *const given = std::getenv(variable);
    return given && *given ? std::strtoul(given, nullptr, 10) : otherwise;
}

// Days from the first one of the calendar to the one that clocks count from.
constexpr std::size_t ordinal_of_1970 = 719163, seconds_per_day = 86400;

}  // namespace

bool todays_turn(std::size_t number_of_case) {
    static const std::size_t one_in = number_in("FSDNET_TEST_ONE_IN", 1);
    static const std::size_t day = number_in(
        "FSDNET_TEST_DAY", static_cast<std::size_t>(std::time(nullptr)) / seconds_per_day + ordinal_of_1970);
    return one_in < 2 || number_of_case % one_in == day % one_in;
}

}  // namespace fsd::testing
