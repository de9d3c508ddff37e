// Entries of archives that are more than a file with a name, and files that unpack to far more than they are.
#include "tests/datasets/files.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

const Bytes image = png(1, 1, 1, 7);

Bytes pax(const std::vector<std::string> &fields) {
    std::string records;
    for (const std::string &field : fields) {
        const std::size_t length = field.size() + 4;  // two digits, a blank and the line's end
        records += std::to_string(length) + " " + field + "\n";
    }
    return tar_entry("PaxHeaders/1", Bytes(records.begin(), records.end()), 'x');
}

std::string refused(const std::vector<Bytes> &entries) {
    const TemporaryFolder folder;
    return refusal(folder.write("set.tar", tar(entries)));
}

}  // namespace

TEST_CASE("links and sparse files in an archive are refused by name, never passed over", "[datasets]") {
    const Bytes first = tar_entry("cat/1.png", image);
    CHECK_THAT(refused({first, tar_entry("dog/2.png", {}, '1')}),
               Contains("dog/2.png") && Contains("a hard link"));
    CHECK_THAT(refused({first, tar_entry("dog/2.png", {}, '2')}),
               Contains("dog/2.png") && Contains("a symbolic link"));
    CHECK_THAT(refused({first, tar_entry("dog", {}, '2')}),
               Contains("dog") && Contains("unpack the archive"));
    CHECK_THAT(refused({first, tar_entry("dog/2.png", image, 'S')}),
               Contains("dog/2.png") && Contains("a sparse file"));
    CHECK_THAT(refused({first, tar_entry("dog/2.png", image, 'M')}),
               Contains("dog/2.png") && Contains("unknown kind"));
    const Bytes header = pax({"GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.name=dog/2.png"});
    CHECK_THAT(refused({first, header, tar_entry("GNUSparseFile.7/2.png", image)}),
               Contains("dog/2.png") && Contains("a sparse file"));
}

TEST_CASE("what in an archive can be no image is passed over", "[datasets]") {
    const TemporaryFolder folder;
    Bytes sized_link =
        tar_entry("docs/readme.txt", {}, '1');  // a link with the size of its target and no content
    sized_link[134] = '7';
    renew_checksum(sized_link);
    const std::string set =
        folder.write("set.tar", tar({tar_entry("volume", {}, 'V'), tar_entry("cat/", {}, '5'),
                                     tar_entry("cat/pipe.png", {}, '6'), tar_entry("cat/null.png", {}, '3'),
                                     sized_link, tar_entry("cat/1.png", image)}));
    CHECK(load_dataset(set, Split::train).count() == 1);
}

TEST_CASE("hidden entries of an archive are passed over and said once", "[datasets]") {
    const TemporaryFolder folder;
    const std::string set = folder.write(
        "set.tar", tar({tar_entry("./cat/1.png", image), tar_entry("./cat/._1.png", {1}),
                        tar_entry("__MACOSX/cat/1.png", {1}), tar_entry("__MACOSX/dog/1.png", {1}),
                        tar_entry("./.DS_Store", {1}), tar_entry(".x/l", {}, '2')}));
    const Dataset dataset = load_dataset(set, Split::train);
    CHECK(dataset.classes == std::vector<std::string>{"cat"});
    REQUIRE(dataset.notes.size() == 1);
    CHECK_THAT(dataset.notes[0], Contains("3 hidden"));
}

TEST_CASE("images of another kind and names of classes are checked in archives, too", "[datasets]") {
    CHECK_THAT(refused({tar_entry("cat/1.heic", image)}), Contains("cat/1.heic"));
    CHECK_THAT(refused({tar_entry("caf\xE9/1.png", image)}), Contains("caf\\xe9"));
}

TEST_CASE("a gzip file that unpacks to far more than it is is refused", "[datasets]") {
    const Bytes zeros(80 << 20);
    Bytes big = tar_entry("cat/readme", zeros);
    const TemporaryFolder folder;
    CHECK_THAT(refusal(folder.write("set.tgz", gzipped(tar({big})))), Contains("unpacks to more than"));
    // Before memory is taken: the header alone says enough.
    const std::string images =
        folder.write("a-images-idx3-ubyte.gz", gzipped(idx({2700000, 28, 28}, {1, 2, 3})));
    folder.write("a-labels-idx1-ubyte.gz", gzipped(idx({1}, {1})));
    CHECK_THAT(refusal(images), Contains("unpacks to more than"));
}
