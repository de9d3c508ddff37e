// What happens to files that are written: whole or not at all, with the owner and mode that they had.
#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "tests/runtime/child.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>

using namespace fsd;
using namespace fsd::testing;
namespace fs = std::filesystem;

namespace {

constexpr int somebody = 65534;

std::string refusal_of_writing(const std::string &path) {
    try {
        check_writable(path);
        write_file(path, "new");
    } catch (const Error &error) {
        return error.code() == ExitCode::bad_input ? error.what() : "another code";
    }
    return "written";
}

struct stat about(const std::string &path) {
    struct stat found {};
    REQUIRE(::stat(path.c_str(), &found) == 0);
    return found;
}

std::vector<std::string> names_in(const std::string &folder) {
    std::vector<std::string> names;
    for (const auto &entry : fs::directory_iterator(folder)) {
        names.push_back(entry.path().filename());
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace

TEST_CASE("a new file has the usual mode, a file that is there keeps its own", "[output]") {
    const TemporaryFolder folder;
    const mode_t before = ::umask(027);
    write_file(folder / "new", "new");
    ::umask(before);
    CHECK((about(folder / "new").st_mode & 07777) == 0640);
    for (const mode_t mode : {0600, 0644, 0660}) {
        write_bytes(folder / "old", "old");
        REQUIRE(::chmod((folder / "old").c_str(), mode) == 0);
        write_file(folder / "old", "new");
        CHECK((about(folder / "old").st_mode & 07777) == mode);
        CHECK(read_bytes(folder / "old") == "new");
    }
    CHECK(names_in(folder.path()) == std::vector<std::string>{"new", "old"});
}

TEST_CASE("links are followed, dangling ones to the file that they name", "[output]") {
    const TemporaryFolder folder;
    write_bytes(folder / "target", "old");
    fs::create_symlink("target", folder / "link");
    fs::create_symlink("link", folder / "second");
    write_file(folder / "second", "new");
    CHECK(read_bytes(folder / "target") == "new");
    CHECK(fs::is_symlink(folder / "second"));

    fs::create_symlink("missing", folder / "dangling");
    check_writable(folder / "dangling");
    CHECK_FALSE(fs::exists(folder / "missing"));
    write_file(folder / "dangling", "new");
    CHECK(read_bytes(folder / "missing") == "new");
    CHECK(fs::is_symlink(folder / "dangling"));

    fs::create_symlink("circle", folder / "circle");
    CHECK_THAT(refusal_of_writing(folder / "circle"), Catch::Contains("circle"));
    fs::create_symlink("nowhere/file", folder / "lost");
    CHECK_THAT(refusal_of_writing(folder / "lost"), Catch::Contains("No such file"));
}

TEST_CASE("a planted name is neither followed nor guessed", "[output]") {
    const TemporaryFolder folder;
    write_bytes(folder / "precious", "precious");
    // the names that older versions took
    for (int process = ::getpid() - 2; process < ::getpid() + 3; process++) {
        fs::create_symlink("precious", folder / ("model.part" + std::to_string(process)));
    }
    write_file(folder / "model", "new");
    CHECK(read_bytes(folder / "precious") == "precious");
    if (::geteuid() == 0) {  // another user's link in a folder like /tmp
        REQUIRE(::chmod(folder.path().c_str(), 01777) == 0);
        fs::create_symlink("precious", folder / "planted");
        REQUIRE(::lchown((folder / "planted").c_str(), somebody, somebody) == 0);
        CHECK_THAT(refusal_of_writing(folder / "planted"), Catch::Contains("link of another user"));
        REQUIRE(::chown((folder / "model").c_str(), somebody, somebody) == 0);
        CHECK_THAT(refusal_of_writing(folder / "model"), Catch::Contains("file of another user"));
        CHECK(read_bytes(folder / "precious") == "precious");
    }
}

TEST_CASE("names of any length can be written", "[output]") {
    const TemporaryFolder folder;
    const std::string longest(255, 'n');
    check_writable(folder / longest);
    write_file(folder / longest, "new");
    write_file(folder / longest, "newer");
    CHECK(read_bytes(folder / longest) == "newer");
    CHECK_THAT(refusal_of_writing(folder / (longest + "n")), Catch::Contains("File name too long"));
}

TEST_CASE("a write-protected file is refused before the work", "[output]") {
    const TemporaryFolder folder;
    write_bytes(folder / "kept", "old");
    REQUIRE(::chmod((folder / "kept").c_str(), 0444) == 0);
    REQUIRE(::chmod(folder.path().c_str(), 0777) == 0);
    const int code = in_child([&] {
        if (::geteuid() == 0 && ::setuid(somebody) != 0) {
            return 1;
        }
        return refusal_of_writing(folder / "kept").find("Permission denied") != std::string::npos ? 0 : 2;
    });
    CHECK(code == 0);
    CHECK(read_bytes(folder / "kept") == "old");
}

TEST_CASE("owners are kept; where they cannot be, the file is written in place", "[output]") {
    if (::geteuid() != 0) {
        WARN("Only root can give files away; skipped.");
        return;
    }
    const TemporaryFolder folder;
    write_bytes(folder / "file", "old");
    REQUIRE(::chown((folder / "file").c_str(), somebody, somebody) == 0);
    REQUIRE(::chmod((folder / "file").c_str(), 0666) == 0);
    write_file(folder / "file", "new");
    CHECK(about(folder / "file").st_uid == somebody);
    CHECK((about(folder / "file").st_mode & 07777) == 0666);

    // Somebody else, who may write to the file, but neither give it away nor make files beside it.
    for (const mode_t mode : {0755, 0777}) {
        REQUIRE(::chown((folder / "file").c_str(), 0, 0) == 0);
        REQUIRE(::chmod(folder.path().c_str(), mode) == 0);
        const ino_t before = about(folder / "file").st_ino;
        const int code = in_child([&] {
            if (::setuid(somebody) != 0) {
                return 1;
            }
            check_writable(folder / "file");
            write_file(folder / "file", mode == 0755 ? "shorter" : "longer than before");
            return 0;
        });
        CHECK(code == 0);
        CHECK(about(folder / "file").st_ino == before);
        CHECK(about(folder / "file").st_uid == 0);
    }
    CHECK(read_bytes(folder / "file") == "longer than before");
    CHECK(names_in(folder.path()) == std::vector<std::string>{"file"});
}

TEST_CASE("a file that is mounted by itself is written in place", "[output]") {
    const TemporaryFolder folder;
    write_bytes(folder / "inside", "inside");
    write_bytes(folder / "outside", "a longer text outside");
    const int code = in_child([&] {
        const bool mounted = ::unshare(CLONE_NEWNS | (::geteuid() == 0 ? 0 : CLONE_NEWUSER)) == 0 &&
                             ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                             ::mount((folder / "outside").c_str(), (folder / "inside").c_str(), nullptr,
                                     MS_BIND, nullptr) == 0;
        if (!mounted) {
            return 77;
        }
        check_writable(folder / "inside");
        write_file(folder / "inside", "new");
        return 0;
    });
    if (code == 77) {
        WARN("Nothing can be mounted here; skipped.");
        return;
    }
    CHECK(code == 0);
    CHECK(read_bytes(folder / "outside") == "new");
    CHECK(read_bytes(folder / "inside") == "inside");
    CHECK(names_in(folder.path()) == std::vector<std::string>{"inside", "outside"});
}

TEST_CASE("a limit of the file size is an error that leaves no part", "[output]") {
    const TemporaryFolder folder;
    write_bytes(folder / "model", "before");
    const int code = in_child([&] {
        const rlimit tight{100, 100};
        setrlimit(RLIMIT_FSIZE, &tight);
        try {
            write_file(folder / "model", std::string(1000, 'x'));
        } catch (const Error &error) {
            return std::string(error.what()).find("File too large") != std::string::npos ? 0 : 1;
        }
        return 2;
    });
    CHECK(code == 0);
    CHECK(read_bytes(folder / "model") == "before");
    CHECK(names_in(folder.path()) == std::vector<std::string>{"model"});
}

TEST_CASE("writers of one name do not disturb each other, killed ones leave nothing", "[output]") {
    const TemporaryFolder folder;
    const std::string path = folder / "model";
    const auto is_whole = [&] {
        const std::string bytes = read_bytes(path);
        return bytes.size() >= 100000 && bytes.find_first_not_of(bytes[0]) == std::string::npos;
    };
    write_file(path, std::string(100000, 'a'));
    std::vector<pid_t> writers;
    for (int writer = 0; writer < 3; writer++) {
        writers.push_back(::fork());
        if (writers.back() == 0) {
            for (std::size_t size = 100000;; size += 1000) {
                write_file(path, std::string(size, static_cast<char>('a' + writer)));
            }
        }
    }
    bool whole = true;
    for (int look = 0; look < 200; look++) {
        whole = whole && is_whole();
    }
    for (const pid_t writer : writers) {
        CHECK(::waitpid(writer, nullptr, WNOHANG) == 0);  // none has failed
        ::kill(writer, SIGKILL);
        ::waitpid(writer, nullptr, 0);
    }
    CHECK(whole);
    CHECK(is_whole());
}

TEST_CASE("what killed processes left is removed when it is old", "[output]") {
    const TemporaryFolder folder;
    const std::vector<std::string> others = {".fsdnet-0123456789abcdef.part2", ".fsdnet-xyz.part",
                                             "model.part12", ".fsdnet-0123456789abcde0.part"};
    for (const std::string &name :
         {others[0], others[1], others[2], others[3], std::string(".fsdnet-0123456789abcdef.part")}) {
        write_bytes(folder / name, "x");
        const timeval old[2] = {{1000000000, 0}, {1000000000, 0}};
        REQUIRE(::utimes((folder / name).c_str(), name == others[3] ? nullptr : old) == 0);
    }
    check_writable(folder / "model");
    CHECK(names_in(folder.path()).size() == others.size());
    CHECK_FALSE(fs::exists(folder / ".fsdnet-0123456789abcdef.part"));
}

TEST_CASE("pipes, devices and the standard output are written as they come", "[output]") {
    const TemporaryFolder folder;
    write_file("/dev/null", "x");
    CHECK_THAT(refusal_of_writing("/dev/full"), Catch::Contains("No space left"));
    for (const std::string name : {"-", "/dev/stdout", "/dev/fd/1", "link"}) {
        const std::string path = name == "link" ? folder / "link" : name;
        fs::remove(folder / "link");
        fs::create_symlink("/dev/stdout", folder / "link");
        const int code = in_child([&] {
            const int file = ::open((folder / "log").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
            ::dup2(file, STDOUT_FILENO);
            check_writable(path);
            return ::write(1, "before ", 7) == 7 ? (write_file(path, "after"), 0) : 1;
        });
        CHECK(code == 0);
        CHECK(read_bytes(folder / "log") == "before after");
    }
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    check_writable(folder / "pipe");  // does not wait for a reader
    const int reader = ::open((folder / "pipe").c_str(), O_RDONLY | O_NONBLOCK);
    write_file(folder / "pipe", "through");
    char bytes[8] = {};
    CHECK(::read(reader, bytes, 7) == 7);
    CHECK(std::string(bytes) == "through");
    ::close(reader);
}
