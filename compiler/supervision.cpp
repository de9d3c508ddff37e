// The child computes, the parent tells what became of it.
#include "compiler/supervision.h"

#include "runtime/failure.h"
#include "toolkit/system/guarded_work.h"
#include "toolkit/system/work_folder.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <iostream>
#include <new>

namespace fsd::compiler {
namespace {

using Json = nlohmann::ordered_json;

struct Program {
    std::string name;
    bool report = false;
    std::vector<std::string> words;
    const std::function<Json(std::vector<std::string>)> &work;

    int fail(ExitCode code, const char *sentence) const {
        if (!report) {
            std::fprintf(stderr, "%s: %s\n", name.c_str(), sentence);
            return static_cast<int>(code);
        }
        try {
            std::cout << Json{{"error", sentence}, {"code", static_cast<int>(code)}} << std::endl;
        } catch (const std::bad_alloc &) {
            std::printf(R"({"error": "%s", "code": %d})", no_memory_sentence, static_cast<int>(code));
            std::fflush(stdout);
        }
        return static_cast<int>(code);
    }

    // In the child: the result, or the failure in words.
    int work_and_tell(const WorkFolder &folder) const {
        try {
            setenv("TMPDIR", folder.path().c_str(), 1);
            const Json result = work(words);
            if (report) {
                std::cout << result << '\n';
            }
            return 0;
        } catch (...) {
            static char sentence[8192];
            const ExitCode code = describe_failure(sentence, sizeof sentence);
            const std::string trouble = code == ExitCode::internal ? folder.trouble() : "";
            return trouble.empty() ? fail(code, sentence) : fail(ExitCode::unsupported, trouble.c_str());
        }
    }

    int supervise() const {
        WorkFolder folder("fsdnet-compiler");
        const int code = guarded_work([&] { return work_and_tell(folder); }, [&] { folder.remove(); });
        const bool is_told = code == 0 || (code > static_cast<int>(ExitCode::check_failed) &&
                                           code <= static_cast<int>(ExitCode::internal));
        if (is_told) {
            return code;
        }
        std::string sentence = folder.trouble();
        if (sentence.empty()) {
            sentence = code > 128
                           ? text("Halide's compiler was ended by a signal: ", strsignal(code - 128),
                                  ". It may need more memory.")
                           : "Halide's compiler gave up; it may need more memory or space for temporary "
                             "files.";
        }
        return fail(ExitCode::unsupported, sentence.c_str());
    }
};

const Program *running = nullptr;

}  // namespace

bool take(std::vector<std::string> &words, const std::string &flag) {
    const bool found = !words.empty() && words[0] == flag;
    if (found) {
        words.erase(words.begin());
    }
    return found;
}

std::string take_value(std::vector<std::string> &words, const std::string &option) {
    if (words.size() < 2 || !take(words, option)) {
        return "";
    }
    const std::string value = words.front();
    words.erase(words.begin());
    return value;
}

[[noreturn]] void end_with(const Error &error) {
    if (running == nullptr) {
        std::terminate();
    }
    const int code = running->fail(error.code(), error.what());
    std::fflush(nullptr);
    _exit(code);
}

int supervised(const std::string &name, int count, char **arguments,
               const std::function<Json(std::vector<std::string>)> &work) {
    Program program{name, false, {}, work};
    std::signal(SIGXFSZ, SIG_IGN);  // a write beyond the limit shall fail
    try {
        program.words.assign(arguments + 1, arguments + count);
        program.report = take(program.words, "--report");
        if (program.report) {  // `fsdnet compile` waits for it
            end_with_parent();
        }
        running = &program;
        return program.supervise();
    } catch (...) {
        static char sentence[8192];
        const ExitCode code = describe_failure(sentence, sizeof sentence);
        return program.fail(code, sentence);
    }
}

}  // namespace fsd::compiler
