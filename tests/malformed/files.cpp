// Spoiled model files: each is refused with the sentence that names what is wrong, whatever the bytes are,
// and without more memory than promised.
#include "runtime/error.h"
#include "tests/malformed/spoiled.h"
#include "tests/runtime/models.h"

#include <catch2/catch.hpp>

#include <set>

using namespace fsd;
using namespace fsd::testing;

namespace {

void check_refused(const TemporaryFolder &folder, const Malformed &malformed) {
    INFO(malformed.what);
    const std::string path = folder / "spoiled.safetensors";
    write_bytes(path, malformed.bytes);
    std::string sentence;
    ExitCode code = ExitCode::ok;
    try {
        load_model(path);
    } catch (const Error &error) {
        sentence = error.what();
        code = error.code();
    }
    INFO(sentence);
    REQUIRE(code == ExitCode::bad_input);
    REQUIRE(sentence.compare(0, path.size() + 2, path + ": ") == 0);
    REQUIRE(sentence.size() < path.size() + 600);
    for (const std::string &part : malformed.sentence) {
        REQUIRE_THAT(sentence, Catch::Contains(part));
    }
}

}  // namespace

TEST_CASE("spoiled files are refused with a sentence that names what is wrong", "[malformed]") {
    const TemporaryFolder folder;
    const ModelBytes good = small_model_bytes();
    write_bytes(folder / "good.safetensors", good.file());
    REQUIRE_NOTHROW(load_model(folder / "good.safetensors"));
    const ModelBytes ordinary = small_ordinary_model_bytes();
    write_bytes(folder / "ordinary.safetensors", ordinary.file());
    REQUIRE_NOTHROW(load_model(folder / "ordinary.safetensors"));
    const ModelBytes fitted = fitted_model_bytes();
    write_bytes(folder / "fitted.safetensors", fitted.file());
    REQUIRE(load_model(folder / "fitted.safetensors").novelty);
    std::set<std::string> distinct;
    for (const auto &group : {spoiled_containers(good), spoiled_json(good), spoiled_descriptions(good),
                              spoiled_tensors(good), spoiled_ordinary(ordinary), spoiled_novelty(fitted)}) {
        for (const Malformed &malformed : group) {
            check_refused(folder, malformed);
            distinct.insert(malformed.bytes);
        }
    }
    REQUIRE(distinct.size() >= 150);
}

TEST_CASE("what is not a file is refused", "[malformed]") {
    const TemporaryFolder folder;
    for (const std::string &path : {folder.path(), folder / "missing", std::string("/dev/zero")}) {
        try {
            load_model(path);
            FAIL("loaded " << path);
        } catch (const Error &error) {
            REQUIRE(error.code() == ExitCode::bad_input);
            REQUIRE_THAT(error.what(), Catch::StartsWith(path));
        }
    }
}
