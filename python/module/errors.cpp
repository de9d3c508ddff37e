// C++ exceptions as the classes of fsdnet/errors.py, with the same sentences.
#include "python/module/module.h"

#include "runtime/failure.h"
#include "runtime/file_error.h"

#include <filesystem>
#include <new>
#include <system_error>

namespace fsd::python {
namespace {

const char *class_of(ExitCode code) {
    switch (code) {
    case ExitCode::check_failed:
        return "CheckError";
    case ExitCode::usage:
    case ExitCode::bad_input:
        return "InputError";
    case ExitCode::unsupported:
        return "UnsupportedError";
    default:
        return "InternalError";
    }
}

void set_error(const char *name, const char *sentence) {
    const nb::object type = nb::module_::import_("fsdnet.errors").attr(name);
    PyErr_SetString(type.ptr(), sentence);
}

// What is thrown on is nanobind's own.
void translate(const std::exception_ptr &exception, void * /*payload*/) {
    try {
        std::rethrow_exception(exception);
    } catch (const FileError &error) {
        set_error("FileError", error.what());
    } catch (const Error &error) {
        set_error(class_of(error.code()), error.what());
    } catch (const std::bad_alloc &) {
        PyErr_SetString(PyExc_MemoryError, no_memory_sentence);
    } catch (const std::length_error &) {
        PyErr_SetString(PyExc_MemoryError, no_memory_sentence);
    } catch (const std::system_error &) {
        char sentence[1024];
        describe_failure(sentence, sizeof sentence);
        PyErr_SetString(PyExc_OSError, sentence);
    }
}

}  // namespace

void add_errors(nb::module_ & /*module*/) {
    nb::register_exception_translator(translate, nullptr);
}

}  // namespace fsd::python
