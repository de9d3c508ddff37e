// Families of targets that are devices and not instruction sets.
#pragma once

#include <string>
#include <vector>

namespace fsd::tuning {

// "opencl" and "cuda": also the schedule's name in the registry.
bool is_device(const std::string &family);

// Whose measurements a record is: the CPU's model, or the device as the driver names it. Throws
// Error(unsupported) where the device is not there.
std::string machine_of(const std::string &family);

// Empty where what was measured for the family here may be recorded; else the sentence why not: a CPU that
// runs OpenCL says nothing about a GPU, and every build would take the record for one.
std::string reason_not_to_record(const std::string &family);

// What proposes schedules for the family.
std::vector<std::string> autoschedulers_for(const std::string &family);

// The folder of its schedules: "gpu" or "cpu".
std::string schedules_of(const std::string &family);

}  // namespace fsd::tuning
