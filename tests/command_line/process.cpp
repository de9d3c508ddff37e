// fork, exec, pipes.
#include "tests/command_line/process.h"

#include <catch2/catch.hpp>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace fsd::testing {
namespace {

struct Pipe {
    std::array<int, 2> ends{-1, -1};

    Pipe() { REQUIRE(::pipe(ends.data()) == 0); }
    ~Pipe() {
        close_end(0);
        close_end(1);
    }
    void close_end(int end) {
        if (ends[end] >= 0) {
            ::close(ends[end]);
            ends[end] = -1;
        }
    }
};

[[noreturn]] void become(const std::vector<std::string> &arguments, const Pipe &output, const Pipe &errors) {
    std::vector<char *> pointers = {const_cast<char *>(FSDNET_PROGRAM)};
    for (const std::string &argument : arguments) {
        pointers.push_back(const_cast<char *>(argument.c_str()));
    }
    pointers.push_back(nullptr);
    ::dup2(output.ends[1], STDOUT_FILENO);
    ::dup2(errors.ends[1], STDERR_FILENO);
    ::execv(FSDNET_PROGRAM, pointers.data());
    ::_exit(127);
}

// Reads both pipes until both are closed, so that neither can fill up and block the process.
void drain(Pipe &output, Pipe &errors, Outcome &outcome) {
    std::array<pollfd, 2> waiting{{{output.ends[0], POLLIN, 0}, {errors.ends[0], POLLIN, 0}}};
    std::array<std::string *, 2> texts{&outcome.output, &outcome.errors};
    for (int open = 2; open > 0;) {
        ::poll(waiting.data(), waiting.size(), -1);
        for (std::size_t i = 0; i < waiting.size(); i++) {
            std::array<char, 4096> bytes{};
            if (waiting[i].fd < 0 || waiting[i].revents == 0) {
                continue;
            }
            const ssize_t count = ::read(waiting[i].fd, bytes.data(), bytes.size());
            if (count > 0) {
                texts[i]->append(bytes.data(), static_cast<std::size_t>(count));
            } else if (count == 0 || errno != EINTR) {
                waiting[i].fd = -1;
                open--;
            }
        }
    }
}

}  // namespace

Outcome fsdnet(const std::vector<std::string> &arguments) {
    Pipe output, errors;
    const pid_t process = ::fork();
    REQUIRE(process >= 0);
    if (process == 0) {
        become(arguments, output, errors);
    }
    output.close_end(1);
    errors.close_end(1);
    Outcome outcome;
    drain(output, errors, outcome);
    int status = 0;
    REQUIRE(::waitpid(process, &status, 0) == process);
    outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return outcome;
}

nlohmann::json fsdnet_json(std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    const Outcome outcome = fsdnet(arguments);
    INFO(outcome.errors);
    REQUIRE(outcome.code == 0);
    return nlohmann::json::parse(outcome.output);
}

void require_refusal(const std::vector<std::string> &arguments, int code, const std::string &expected) {
    const Outcome outcome = fsdnet(arguments);
    std::string line;
    for (const std::string &argument : arguments) {
        line += argument + " ";
    }
    INFO("fsdnet " << line);
    CHECK(outcome.code == code);
    CHECK_THAT(outcome.errors, Catch::Contains(expected));
    CHECK_THAT(outcome.errors, Catch::EndsWith(".\n"));
    CHECK(outcome.output.empty());
}

}  // namespace fsd::testing
