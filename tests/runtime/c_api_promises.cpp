// What the header promises of every call: no memory, in a small stack, the same text in every locale.
#include "runtime/error.h"
#include "runtime/formats/decimal.h"
#include "runtime/fsdnet.h"
#include "tests/runtime/allocations.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <clocale>
#include <locale>
#include <memory>

using namespace fsd;
using namespace fsd::testing;

namespace {

using Handle = std::unique_ptr<fsdnet_network, decltype(&fsdnet_free)>;

constexpr std::size_t most_samples = 130;

struct Loaded {
    TemporaryFolder folder;
    std::string path = folder / "model.safetensors";

    explicit Loaded(const Model &model) { save_model(model, path); }
    Handle load() const { return {fsdnet_load(path.c_str()), fsdnet_free}; }
};

// Numbers with separators and a decimal comma, as a program in German may have them.
class Grouped : public std::numpunct<char> {
    char do_thousands_sep() const override { return '.'; }
    char do_decimal_point() const override { return ','; }
    std::string do_grouping() const override { return "\1"; }
};

class Locale {
public:
    Locale() : previous_(std::locale::global(std::locale(std::locale::classic(), new Grouped))) {
        std::setlocale(LC_NUMERIC, "de_DE.UTF-8");  // where the machine has it
    }
    ~Locale() {
        std::locale::global(previous_);
        std::setlocale(LC_NUMERIC, "C");
    }
    Locale(const Locale &) = delete;
    Locale &operator=(const Locale &) = delete;

private:
    std::locale previous_;
};

}  // namespace

TEST_CASE("runs through C allocate nothing", "[c_api]") {
    if (!allocations_are_counted()) {
        return;
    }
    for (const Model &model : {small_model(), small_ordinary_model()}) {
        const Loaded loaded(model);
        const Handle network = loaded.load();
        REQUIRE(network);
        const std::vector<uint8_t> images(most_samples * 9 * 8 * 2);
        const std::vector<float> numbers(images.size(), 0.5F);
        std::vector<float> result(most_samples * 3);
        const auto run = [&](std::size_t count) {
            return fsdnet_run(network.get(), images.data(), count, result.data()) +
                   fsdnet_run_floats(network.get(), numbers.data(), count, result.data());
        };
        REQUIRE(run(most_samples) == 0);
        const std::size_t before = allocation_count();
        int failed = 0;
        for (std::size_t count = 0; count <= most_samples; count++) {
            failed += run(count);
        }
        const std::size_t after = allocation_count();
        CHECK(failed == 0);
        CHECK(after == before);
    }
}

TEST_CASE("text for machines is the same in every locale", "[c_api]") {
    const Loaded plain(small_ordinary_model());
    const std::string described = fsdnet_describe(plain.load().get());
    const Locale locale;
    const Loaded grouped(small_ordinary_model());
    CHECK(read_bytes(grouped.path) == read_bytes(plain.path));
    CHECK(fsdnet_describe(grouped.load().get()) == described);
    CHECK(text(1234567, ' ', 0.5) == "1234567 0.5");
    CHECK(fixed_decimal(1234.5, 2) == "1234.50");
    CHECK(rounded_decimal(0.00003, 1) == "3e-05");
}
