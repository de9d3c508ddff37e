// The committed network in programs of other languages and, run by emulators, of other machines: the results
// of this one.
#include "runtime/network.h"
#include "tests/compiled/shared_object.h"
#include "tests/runtime/random_networks.h"

#include <catch2/catch.hpp>

#include <sys/wait.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr int images_run = 20, classes = 10;
const char *const model_file = FSDNET_SOURCES "/models/mnist-16-32.safetensors";

bool is_there(const std::string &program) {
    return std::system(("command -v " + program + " > /dev/null").c_str()) == 0;
}

// The first of the programs that is there, else "".
std::string first_of(const std::vector<std::string> &programs) {
    for (const std::string &program : programs) {
        if (is_there(program)) {
            return program;
        }
    }
    return "";
}

void run(const std::string &command) {
    INFO(command);
    REQUIRE(WEXITSTATUS(std::system(command.c_str())) == 0);
}

void compile(const TemporaryFolder &folder, const std::string &options, const std::string &target) {
    run(std::string(FSDNET_COMPILER) + " " + options + " " + model_file + " digits " + (folder / "out") +
        " " + target);
}

// Writes the images for a program that runs the network on them and writes its results.
Tensor write_images(const TemporaryFolder &folder) {
    Tensor images = random_images(load_model(model_file), images_run, 7);
    write_bytes(folder / "images", {static_cast<const char *>(images.data()), images.size_in_bytes()});
    return images;
}

// Other machines' products and sums are fused elsewhere: a few ULP of the largest number.
void check_results(const TemporaryFolder &folder, const Tensor &images) {
    Tensor expected = make_tensor<float>({images_run, classes});
    Network(load_model(model_file)).run(images, expected);
    const std::string bytes = read_bytes(folder / "results");
    REQUIRE(bytes.size() == expected.size_in_bytes());
    std::vector<float> found(images_run * classes);
    std::memcpy(found.data(), bytes.data(), bytes.size());
    const auto *numbers = static_cast<const float *>(expected.data());
    for (int i = 0; i < images_run; i++) {
        const auto of_image = static_cast<std::ptrdiff_t>(i) * classes;
        const auto best = [&](const float *first) {
            return std::max_element(first, first + classes) - first;
        };
        CHECK(best(&found[static_cast<std::size_t>(of_image)]) == best(numbers + of_image));
    }
    for (std::size_t i = 0; i < found.size(); i++) {
        REQUIRE(std::fabs(found[i] - numbers[i]) <= 5e-5F);
    }
}

// An image after the other from the standard input.
const char *const program = R"(#include "digits.h"
#include <stdio.h>
static uint8_t image[DIGITS_HEIGHT * DIGITS_WIDTH * DIGITS_COLORS];
static float result[DIGITS_CLASSES];
int main(void) {
    while (fread(image, 1, sizeof image, stdin) == sizeof image) {
        const int status = digits(image, 1, result);
        if (status != 0) {
            return status;
        }
        fwrite(result, 1, sizeof result, stdout);
    }
    return 0;
}
)";

void check_emulated(const std::string &target, const std::string &options, const std::string &compiler,
                    const std::vector<std::string> &emulators) {
    const std::string emulator = first_of(emulators);
    if (!is_there(compiler) || emulator.empty()) {
        WARN("Networks for " << target << " are not run: this machine has no " << compiler << " or no "
                             << emulators.front() << ".");
        return;
    }
    const TemporaryFolder folder;
    const Tensor images = write_images(folder);
    compile(folder, options, target);
    write_bytes(folder / "run.c", program);
    run(compiler + " -O1 -static -Wall -Wextra -Werror -I" + (folder / "out") + " " + (folder / "run.c") +
        " " + (folder / "out/libdigits.a") + " -lm -o " + (folder / "run"));
    run(emulator + " " + (folder / "run") + " < " + (folder / "images") + " > " + (folder / "results"));
    check_results(folder, images);
}

