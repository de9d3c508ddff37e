// The C functions of networks whose inputs are numbers, or that give numbers: calls and headers.
#include "runtime/error.h"
#include "tests/compiled/shared_object.h"
#include "tests/runtime/random_networks.h"

#include <catch2/catch.hpp>

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>

using namespace fsd;
using namespace fsd::testing;

namespace {

Model with_input(InputKind kind, const Input &size, const std::vector<Layer> &layers) {
    Model model;
    model.input = size;
    model.input.kind = kind;
    model.layers = layers;
    return with_parameters(model, 11);
}

Model numbers_of_vector() {
    return with_input(InputKind::vector, {1, 1, 5},
                      {real_linear("hidden", 7), plain("relu"), real_linear("last", 2)});
}

Model classes_of_map() {
    return with_input(
        InputKind::real, {4, 3, 2},
        {real_conv("first", 2, 3), plain("relu"), real_linear("last", 3), plain("log_softmax")});
}

int run(const std::string &command) {
    return WEXITSTATUS(std::system(command.c_str()));
}

// Compiles the model and a program that includes its header, and runs that.
void use(const Model &model, const std::string &flags, const std::string &source) {
    const TemporaryFolder folder;
    save_model(model, folder / "model.safetensors");
    REQUIRE(run(FSDNET_COMPILER " " + flags + " " + (folder / "model.safetensors") + " net " +
                (folder / "out") + " host") == 0);
    INFO(read_bytes(folder / "out/net.h"));
    write_bytes(folder / "use.c", "#include \"net.h\"\n" + source);
    for (const std::string language : {"-std=c99 -x c", "-std=c++17 -x c++"}) {
        REQUIRE(run(FSDNET_C_COMPILER " " + language + " -Wall -Wextra -Wpedantic -Werror " +
                    (folder / "use.c") + " -I" + (folder / "out") + " -x none " + (folder / "out/libnet.a") +
                    " -o " + (folder / "use") + " && " + (folder / "use")) == 0);
    }
}

}  // namespace

TEST_CASE("functions for floats say what is wrong with a call and write nothing", "[compiled]") {
    SharedObject object;
    const compiler::Library vector = object.add(numbers_of_vector(), "vector", {"host"});
    const compiler::Library map = object.add(classes_of_map(), "map", {"host"}, true);
    object.load();
    CHECK(vector.declarations ==
          std::vector<std::string>{"int vector(const float *numbers, int batch, float *result)"});
    CHECK(map.declarations ==
          std::vector<std::string>{"int map(const uint8_t *image, int batch, float *log_posterior)",
                                   "int map_floats(const float *numbers, int batch, float *log_posterior)"});
    CHECK(vector.results == 2);
    CHECK(vector.classes == 0);
    for (const std::string name : {"vector", "map_floats"}) {
        const CompiledForFloats network = object.function_for_floats(name);
        std::vector<float> numbers(24, 0.5F), result(3, 7.F);
        CHECK(network(numbers.data(), -1, result.data()) == 1);
        CHECK(network(nullptr, 1, result.data()) == 2);
        CHECK(network(numbers.data(), 1, nullptr) == 2);
        CHECK(network(nullptr, 0, nullptr) == 0);
        CHECK(result == std::vector<float>(3, 7.F));
        CHECK(network(numbers.data(), 1, result.data()) == 0);
        CHECK(result[0] != 7);
    }
}

TEST_CASE("the header says what a network takes and gives", "[compiled]") {
    use(numbers_of_vector(), "", R"(
int main(void) {
    const float numbers[2 * NET_SIZE] = {0};
    float result[2 * NET_NUMBERS];
    return net(numbers, 2, result) || NET_SIZE != 5 || NET_NUMBERS != 2;
}
)");
    use(classes_of_map(), "--floats", R"(
int main(void) {
    const float numbers[NET_HEIGHT * NET_WIDTH * NET_COLORS] = {0};
    const uint8_t image[NET_HEIGHT * NET_WIDTH * NET_COLORS] = {0};
    float one[NET_CLASSES], other[NET_CLASSES];
    return net(image, 1, one) || net_floats(numbers, 1, other) || one[0] != other[0] || net_classes[0][0] == 0;
}
)");
}

TEST_CASE("the header says what more functions take and give", "[compiled]") {
    use(fitted_model(), "--judge --masked", R"(
int main(void) {
    const uint8_t image[2 * NET_HEIGHT * NET_WIDTH * NET_COLORS] = {0};
    const uint8_t mask[2 * NET_HEIGHT * NET_WIDTH] = {1};
    float result[2 * NET_CLASSES], novelty[2], p_value[2];
    return net_judge(image, 2, result, novelty, p_value) || p_value[0] != p_value[1] ||
           net_masked(image, mask, 1, 2, result) || net_masked(image, 0, 1, 2, result);
}
)");
}

TEST_CASE("a function for floats is there where it is asked for", "[compiled]") {
    const TemporaryFolder folder;
    save_model(classes_of_map(), folder / "model.safetensors");
    REQUIRE(run(FSDNET_COMPILER " " + (folder / "model.safetensors") + " net " + (folder / "out") +
                " host") == 0);
    CHECK_THAT(read_bytes(folder / "out/net.h"), !Catch::Contains("net_floats"));
}

TEST_CASE("static memory is one buffer for all files of a program", "[compiled]") {
    const TemporaryFolder folder;
    save_model(fitted_model(), folder / "model.safetensors");
    REQUIRE(run(FSDNET_COMPILER " --judge --masked --memory static " + (folder / "model.safetensors") +
                " net " + (folder / "out") + " host") == 0);
    INFO(read_bytes(folder / "out/net.h"));
    write_bytes(folder / "other.c",
                "#include \"net.h\"\nvoid *other(void);\nvoid *other(void) { return net_memory; }\n");
    write_bytes(folder / "use.c", R"(#include "net.h"
void *other(void);
int main(void) {
    const uint8_t image[NET_HEIGHT * NET_WIDTH * NET_COLORS] = {0};
    float one[NET_CLASSES], two[NET_CLASSES], novelty[1], p_value[1];
    return net(image, 1, one) || net_judge(image, 1, two, novelty, p_value) || net_masked(image, 0, 1, 1, two) ||
           other() != net_memory || sizeof net_memory != NET_MEMORY_BYTES ||
           (uintptr_t)net_memory % NET_MEMORY_ALIGNMENT != 0;
}
)");
    REQUIRE(run(FSDNET_C_COMPILER " -std=c99 -Wall -Wextra -Wpedantic -Werror " + (folder / "use.c") + " " +
                (folder / "other.c") + " -I" + (folder / "out") + " " + (folder / "out/libnet.a") + " -o " +
                (folder / "use") + " && " + (folder / "use")) == 0);
}
