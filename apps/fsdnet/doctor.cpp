// `fsdnet doctor`: what this machine offers and what of it the kernels use.
#include "apps/fsdnet/verb.h"
#include "apps/fsdnet/verbs.h"
#include "runtime/device.h"
#include "runtime/devices/device_listing.h"
#include "runtime/error.h"
#include "runtime/formats/printable_text.h"
#include "runtime/instruction_set.h"
#include "runtime/registry.h"
#include "runtime/shape_kernels.h"
#include "runtime/system/control_group.h"
#include "runtime/system/processor.h"
#include "runtime/threads.h"

#include <unistd.h>

#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <memory>
#include <set>
#include <thread>

namespace fsd::command_line {
namespace {

using Json = nlohmann::ordered_json;

constexpr double mebibyte = 1 << 20;

Json number_or_null(double number) {
    return number > 0 ? Json(number) : Json();
}

std::uint64_t physical_memory() {
    return static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) *
           static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

Json bytes_or_null(double bytes) {
    return bytes > 0 ? Json(static_cast<std::uint64_t>(bytes)) : Json();
}

Json limit_of_environment() {
    const char *name = std::getenv("FSDNET_INSTRUCTION_SET");
    return name && *name ? Json(name) : Json();
}

std::set<std::string> schedules() {
    std::set<std::string> found;
    for (const Kernel &kernel : kernels()) {
        found.insert(kernel.schedule);
    }
    return found;
}

// Kernels that were adopted for one shape each.
Json shape_kernels() {
    int all = 0, in_force = 0;
    for (const Kernel &kernel : kernels()) {
        for (const ShapeKernel &own : shape_kernels_of(kernel.schedule == "tuned" ? kernel.op : "")) {
            all++;
            in_force += fits_this_machine(own) ? 1 : 0;
        }
    }
    return {{"linked", all}, {"in_force", in_force}};
}

Json json_of(const Device &device) {
    return {{"interface", device.interface}, {"name", device.name},  {"platform", device.platform},
            {"driver", device.driver},       {"gpu", device.is_gpu}, {"units", device.units},
            {"memory_bytes", device.memory}};
}

// For each value of --device what it would run on, or why it cannot.
Json choice(const std::string &asked) {
    try {
        return {{"usable", true}, {"device", chosen_device(asked)}, {"name", device_description(asked)}};
    } catch (const Error &error) {
        return {{"usable", false}, {"reason", error.what()}};
    }
}

Json examined() {
    Json devices = Json::array(), drivers = Json::object(), choices = Json::object();
    for (const auto &[interface, listing] :
         {std::pair("cuda", cuda_devices()), std::pair("opencl", opencl_devices())}) {
        drivers[interface] = listing.devices.empty() ? Json(listing.trouble) : Json("found");
        for (const Device &device : listing.devices) {
            devices.push_back(json_of(device));
        }
    }
    for (const std::string &name : device_names()) {
        choices[name] = choice(name);
    }
    return {{"version", FSDNET_VERSION},
            {"processor", processor_name()},
            {"instruction_set", instruction_set()},
            {"instruction_sets", instruction_sets()},
            {"instruction_set_limit", limit_of_environment()},
            {"threads", threads()},
            {"cpus", {{"online", std::thread::hardware_concurrency()}, {"usable", usable_cpus()}}},
            {"memory_bytes", physical_memory()},
            {"control_group",
             {{"cpus", number_or_null(cpu_quota())}, {"memory_bytes", bytes_or_null(memory_limit())}}},
            {"schedules", schedules()},
            {"shape_kernels", shape_kernels()},
            {"drivers", drivers},
            {"devices", devices},
            {"device", choices}};
}

std::ostream &line(const std::string &name) {
    return std::cout << std::left << std::setw(18) << name;
}

// What drivers say of themselves may hold anything.
std::string shown(const Json &word) {
    return printable_text(word.get<std::string>());
}

std::string megabytes(const Json &bytes) {
    return bytes.is_null() ? "none" : text(std::llround(bytes.get<double>() / mebibyte), " MiB");
}

void print_machine(const Json &found) {
    const Json &quota = found["control_group"]["cpus"];
    line("fsdnet") << shown(found["version"]) << ", kernels: " << joined(found["schedules"]) << '\n';
    line("processor") << shown(found["processor"]) << '\n';
    line("instruction set") << shown(found["instruction_set"]) << " (of " << joined(found["instruction_sets"])
                            << (found["instruction_set_limit"].is_null()
                                    ? ""
                                    : "; limited by FSDNET_INSTRUCTION_SET")
                            << ")\n";
    line("shape kernels") << found["shape_kernels"]["in_force"] << " in force of "
                          << found["shape_kernels"]["linked"] << " that were adopted for one shape\n";
    line("threads") << found["threads"] << " (CPUs: " << found["cpus"]["online"] << " online, "
                    << found["cpus"]["usable"] << " usable)\n";
    line("memory") << megabytes(found["memory_bytes"]) << '\n';
    line("control group") << "CPUs: " << (quota.is_null() ? "no limit" : quota.dump()) << "; memory: "
                          << (found["control_group"]["memory_bytes"].is_null()
                                  ? "no limit"
                                  : megabytes(found["control_group"]["memory_bytes"]))
                          << '\n';
}

void print_devices(const Json &found) {
    for (const auto &[interface, state] : found["drivers"].items()) {
        if (state != "found") {
            line(interface) << shown(state) << '\n';
        }
        for (const Json &device : found["devices"]) {
            if (device["interface"] == interface) {
                line(interface) << shown(device["name"]) << ", "
                                << (device["gpu"].get<bool>() ? "GPU" : "no GPU") << ", "
                                << shown(device["platform"]) << ' ' << shown(device["driver"]) << ", "
                                << device["units"] << " units, " << megabytes(device["memory_bytes"]) << '\n';
            }
        }
    }
    for (const auto &[asked, chosen] : found["device"].items()) {
        line("--device " + asked);
        if (chosen["usable"].get<bool>()) {
            std::cout << shown(chosen["device"]) << ": " << shown(chosen["name"]) << '\n';
        } else {
            std::cout << shown(chosen["reason"]) << '\n';
        }
    }
}

}  // namespace

void add_doctor(CLI::App &program) {
    auto json = std::make_shared<bool>(false);
    CLI::App &verb =
        add_verb(program, "doctor",
                 "Say what this machine offers: devices, drivers, instruction sets, threads, limits",
                 "fsdnet doctor --json");
    add_json_flag(verb, *json);
    add_threads_option(verb);
    verb.callback([json] {
        const Json found = examined();
        if (*json) {
            print_json(found);
            return;
        }
        print_machine(found);
        print_devices(found);
    });
}

}  // namespace fsd::command_line
