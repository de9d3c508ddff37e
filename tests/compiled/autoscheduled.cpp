// Networks that Halide's autoschedulers schedule: the same interface and the same numbers as ours.
#include "runtime/error.h"
#include "tests/compiled/shared_object.h"
#include "tests/runtime/random_networks.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

compiler::LibraryOptions by(const std::string &autoscheduler) {
    compiler::LibraryOptions options;
    options.autoscheduler = autoscheduler;
    return options;
}

}  // namespace

TEST_CASE("an autoscheduled network gives what ours gives", "[compiled]") {
    const Model model = small_model();
    SharedObject object;
    const std::string ours = object.add(model, "ours", {"host"}).declarations.front();
    const std::vector<std::string> names = {"Adams2019", "Mullapudi2016"};
    for (const std::string &name : names) {
        const compiler::Library library = object.add(model, "by_" + name, {"host", "x86-64-linux"}, by(name));
        CHECK(library.declarations.front().substr(4 + 3 + name.size()) == ours.substr(4 + 4));
    }
    object.load();
    constexpr int batch = 5;
    const Tensor images = random_images(model, batch, 3);
    const auto *pixels = static_cast<const uint8_t *>(images.data());
    std::vector<float> expected(batch * model.classes.size());
    REQUIRE(object.function("ours")(pixels, batch, expected.data()) == 0);
    for (const std::string &name : names) {
        INFO(name);
        const CompiledNetwork network = object.function("by_" + name);
        std::vector<float> found(expected.size(), 1);
        REQUIRE(network(pixels, batch, found.data()) == 0);
        for (std::size_t i = 0; i < found.size(); i++) {
            CHECK(std::fabs(found[i] - expected[i]) <= 1e-5 * std::max(1.f, std::fabs(expected[i])));
        }
        CHECK(network(nullptr, 1, found.data()) == 2);
        CHECK(network(pixels, -1, found.data()) == 1);
    }
}

TEST_CASE("what no autoscheduler schedules is refused with a sentence", "[compiled]") {
    SharedObject object;
    CHECK_THROWS_WITH(object.add(small_model(), "x", {"host"}, by("Nobody2000")), Contains("'Nobody2000'"));
    compiler::LibraryOptions masked = by("Mullapudi2016");
    masked.masked = true;
    CHECK_THROWS_WITH(object.add(small_model(), "x", {"host"}, masked), Contains("without --with"));
    CHECK_THROWS_WITH(object.add(small_model(), "x", {"x86-64-linux-opencl"}, by("Adams2019")),
                      Contains("on CPUs"));
}
