// ZIP archives, and tar archives in every packing.
#include "runtime/error.h"
#include "tests/datasets/files.h"

#include <archive.h>
#include <archive_entry.h>
#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <memory>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

struct Packed {
    std::string name;
    Bytes bytes;
    unsigned type = AE_IFREG;
};

const Bytes image = png(2, 1, 1, 7);

Bytes read_whole(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// Written by libarchive: `format` and `filter` as archive_write_set_format_by_name and _add_filter_by_name
// have them.
std::string pack(const TemporaryFolder &folder, const std::string &format, const std::string &filter,
                 const std::vector<Packed> &files, const char *options = nullptr) {
    const std::string path = folder / ("set-" + format + "-" + filter);
    const std::unique_ptr<archive, int (*)(archive *)> writer(archive_write_new(), archive_write_free);
    REQUIRE(archive_write_set_format_by_name(writer.get(), format.c_str()) == ARCHIVE_OK);
    if (!filter.empty()) {
        REQUIRE(archive_write_add_filter_by_name(writer.get(), filter.c_str()) == ARCHIVE_OK);
    }
    if (options) {
        REQUIRE(archive_write_set_options(writer.get(), options) == ARCHIVE_OK);
        REQUIRE(archive_write_set_passphrase(writer.get(), "secret") == ARCHIVE_OK);
    }
    REQUIRE(archive_write_open_filename(writer.get(), path.c_str()) == ARCHIVE_OK);
    for (const Packed &file : files) {
        const std::unique_ptr<archive_entry, void (*)(archive_entry *)> entry(archive_entry_new(),
                                                                              archive_entry_free);
        archive_entry_set_pathname(entry.get(), file.name.c_str());
        archive_entry_set_filetype(entry.get(), file.type);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.bytes.size()));
        if (file.type == AE_IFLNK) {
            archive_entry_set_symlink(entry.get(), "elsewhere");
        }
        REQUIRE(archive_write_header(writer.get(), entry.get()) == ARCHIVE_OK);
        REQUIRE(archive_write_data(writer.get(), file.bytes.data(), file.bytes.size()) ==
                static_cast<la_ssize_t>(file.bytes.size()));
    }
    REQUIRE(archive_write_close(writer.get()) == ARCHIVE_OK);
    return path;
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
