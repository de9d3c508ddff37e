// One catch for each family of exceptions; sentences are printed into the caller's memory.
#include "runtime/failure.h"

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <new>
#include <stdexcept>
#include <system_error>

namespace fsd {
namespace {

// Faults of a name that was given rather than of the machine.
bool is_about_names(const std::error_code &error) {
    for (const std::errc name_fault :
         {std::errc::no_such_file_or_directory, std::errc::permission_denied,
          std::errc::operation_not_permitted, std::errc::not_a_directory, std::errc::is_a_directory,
          std::errc::too_many_symbolic_link_levels, std::errc::filename_too_long, std::errc::file_exists,
          std::errc::directory_not_empty, std::errc::invalid_argument}) {
        if (error == name_fault) {
            return true;
        }
    }
    return false;
}

ExitCode code_of(const std::system_error &error) {
    if (error.code().category() != std::generic_category() &&
        error.code().category() != std::system_category()) {
        return ExitCode::unsupported;
    }
    return is_about_names(error.code()) ? ExitCode::bad_input : ExitCode::unsupported;
}

// As std::error_code::message(), which allocates.
const char *reason_of(const std::system_error &error) {
    const char *reason = strerrordesc_np(error.code().value());
    return reason ? reason : "no reason is known";
}

// A cut sentence does not end within a character of UTF-8.
void close_sentence(char *sentence, std::size_t size, int length) {
    if (length < 0 || static_cast<std::size_t>(length) < size) {
        return;
    }
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(sentence[at]); };
    const std::size_t end = size - 1;
    std::size_t last = end;  // becomes the first byte of the last character
    while (last > 0 && (byte(--last) & 0xc0U) == 0x80U) {}
    const unsigned char lead = last < end ? byte(last) : 0;
    const std::size_t needed = lead < 0xc0U ? 1 : lead < 0xe0U ? 2 : lead < 0xf0U ? 3 : 4;
    if (end - last < needed) {
        sentence[last] = '\0';
    }
}

template<typename... Parts>
void print(char *sentence, std::size_t size, const char *format, Parts... parts) {
    close_sentence(sentence, size, std::snprintf(sentence, size, format, parts...));
}

}  // namespace

const char *const no_memory_sentence = "There is not enough memory; give less at a time.";

ExitCode describe_failure(char *sentence, std::size_t size) noexcept {
    try {
        throw;
    } catch (const Error &error) {
        print(sentence, size, "%s", error.what());
        return error.code();
    } catch (const std::bad_alloc &) {
        print(sentence, size, "%s", no_memory_sentence);
        return ExitCode::bad_input;
    } catch (const std::length_error &) {
        print(sentence, size, "%s", no_memory_sentence);
        return ExitCode::bad_input;
    } catch (const std::filesystem::filesystem_error &error) {
        print(sentence, size, "'%s' cannot be used: %s.", error.path1().c_str(), reason_of(error));
        return code_of(error);
    } catch (const std::system_error &error) {
        print(sentence, size, "The system refuses what this needs: %s (%s).", reason_of(error), error.what());
        return code_of(error);
    } catch (const std::exception &error) {
        print(sentence, size, "Internal fault: %s. Please report it.", error.what());
    } catch (...) {
        print(sentence, size, "Internal fault: an unknown exception. Please report it.");
    }
    return ExitCode::internal;
}

}  // namespace fsd