// What JavaScript gives the network, which is all that it may ask for.
const char *const script = R"(
const fs = require('fs');
const [module_file, image_file, result_file, macro_file] = process.argv.slice(2);
const header = fs.readFileSync(macro_file, 'latin1');
const constant = name => Number(header.match(new RegExp('#define DIGITS_' + name + ' (\\d+)'))[1]);
let memory;
const bytes = () => new Uint8Array(memory.buffer);
const env = {
    memset: (to, byte, count) => (bytes().fill(byte, to, to + count), to),
    memcpy: (to, from, count) => (bytes().copyWithin(to, from, from + count), to),
    memmove: (to, from, count) => (bytes().copyWithin(to, from, from + count), to),
    fmaxf: (a, b) => Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.max(a, b),
};
const instance = new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(module_file)), {env});
memory = instance.exports.memory;
const images = fs.readFileSync(image_file), size = constant('HEIGHT') * constant('WIDTH') * constant('COLORS');
const aligned = place => place + (-place & constant('MEMORY_ALIGNMENT') - 1);
const image = aligned(instance.exports.__heap_base.value), result = aligned(image + size);
const tensors = aligned(result + 4 * constant('CLASSES'));
memory.grow((tensors + constant('MEMORY_BYTES') >> 16) + 1);
const results = [];
for (let first = 0; first < images.length; first += size) {
    bytes().set(images.subarray(first, first + size), image);
    const status = instance.exports.digits(image, 1, result, tensors);
    if (status !== 0) {
        process.exit(status);
    }
    results.push(Buffer.from(bytes().slice(result, result + 4 * constant('CLASSES'))));
}
fs.writeFileSync(result_file, Buffer.concat(results));
)";

}  // namespace

TEST_CASE("the examples in C, C++ and Rust recognize the same", "[compiled]") {
    const TemporaryFolder folder;
    const Tensor images = write_images(folder);
    compile(folder, "", "x86-64-linux");
    const std::string sources = FSDNET_SOURCES "/apps/compiled_example/main.",
                      library = folder / "out/libdigits.a";
    std::vector<std::string> builds{
        FSDNET_C_COMPILER " -I" + (folder / "out") + " " + sources + "c " + library + " -o ",
        FSDNET_CXX_COMPILER " -std=c++17 -I" + (folder / "out") + " " + sources + "cpp " + library + " -o "};
    if (is_there("rustc")) {
        builds.push_back("rustc --edition 2021 -D warnings " + sources + "rs -C link-arg=" + library +
                         " -o ");
    } else {
        WARN("The example in Rust is not built: this machine has no rustc.");
    }
    Tensor expected = make_tensor<float>({images_run, classes});
    Network(load_model(model_file)).run(images, expected);
    const auto *first = static_cast<const float *>(expected.data());
    const std::string best = std::to_string(std::max_element(first, first + classes) - first);
    for (const std::string &build : builds) {
        run(build + (folder / "example"));
        run((folder / "example") + " < " + (folder / "images") + " > " + (folder / "class"));
        CHECK(read_bytes(folder / "class") == best + "\n");
    }
}

TEST_CASE("a network for 64-bit ARM gives this machine's results", "[compiled]") {
    check_emulated("arm-64-linux", "--memory static", "aarch64-linux-gnu-gcc",
                   {"qemu-aarch64", "qemu-aarch64-static"});
}

TEST_CASE("a network for 32-bit ARM gives this machine's results", "[compiled]") {
    check_emulated("arm-32-linux", "", "arm-linux-gnueabihf-gcc", {"qemu-arm", "qemu-arm-static"});
}

TEST_CASE("a network for WebAssembly gives this machine's results", "[compiled]") {
    const std::string linker = first_of({"wasm-ld", "wasm-ld-14"}), engine = first_of({"node", "nodejs"});
    if (linker.empty() || engine.empty()) {
        WARN("Networks for WebAssembly are not run: this machine has no wasm-ld (lld) or no node (nodejs).");
        return;
    }
    const TemporaryFolder folder;
    const Tensor images = write_images(folder);
    compile(folder, "--memory caller", "wasm-32-wasmrt-wasm_simd128");
    run(linker + " --no-entry --allow-undefined --export=digits --export=__heap_base " +
        (folder / "out/libdigits.a") + " -o " + (folder / "digits.wasm"));
    write_bytes(folder / "run.js", script);
    run(engine + " " + (folder / "run.js") + " " + (folder / "digits.wasm") + " " + (folder / "images") +
        " " + (folder / "results") + " " + (folder / "out/digits.h"));
    check_results(folder, images);
}
