// The files of a compiled network: the same bytes everywhere, a header for C and C++, nothing to link.
#include "runtime/error.h"
#include "tests/compiled/shared_object.h"
#include "tests/compiled/target.h"
#include "tests/quantization/networks.h"
#include "tests/runtime/random_networks.h"

#include <catch2/catch.hpp>

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>

using namespace fsd;
using namespace fsd::testing;

namespace {

int run(const std::string &command) {
    return WEXITSTATUS(std::system(command.c_str()));
}

// In a process of its own, as users do it.
void compile(const std::string &model, const std::string &folder, const std::string &targets) {
    REQUIRE(run(FSDNET_COMPILER " " + model + " net " + folder + " " + targets) == 0);
}

std::string undefined_symbols(const std::string &library, const std::string &list) {
    REQUIRE(run("nm -u " + library + " > " + list) == 0);
    return read_bytes(list);
}

}  // namespace

TEST_CASE("two builds in different folders give the same bytes", "[compiled]") {
    const TemporaryFolder folder;
    const std::string model = folder / "model.safetensors", copy = folder / "another-name.safetensors";
    save_model(random_model(9), model);
    save_model(random_model(9), copy);
    compile(model, folder / "a", "host x86-64-linux");
    compile(copy, folder / "somewhere/else", "host x86-64-linux");
    CHECK(read_bytes(folder / "a/libnet.a") == read_bytes(folder / "somewhere/else/libnet.a"));
    CHECK(read_bytes(folder / "a/net.h") == read_bytes(folder / "somewhere/else/net.h"));
    CHECK(read_bytes(folder / "a/libnet.a").find(folder.path()) == std::string::npos);
}

TEST_CASE("two builds with all functions give the same bytes", "[compiled]") {
    const TemporaryFolder folder;
    const std::string model = "--judge --masked " + (folder / "model.safetensors");
    save_model(fitted_model(), folder / "model.safetensors");
    compile(model, folder / "a", "host x86-64-linux");
    compile(model, folder / "somewhere/else", "host x86-64-linux");
    CHECK(read_bytes(folder / "a/libnet.a") == read_bytes(folder / "somewhere/else/libnet.a"));
    CHECK(read_bytes(folder / "a/net.h") == read_bytes(folder / "somewhere/else/net.h"));
}

TEST_CASE("two builds of a quantized network give the same bytes", "[compiled]") {
    const TemporaryFolder folder;
    const std::string network = folder / "network.safetensors";
    save_quantized(quantize(drawn_network(3)), network);
    compile(network, folder / "a", "host x86-64-linux");
    compile(network, folder / "somewhere/else", "host x86-64-linux");
    CHECK(read_bytes(folder / "a/libnet.a") == read_bytes(folder / "somewhere/else/libnet.a"));
    CHECK(read_bytes(folder / "a/net.h") == read_bytes(folder / "somewhere/else/net.h"));
}

TEST_CASE("the header is C99 and C++ without warnings", "[compiled]") {
    const TemporaryFolder folder;
    Model model = small_model();
    model.classes = {"a \"quoted\" \?\?/ name", "back\\slash\n1", "\xc3\xa4"};
    save_model(model, folder / "model.safetensors");
    compile(folder / "model.safetensors", folder / "out", "host");
    write_bytes(folder / "out/use.c", R"(#include "net.h"
#include "net.h"
#include <string.h>
int main(void) {
    const unsigned char image[NET_HEIGHT * NET_WIDTH * NET_COLORS] = {0};
    float log_posterior[NET_CLASSES];
    return net(image, 1, log_posterior) || strcmp(net_classes[0], "a \"quoted\" \?\?/ name") ||
           strcmp(net_classes[1], "back\\slash\n1") || NET_STACK_BYTES < 1;
}
)");
    const std::string rest = " " + (folder / "out/use.c") + " -I" + (folder / "out") + " -x none " +
                             (folder / "out/libnet.a") + " -o " + (folder / "out/use");
    const std::string strict = " -Wall -Wextra -Wpedantic -Werror";
    CHECK(run(FSDNET_C_COMPILER " -std=c99 -x c" + strict + rest + " && " + (folder / "out/use")) == 0);
    CHECK(run(FSDNET_C_COMPILER " -std=c++17 -x c++" + strict + rest + " && " + (folder / "out/use")) == 0);
}

