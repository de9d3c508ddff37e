// A child process whose standard output is read; its standard error is this program's.
#include "apps/fsdnet/compiler_process.h"

#include "runtime/error.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace fsd::command_line {
namespace {

std::string compiler_program() {
    namespace fs = std::filesystem;
    std::error_code ignored;
    const fs::path folder = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    for (const fs::path &place : {folder / "fsdnet_compiler", folder / "../libexec/fsdnet/fsdnet_compiler"}) {
        if (::access(place.c_str(), X_OK) == 0) {
            return place.lexically_normal().string();
        }
    }
    throw Error(ExitCode::unsupported,
                text("Compiling needs the program fsdnet_compiler beside ", (folder / "fsdnet").string(),
                     ", and it is not there; 'make build' builds it, the component 'compiler' of 'cmake "
                     "--install' installs it."));
}

// A pipe that no other child inherits.
class Pipe {
public:
    Pipe() {
        if (::pipe2(ends_, O_CLOEXEC) != 0) {
            throw Error(ExitCode::internal, text("No pipe can be made: ", std::strerror(errno), "."));
        }
    }
    ~Pipe() {
        close_writing();
        ::close(ends_[0]);
    }
    Pipe(const Pipe &) = delete;
    Pipe &operator=(const Pipe &) = delete;

    int writing() const { return ends_[1]; }
    void close_writing() {
        if (ends_[1] >= 0) {
            ::close(ends_[1]);
            ends_[1] = -1;
        }
    }
    std::string read_all() const {
        std::string all;
        char buffer[4096];
        for (;;) {
            const ssize_t count = ::read(ends_[0], buffer, sizeof buffer);
            if (count > 0) {
                all.append(buffer, static_cast<std::size_t>(count));
            } else if (count == 0 || errno != EINTR) {
                return all;
            }
        }
    }

private:
    int ends_[2] = {-1, -1};
};

pid_t start(const std::vector<std::string> &words, int output) {
    std::vector<char *> arguments;
    for (const std::string &word : words) {
        arguments.push_back(const_cast<char *>(word.c_str()));  // not written to: POSIX's type is historical
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    pid_t child = 0;
    const int failure =
        posix_spawn(&child, words.front().c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failure != 0) {
        throw Error(ExitCode::unsupported, text("The program '", words.front(),
                                                "' cannot be started: ", std::strerror(failure), "."));
    }
    return child;
}

void wait_for(pid_t child) {
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {}
}

}  // namespace

nlohmann::ordered_json run_compiler(const std::vector<std::string> &arguments) {
    std::vector<std::string> words{compiler_program(), "--report"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    Pipe pipe;
    const pid_t child = start(words, pipe.writing());
    pipe.close_writing();
    const std::string answer = pipe.read_all();
    wait_for(child);

    nlohmann::ordered_json report = nlohmann::ordered_json::parse(answer, nullptr, false);
    if (report.is_discarded()) {
        throw Error(ExitCode::internal,
                    text("The program '", words.front(),
                         "' ended without a report; it may need its libHalide.so, or more "
                         "memory."));
    }
    if (report.contains("error")) {
        throw Error(static_cast<ExitCode>(report.at("code").get<int>()),
                    report.at("error").get<std::string>());
    }
    return report;
}

}  // namespace fsd::command_line
