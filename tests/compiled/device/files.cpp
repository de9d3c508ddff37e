// The files of a network for a device, as a user has them: headers, programs with several networks, what is
// refused, what happens without a driver.
#include "runtime/error.h"
#include "tests/compiled/device/network.h"
#include "tests/device_under_test.h"
#include "tests/quantization/networks.h"
#include "tests/runtime/random_networks.h"

#include <catch2/catch.hpp>

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>

using namespace fsd;
using namespace fsd::testing;

namespace {

const std::string strict = " -Wall -Wextra -Wpedantic -Werror ";

int run(const std::string &command) {
    return WEXITSTATUS(std::system(command.c_str()));
}

struct Files {
    TemporaryFolder folder;
    std::string model = folder / "model.safetensors", sentence = folder / "sentence";

    Files() { save_model(small_model(), model); }

    // In a process of its own, as users do it. Halide keeps the context in which it asks for the capability
    // of the host's device, so the emulated driver does not look for it.
    int compile(const std::string &name, const std::string &targets, const std::string &out) const {
        return run(FSDNET_COMPILER " " + model + " " + name + " " + (folder / out) + " " + targets + " 2> " +
                   sentence);
    }
    int compile(const std::string &name, const std::string &targets) const {
        return compile(name, targets, "out");
    }
    std::string said() const { return read_bytes(sentence); }

    // A program of the source, which must give its device back before it ends, with the libraries, whose
    // headers it includes.
    std::string program(const std::string &source, const std::string &libraries,
                        const std::string &language = "-std=c99 -x c") const {
        write_bytes(folder / "use.c", source);
        std::string linked;
        std::istringstream names(libraries);
        for (std::string name; names >> name;) {
            linked += " " + (folder / "out/lib") + name + ".a";
        }
        REQUIRE(run(FSDNET_C_COMPILER " " + language + strict + (folder / "use.c") + " -I" +
                    (folder / "out") + " -x none" + linked + " -o " + (folder / "use")) == 0);
        return "EMULATED_CUDA_CHECKS_EXIT=1 " + (folder / "use");
    }
};

const char *const use_of_one = R"(#include "net.h"
#include "net.h"
#include <stdio.h>
int main(void) {
    const unsigned char image[NET_HEIGHT * NET_WIDTH * NET_COLORS] = {0};
    float log_posterior[NET_CLASSES];
    const int status = net(image, 1, log_posterior);
    fputs(fsdnet_device_error(), stderr);
    return net_device(image, 0, log_posterior) + status + (NET_DEVICE_BYTES < 1) + (net_classes[0][0] == 0);
}
)";

const char *const use_of_three = R"(#include "one.h"
#include "two.h"
#include "three.h"
int main(void) {
    unsigned char image[30];
    float first[3], second[3], third[3];
    for (int i = 0; i < 30; i++) {
        image[i] = (unsigned char)(i * 8);
    }
    if (one(image, 1, first) || two(image, 1, second) || three(image, 1, third)) {
        return 2;
    }
    for (int i = 0; i < 3; i++) {
        if (first[i] != second[i] || !(first[i] - third[i] < 1e-4f && third[i] - first[i] < 1e-4f)) {
            return 1;
        }
    }
    fsdnet_device_release();
    return 0;
}
)";

// Calls twice; the driver's memory fails once.
const char *const use_of_failing = R"(#include "net.h"
#include <stdio.h>
int main(void) {
    const unsigned char image[NET_HEIGHT * NET_WIDTH * NET_COLORS] = {0};
    float log_posterior[NET_CLASSES];
    const int first = net(image, 1, log_posterior);
    fputs(fsdnet_device_error(), stderr);
    return 10 * first + net(image, 1, log_posterior);
}
)";

// clCreateBuffer that fails when it is called for the FAIL_AT-th time, with CL_MEM_OBJECT_ALLOCATION_FAILURE.
// (The emulated CUDA driver does that by itself.)
const char *const failing_driver = R"(#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
void *clCreateBuffer(void *context, unsigned long flags, size_t bytes, void *host, int *code) {
    static int calls;
    void *(*create)(void *, unsigned long, size_t, void *, int *);
    *(void **)&create = dlsym(dlopen("libOpenCL.so.1", RTLD_LAZY), "clCreateBuffer");
    if (++calls == atoi(getenv("FAIL_AT"))) {
        *code = -4;
        return NULL;
    }
    return create(context, flags, bytes, host, code);
}
)";

}  // namespace

