// ZIP archives, and tar archives in every packing.
#include "runtime/error.h"
#include "tests/datasets/pack.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

const Bytes image = png(2, 1, 1, 7);

Bytes read_whole(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

const std::vector<Packed> some = {{"train/cat/", {}, AE_IFDIR},         {"train/cat/1.png", png(2, 1, 1, 1)},
                                  {"train/dog/2.png", png(2, 1, 1, 2)}, {"test/cat/3.png", png(2, 1, 1, 3)},
                                  {"train/readme.txt", {'h', 'i'}},     {"__MACOSX/train/cat/1.png", {1}}};

}  // namespace

TEST_CASE("archives in every packing are the same set", "[datasets]") {
    const TemporaryFolder folder;
    for (const auto &[format, filter] :
         {std::pair("zip", ""), std::pair("pax", "xz"), std::pair("gnutar", "bzip2"),
          std::pair("ustar", "zstd"), std::pair("ustar", "compress"), std::pair("gnutar", ""),
          std::pair("pax", "gzip")}) {
        INFO(format << " " << filter);
        const std::string path = pack(folder, format, filter, some);
        const Dataset train = load_dataset(path, Split::train), test = load_dataset(path, Split::test);
        CHECK(train.classes == std::vector<std::string>{"cat", "dog"});
        CHECK(train.labels == std::vector<int>{0, 1});
        CHECK(test.labels == std::vector<int>{0});
        CHECK(static_cast<const std::uint8_t *>(test.images.data())[0] == 3);
        CHECK(train.notes.size() == 1);
    }
}

TEST_CASE("names in a ZIP archive keep their letters", "[datasets]") {
    const TemporaryFolder folder;
    const std::string path = pack(folder, "zip", "", {{"caf\xC3\xA9/1.png", image}}, nullptr);
    CHECK(load_dataset(path, Split::train).classes == std::vector<std::string>{"caf\xC3\xA9"});
}

TEST_CASE("links and encrypted images in packed archives are refused by name", "[datasets]") {
    const TemporaryFolder folder;
    const std::vector<Packed> link = {{"cat/1.png", image}, {"dog/2.png", {}, AE_IFLNK}};
    CHECK_THAT(refusal(pack(folder, "zip", "", link)), Contains("dog/2.png") && Contains("a symbolic link"));
    CHECK_THAT(refusal(pack(folder, "ustar", "xz", link)),
               Contains("dog/2.png") && Contains("a symbolic link"));
    CHECK_THAT(refusal(pack(folder, "zip", "", {{"cat/1.png", image}}, "zip:encryption=traditional")),
               Contains("cat/1.png") && Contains("encrypted"));
}

TEST_CASE("damaged and cut archives are refused", "[datasets]") {
    const TemporaryFolder folder;
    for (const auto &[format, filter] :
         {std::pair("zip", ""), std::pair("pax", "xz"), std::pair("ustar", "bzip2")}) {
        INFO(format << " " << filter);
        const Bytes whole = read_whole(pack(folder, format, filter, some));
        CHECK_THAT(refusal(folder.write("cut", Bytes(whole.begin(), whole.begin() + 60))), Contains("cut"));
        Bytes changed = whole;
        changed[whole.size() / 2] ^= 0x5a;
        try {  // a bit in a file's time is no fault
            load_dataset(folder.write("changed", changed), Split::train);
        } catch (const Error &error) {
            CHECK(error.code() == ExitCode::bad_input);
        }
    }
}

TEST_CASE("a packed archive that unpacks to far more than it is is refused", "[datasets]") {
    const TemporaryFolder folder;
    const std::vector<Packed> zeros = {{"cat/readme", Bytes(80 << 20)}, {"cat/1.png", image}};
    CHECK_THAT(refusal(pack(folder, "ustar", "xz", zeros)), Contains("200 times"));
    CHECK_THAT(refusal(pack(folder, "zip", "", zeros)), Contains("200 times"));
}
