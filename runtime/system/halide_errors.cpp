// Remembers the last message that Halide's runtime reported.
#include "runtime/system/halide_errors.h"

#include "runtime/error.h"

#include "HalideRuntime.h"

#include <cstdio>
#include <mutex>

namespace fsd {
namespace {

// Halide may report from a worker thread, so the last message is shared by all threads.
std::mutex message_lock;
char message[1024];

void remember(void *, const char *sentence) {
    std::lock_guard<std::mutex> guard(message_lock);
    std::snprintf(message, sizeof message, "%s", sentence);
}

// Without what Halide puts around a sentence: "Requirement Failed: (false) ", two blanks around every number,
// the ends of lines; with a full stop.
std::string sentence_of(const std::string &reported) {
    const std::string prefix = "Requirement Failed: (false) ";
    std::string sentence;
    for (const char character : reported.substr(reported.rfind(prefix, 0) == 0 ? prefix.size() : 0)) {
        if (character != '\n' && (character != ' ' || (!sentence.empty() && sentence.back() != ' '))) {
            sentence += character;
        }
    }
    const std::size_t end = sentence.find_last_not_of(" :.");
    return sentence.substr(0, end == std::string::npos ? 0 : end + 1) + ".";
}

std::string last_message() {
    std::lock_guard<std::mutex> guard(message_lock);
    return sentence_of(message);
}

// What a kernel returns before it asks anything of its device.
bool is_about_arguments(int code) {
    switch (code) {
    case halide_error_code_explicit_bounds_too_small:
    case halide_error_code_bad_type:
    case halide_error_code_access_out_of_bounds:
    case halide_error_code_buffer_allocation_too_large:
    case halide_error_code_buffer_extents_too_large:
    case halide_error_code_constraints_make_required_region_smaller:
    case halide_error_code_constraint_violated:
    case halide_error_code_param_too_small:
    case halide_error_code_param_too_large:
    case halide_error_code_buffer_argument_is_null:
    case halide_error_code_unaligned_host_ptr:
    case halide_error_code_requirement_failed:
    case halide_error_code_buffer_extents_negative:
    case halide_error_code_host_is_null:
    case halide_error_code_bad_dimensions:
        return true;
    default:
        return false;
    }
}

}  // namespace

void install_error_handler() {
    static const auto previous = halide_set_error_handler(remember);
    (void)previous;
}

void check_kernel(int code, const std::string &kernel, bool on_device) {
    if (code == 0) {
        return;
    }
    if (on_device && !is_about_arguments(code)) {
        throw Error(ExitCode::unsupported,
                    text("The kernel ", kernel, " failed on its device: ", last_message(),
                         " A smaller batch, or the device 'cpu', may help."));
    }
    throw Error(ExitCode::bad_input, text("The kernel ", kernel, " refused its arguments: ", last_message()));
}

void check_device(int code, const char *failure) {
    if (code != 0) {
        throw Error(ExitCode::unsupported,
                    text(failure, ": ", last_message(), " A smaller batch, or the device 'cpu', may help."));
    }
}

}  // namespace fsd