TEST_CASE("a library for one instruction set needs nothing but memset and memcpy", "[compiled]") {
    const TemporaryFolder folder;
    for (unsigned seed : {4u, 9u, 13u, 16u, 17u}) {
        if (seed == 17) {
            save_quantized(quantize(drawn_network(seed)), folder / "model.safetensors");
        } else {
            save_model(random_model(seed), folder / "model.safetensors");
        }
        compile(folder / "model.safetensors", folder / "out", "host");
        const std::string partial = folder / "out/linked.o";
        REQUIRE(run("ld -r --whole-archive " + (folder / "out/libnet.a") + " -o " + partial) == 0);
        std::string symbols = undefined_symbols(partial, folder / "symbols");
        for (const char *allowed : {"                 U memset\n", "                 U memcpy\n"}) {
            const std::size_t place = symbols.find(allowed);
            if (place != std::string::npos) {
                symbols.erase(place, std::string(allowed).size());
            }
        }
        CHECK(symbols.empty());
    }
}

// Compiled for all instruction sets, linked into a C program and stripped: its size.
std::uintmax_t program_bytes(const std::string &model, const std::string &folder) {
    const std::string program = folder + "/program";
    REQUIRE(run(text(FSDNET_COMPILER " " FSDNET_SOURCES "/models/", model, ".safetensors digits ", folder,
                     ' ', target_of("avx512_vnni"), ' ', target_of("avx512"), ' ', target_of("avx2"), ' ',
                     target_of("baseline"))) == 0);
    REQUIRE(
        run(text(FSDNET_C_COMPILER " -O2 -s -I", folder, " " FSDNET_SOURCES "/apps/compiled_example/main.c ",
                 folder, "/libdigits.a -o ", program, " -Wl,--gc-sections -lpthread -ldl")) == 0);
    return std::filesystem::file_size(program);
}

TEST_CASE("a C program with the committed network is small", "[compiled]") {
    const TemporaryFolder folder;
    CHECK(program_bytes("mnist-16-32", folder / "float32") <= 220 * 1000);
    CHECK(program_bytes("mnist-16-32-8bit", folder / "8bit") <= 130 * 1000);
}

TEST_CASE("what cannot be compiled is an error with a code, and no files", "[compiled]") {
    const TemporaryFolder folder;
    const std::string model = folder / "model.safetensors", out = folder / "out";
    save_model(small_model(), model);
    const std::string quiet = " 2> /dev/null";
    CHECK(run(FSDNET_COMPILER + quiet) == 2);
    CHECK(run(FSDNET_COMPILER " " + model + " net " + out + " no-such-target" + quiet) == 2);
    CHECK(run(FSDNET_COMPILER " " + model + " 1net " + out + " host" + quiet) == 2);
    CHECK(run(FSDNET_COMPILER " --judge " + model + " net " + out + " host" + quiet) == 4);
    save_quantized(quantize(small_model()), folder / "integers");
    CHECK(run(FSDNET_COMPILER " --masked " + (folder / "integers") + " net " + out + " host" + quiet) == 4);
    CHECK(run(FSDNET_COMPILER " " + model + " net " + out + " host arm-64-linux" + quiet) == 2);
    CHECK(run(FSDNET_COMPILER " " + model + " net " + out + " x86-64-linux-vulkan" + quiet) == 4);
    CHECK(run(FSDNET_COMPILER " " + (folder / "nothing") + " net " + out + " host" + quiet) == 3);
    CHECK(run(FSDNET_COMPILER " " + model + " net " + model + " host" + quiet) == 3);
    CHECK_FALSE(std::filesystem::exists(out));
}

TEST_CASE("a network is compiled for another machine", "[compiled]") {
    const TemporaryFolder folder;
    save_model(small_model(), folder / "model.safetensors");
    compile(folder / "model.safetensors", folder / "out", "arm-64-linux");
    CHECK(std::filesystem::file_size(folder / "out/libnet.a") > 1000);
}
