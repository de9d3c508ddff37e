// A driver whose calls fail when the test says so. Halide's runtime asks for the driver's functions by name,
// which is where the test's own stand in front of them: those that take memory, copy or launch.
#pragma once

namespace fsd::testing {

// Counts down with each call of the driver; the call that finds 0 fails. -1: none fails.
extern int calls_until_failure;

// False where Halide's runtime did not take the functions.
bool failing_driver_is_in_front();

}  // namespace fsd::testing
