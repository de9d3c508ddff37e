// What an exception means: a code and a sentence, in as little memory as there is.
#include "runtime/failure.h"

#include <catch2/catch.hpp>

#include <array>
#include <filesystem>
#include <new>
#include <vector>

using namespace fsd;

namespace {

struct Failure {
    ExitCode code;
    std::string sentence;
};

template<std::size_t size = 1024, typename Exception>
Failure failure_of(const Exception &exception) {
    std::array<char, size> sentence{};
    try {
        throw exception;
    } catch (...) {
        const ExitCode code = describe_failure(sentence.data(), sentence.size());
        return {code, sentence.data()};
    }
}

Failure failure_of(std::errc fault) {
    return failure_of(std::filesystem::filesystem_error("status", "some/file", std::make_error_code(fault)));
}

}  // namespace

TEST_CASE("an ordinary fault of the machine is none of fsdnet", "[resources]") {
    for (const std::errc fault : {std::errc::no_such_file_or_directory, std::errc::permission_denied,
                                  std::errc::too_many_symbolic_link_levels, std::errc::not_a_directory,
                                  std::errc::filename_too_long}) {
        CHECK(failure_of(fault).code == ExitCode::bad_input);
        CHECK_THAT(failure_of(fault).sentence, Catch::StartsWith("'some/file' cannot be used: "));
    }
    for (const std::errc fault :
         {std::errc::no_space_on_device, std::errc::too_many_files_open, std::errc::file_too_large,
          std::errc::too_many_files_open_in_system, std::errc::io_error, std::errc::read_only_file_system}) {
        CHECK(failure_of(fault).code == ExitCode::unsupported);
    }
    const Failure thread =
        failure_of(std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again)));
    CHECK(thread.code == ExitCode::unsupported);
    CHECK_THAT(thread.sentence, !Catch::Contains("report"));
}

TEST_CASE("missing memory has one sentence", "[resources]") {
    for (const Failure &failure : {failure_of(std::bad_alloc()), failure_of(std::length_error("vector")),
                                   failure_of(std::bad_array_new_length())}) {
        CHECK(failure.code == ExitCode::bad_input);
        CHECK(failure.sentence == no_memory_sentence);
    }
}

TEST_CASE("what nobody expects is a fault of fsdnet", "[resources]") {
    CHECK(failure_of(std::logic_error("odd")).code == ExitCode::internal);
    CHECK_THAT(failure_of(std::logic_error("odd")).sentence,
               Catch::Contains("odd") && Catch::Contains("report"));
    CHECK(failure_of(7).code == ExitCode::internal);
}

TEST_CASE("a sentence is cut between characters", "[resources]") {
    const Error error(ExitCode::usage, "Gr\xc3\xb6\xc3\x9f"
                                       "e");
    CHECK(failure_of<9>(error).sentence == "Gr\xc3\xb6\xc3\x9f"
                                           "e");
    CHECK(failure_of<7>(error).sentence == "Gr\xc3\xb6\xc3\x9f");
    CHECK(failure_of<6>(error).sentence == "Gr\xc3\xb6");
    CHECK(failure_of<5>(error).sentence == "Gr\xc3\xb6");
    CHECK(failure_of<4>(error).sentence == "Gr");
    CHECK(failure_of<1>(error).sentence.empty());
    CHECK(failure_of(error).code == ExitCode::usage);
}