TEST_CASE("without memory on the device the status is 4, and the next call works", "[compiled][device]") {
    if (!is_there() || (compiled_for() == "cuda" && !device_is_emulated())) {
        return;
    }
    const Files files;
    REQUIRE(files.compile("net", "host-" + compiled_for()) == 0);
    const std::string program = files.program(use_of_failing, "net"), driver = files.folder / "driver";
    write_bytes(driver + ".c", failing_driver);
    REQUIRE(run(FSDNET_C_COMPILER " -shared -fPIC " + driver + ".c -o " + driver + ".so") == 0);
    for (const char *call : {"1", "2", "4", "8"}) {
        INFO("allocation " << call);
        CHECK(run(text("FAIL_AT=", call, " LD_PRELOAD=", driver, ".so ", program, " 2> ", files.sentence)) ==
              40);
        CHECK_THAT(files.said(), (Catch::Contains("CL_MEM_OBJECT_ALLOCATION_FAILURE") ||
                                  Catch::Contains("CUDA_ERROR_OUT_OF_MEMORY")) &&
                                     Catch::EndsWith("failed."));
    }
}

TEST_CASE("the header of a network for a device is C99 and C++ without warnings", "[compiled][device]") {
    const Files files;
    REQUIRE(files.compile("net", "host-" + compiled_for()) == 0);
    const bool runs = is_there();
    for (const char *language : {"-std=c99 -x c", "-std=c++17 -x c++"}) {
        const std::string program = files.program(use_of_one, "net", language);
        if (runs) {
            CHECK(run(program) == 0);
        }
    }
}

TEST_CASE("networks for a device and for CPUs are linked into one program", "[compiled][device]") {
    const Files files;
    REQUIRE(files.compile("one", "host-" + compiled_for()) == 0);
    REQUIRE(files.compile("two", "host-" + compiled_for()) == 0);
    REQUIRE(files.compile("three", "host x86-64-linux") == 0);
    for (const char *order : {"one two three", "three two one"}) {
        const std::string program = files.program(use_of_three, order);
        if (is_there()) {
            CHECK(run(program) == 0);
        }
    }
}

TEST_CASE("without a driver the status is 4 and the sentence says so", "[compiled][device]") {
    const Files files;
    REQUIRE(files.compile("net", "host-" + compiled_for()) == 0);
    const std::string program = files.program(use_of_one, "net");
    if (compiled_for() == "cuda" && !device_is_emulated()) {
        return;
    }
    CHECK(run("OCL_ICD_VENDORS=/nonexistent LD_LIBRARY_PATH= " + program + " 2> " + files.sentence) == 4);
    CHECK_THAT(files.said(), (Catch::Contains("OpenCL") || Catch::Contains("CUDA")) && Catch::EndsWith("."));
}

TEST_CASE("a network for CUDA is linked, and runs or says that there is no driver", "[compiled][device]") {
    const Files files;
    REQUIRE(files.compile("net", "host-cuda") == 0);
    CHECK(read_bytes(files.folder / "out/libnet.a").find(".target sm_") != std::string::npos);
    const int status = run(files.program(use_of_one, "net") + " 2> " + files.sentence);
    CHECK((status == 0 || status == 4));
    CHECK((status == 0) == files.said().empty());
}

TEST_CASE("two builds for a device in different folders give the same bytes", "[compiled][device]") {
    const Files files;
    REQUIRE(files.compile("net", "x86-64-linux-opencl", "a") == 0);
    REQUIRE(files.compile("net", "x86-64-linux-opencl", "somewhere/else") == 0);
    const std::string library = read_bytes(files.folder / "a/libnet.a");
    CHECK(library == read_bytes(files.folder / "somewhere/else/libnet.a"));
    CHECK(read_bytes(files.folder / "a/net.h") == read_bytes(files.folder / "somewhere/else/net.h"));
    CHECK(library.find(FSDNET_SOURCES) == std::string::npos);
}

TEST_CASE("targets that make no sense together are an error with a code, and no files",
          "[compiled][device]") {
    const Files files;
    const auto refused = [&](const std::string &targets, int code, const std::string &part) {
        INFO(targets);
        CHECK(files.compile("net", targets) == code);
        CHECK_THAT(files.said(), Catch::Contains(part));
    };
    refused("host-opencl-cuda", 2, "two devices");
    refused("host-opencl host", 2, "one target");
    refused("host host-cuda", 2, "one target");
    refused("x86-64-linux-vulkan", 4, "CPUs, OpenCL and CUDA");
    refused("arm-64-linux-opencl", 4, "x86-64");
    save_quantized(quantize(drawn_network(3)), files.model);
    refused("host-" + compiled_for(), 4, "8-bit");
    CHECK_FALSE(std::filesystem::exists(files.folder / "out"));
}
