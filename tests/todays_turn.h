// What takes long rotates: of many cases a part is run each day, by date, so that a few days run them all.
#pragma once

#include <cstddef>

namespace fsd::testing {

// Where the variable FSDNET_TEST_ONE_IN is a number n above 1: whether the day's number and the case's have
// the same remainder by n. Otherwise true. The day is that of the calendar in UTC, or FSDNET_TEST_DAY,
// counted as Python's date.toordinal().
bool todays_turn(std::size_t number_of_case);

}  // namespace fsd::testing
