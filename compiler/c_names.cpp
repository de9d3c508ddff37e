// Keywords are a list, what the C library has is asked of the C library.
#include "compiler/c_names.h"

#include "runtime/error.h"

#include <dlfcn.h>

#include <algorithm>
#include <cctype>
#include <regex>
#include <set>

namespace fsd::compiler {
namespace {

constexpr std::size_t longest = 64;

// Of C up to C23 and of C++ up to C++20 with its namespace; `asm`, `typeof` and `fortran` are common
// extensions.
const std::set<std::string> keywords = {"alignas",   "alignof",      "and",           "and_eq",
                                        "asm",       "auto",         "bitand",        "bitor",
                                        "bool",      "break",        "case",          "catch",
                                        "char",      "char16_t",     "char32_t",      "char8_t",
                                        "class",     "co_await",     "co_return",     "co_yield",
                                        "compl",     "concept",      "const",         "const_cast",
                                        "consteval", "constexpr",    "constinit",     "continue",
                                        "decltype",  "default",      "delete",        "do",
                                        "double",    "dynamic_cast", "else",          "enum",
                                        "explicit",  "export",       "extern",        "false",
                                        "float",     "for",          "fortran",       "friend",
                                        "goto",      "if",           "inline",        "int",
                                        "long",      "mutable",      "namespace",     "new",
                                        "noexcept",  "not",          "not_eq",        "nullptr",
                                        "operator",  "or",           "or_eq",         "private",
                                        "protected", "public",       "register",      "reinterpret_cast",
                                        "requires",  "restrict",     "return",        "short",
                                        "signed",    "sizeof",       "static",        "static_assert",
                                        "std",       "static_cast",  "struct",        "switch",
                                        "template",  "this",         "thread_local",  "throw",
                                        "true",      "try",          "typedef",       "typeid",
                                        "typename",  "typeof",       "typeof_unqual", "union",
                                        "unsigned",  "using",        "virtual",       "void",
                                        "volatile",  "wchar_t",      "while",         "xor",
                                        "xor_eq"};

// What compilers and the C library's headers define as macros, which a library does not export. (Those of GNU
// C without underscores: linux, unix, i386.)
const std::set<std::string> macros = {
    "EOF",           "NULL",      "alloca",      "assert",    "complex",        "errno",    "fpclassify",
    "i386",          "imaginary", "isfinite",    "isgreater", "isgreaterequal", "isless",   "islessequal",
    "islessgreater", "isnormal",  "isunordered", "linux",     "noreturn",       "offsetof", "setjmp",
    "signbit",       "unix",      "va_arg",      "va_copy",   "va_end",         "va_start"};

bool begins(const std::string &name, const std::string &with) {
    return name.compare(0, with.size(), with) == 0;
}

bool ends(const std::string &name, const std::string &with) {
    return name.size() >= with.size() && name.compare(name.size() - with.size(), with.size(), with) == 0;
}

// Macros of <stdint.h>, which the header includes: INT8_MAX, UINT_LEAST16_C, SIZE_WIDTH.
bool is_of_integers(const std::string &name) {
    static const std::regex macro(
        "(U?INT(_LEAST|_FAST)?(8|16|32|64)|U?INT(PTR|MAX)|PTRDIFF|SIG_ATOMIC|SIZE|WCHAR|WINT)"
        "_(MIN|MAX|WIDTH|C)");
    return std::regex_match(name, macro);
}

bool is_identifier(const std::string &name) {
    return !name.empty() && name.size() <= longest &&
           std::isdigit(static_cast<unsigned char>(name[0])) == 0 &&
           std::all_of(name.begin(), name.end(),
                       [](unsigned char c) { return c < 0x80 && (std::isalnum(c) != 0 || c == '_'); });
}

// Functions and objects, declared by whatever header.
bool exports(const char *library, const std::string &name) {
    void *const handle = dlopen(library, RTLD_LAZY);
    if (handle == nullptr) {
        return false;
    }
    const bool found = dlsym(handle, name.c_str()) != nullptr;
    dlclose(handle);
    return found;
}
bool is_in_c_library(const std::string &name) {
    return exports("libc.so.6", name) || exports("libm.so.6", name);
}

// Why the name cannot be taken; empty: it can.
std::string objection(const std::string &name) {
    if (!is_identifier(name)) {
        return "it takes up to 64 letters, digits and '_', a letter first";
    }
    if (keywords.count(name) > 0) {
        return "it is a keyword of C or C++";
    }
    if (name[0] == '_' || name.find("__") != std::string::npos || ends(name, "_t")) {
        return "names that begin with '_', hold '__' or end in '_t' are reserved";
    }
    if (begins(name, "halide_") || begins(name, "fsdnet_")) {
        return "names that begin with halide_ or fsdnet_ are those of the runtimes";
    }
    if (name == "main" || macros.count(name) > 0 || is_of_integers(name) ||
        is_of_integers(macro_prefix(name) + "_WIDTH")) {
        return "the name has a meaning of its own in C programs";
    }
    for (const char *suffix : {"", "_floats", "_device", "_classes", "_call", "_pipeline"}) {
        if (is_in_c_library(name + suffix)) {
            return text("the C library has '", name, suffix, "'");
        }
    }
    return "";
}

}  // namespace

void check_name(const std::string &name) {
    const std::string reason = objection(name);
    if (!reason.empty()) {
        throw Error(ExitCode::usage, text("A C function of a network cannot have the name '", name, "': ",
                                          reason, ". Give another one by --name, e.g. --name my_network."));
    }
}

std::string macro_prefix(std::string name) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return name;
}

}  // namespace fsd::compiler
