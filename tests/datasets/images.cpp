// Images by class in folders and tars.
#include "tests/datasets/files.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

Bytes pixels_of(const Dataset &dataset) {
    const auto *data = static_cast<const std::uint8_t *>(dataset.images.data());
    return {data, data + dataset.images.number_of_elements()};
}

std::string refused_tar(const Bytes &bytes) {
    TemporaryFolder folder;
    return refusal(folder.write("set.tar", bytes));
}

const Bytes gray = png(2, 2, 1, 100);

}  // namespace

TEST_CASE("a folder and the tar made of it are the same set", "[datasets]") {
    TemporaryFolder folder;
    const std::vector<std::pair<std::string, Bytes>> files = {
        {"train/dog/b.png", png(2, 1, 1, 1)},
        {"test/cat/x.png", png(2, 1, 1, 9)},
        {"train/cat/z.png", png(2, 1, 1, 2)},
        {"train/dog/a.png", png(2, 1, 1, 3)},
        {"train/dog/.a.png", {1}},
        {"train/readme.txt", {1}},
        {"test/bird/y.png", png(2, 1, 1, 8)},
    };
    std::vector<Bytes> entries = {tar_entry("./train/", {}, '5')};
    for (const auto &[name, bytes] : files) {
        folder.write("set/" + name, bytes);
        entries.push_back(tar_entry("./" + name, bytes));
    }
    folder.write("plain/set.tar", tar(entries));
    for (const std::string &path : {folder / "set", folder / "plain/set.tar", folder / "plain",
                                    folder.write("set.tgz", gzipped(tar(entries)))}) {
        INFO(path);
        const Dataset train = load_dataset(path, Split::train);
        REQUIRE(shape_of(train.images) == Shape{3, 2, 1, 1});
        REQUIRE(train.classes == std::vector<std::string>{"bird", "cat", "dog"});
        REQUIRE(train.labels == std::vector<int>{1, 2, 2});
        REQUIRE(pixels_of(train) == Bytes{2, 2, 3, 3, 1, 1});
        REQUIRE(train.split);
        const Dataset test = load_dataset(path, Split::test);
        REQUIRE(test.labels == std::vector<int>{0, 1});
        REQUIRE(test.classes == train.classes);
    }
}

TEST_CASE("images by class without split are given whole", "[datasets]") {
    TemporaryFolder folder;
    folder.write("b/1.png", png(1, 1, 3, 7));
    folder.write("a/1.png", png(1, 1, 3, 5));
    const Dataset dataset = load_dataset(folder.path(), Split::test);
    REQUIRE(dataset.labels == std::vector<int>{0, 1});
    REQUIRE_FALSE(dataset.split);
    folder.write("train/a/2.png", png(1, 1, 3, 5));
    REQUIRE_THAT(refusal(folder.path()), Contains("under train/ or test/"));
}

TEST_CASE("images of differing size or color are refused unless a format is asked for", "[datasets]") {
    TemporaryFolder folder;
    folder.write("a/1.png", png(2, 2, 1, 10));
    folder.write("a/2.png", png(4, 2, 1, 20));
    REQUIRE_THAT(refusal(folder.path()), Contains("a/2.png") && Contains("4 x 2"));
    const Dataset resized = load_dataset(folder.path(), Split::train, {1, 1, 0});
    REQUIRE(pixels_of(resized) == Bytes{10, 20});
    folder.write("a/2.png", png(2, 2, 3, 30));
    REQUIRE_THAT(refusal(folder.path()), Contains("a/2.png") && Contains("3 colors"));
    REQUIRE(shape_of(load_dataset(folder.path(), Split::train, {0, 0, 3}).images) == Shape{2, 2, 2, 3});
}

TEST_CASE("what is no image or stands in no class is named", "[datasets]") {
    TemporaryFolder folder;
    REQUIRE_THAT(refusal(folder.path()), Contains("No image"));
    folder.write("a/1.png", {'n', 'o'});
    REQUIRE_THAT(refusal(folder.path()), Contains("a/1.png") && Contains("cannot be read"));
    folder.write("a/1.png", {});
    REQUIRE_THAT(refusal(folder.path()), Contains("cannot be read"));
    folder.write("a/1.png", Bytes(gray.begin(), gray.begin() + 20));
    REQUIRE_THAT(refusal(folder.path()), Contains("cannot be read"));
    folder.write("0.png", gray);
    REQUIRE_THAT(refusal(folder.path()), Contains("0.png") && Contains("no class's folder"));
}

TEST_CASE("long names in GNU and pax archives are read", "[datasets]") {
    const std::string name = "train/" + std::string(90, 'c') + "/" + std::string(90, 'n') + ".png";
    const std::string record = "path=" + name + "\n";
    const std::string pax = std::to_string(record.size() + 4) + " " + record;
    REQUIRE(pax.size() == record.size() + 4);
    const Bytes named(name.begin(), name.end()), extended(pax.begin(), pax.end());
    TemporaryFolder folder;
    for (const Bytes &header :
         {tar_entry("././@LongLink", named, 'L'), tar_entry("PaxHeaders/1", extended, 'x')}) {
        const std::string path = folder.write(
            "set.tar", tar({tar_entry("pax_global_header", {1, 2, 3}, 'g'), header,
                            tar_entry("././@LongLink", {'x'}, 'K'), tar_entry("train/c/n.png", gray)}));
        REQUIRE(load_dataset(path, Split::train).classes == std::vector<std::string>{std::string(90, 'c')});
    }
}

TEST_CASE("malformed archives are refused with a sentence", "[datasets]") {
    const Bytes entry = tar_entry("a/1.png", gray);
    const Bytes whole = tar({entry});
    REQUIRE_THAT(refused_tar(Bytes(whole.begin(), whole.end() - 1024)), Contains("cut off"));
    REQUIRE_THAT(refused_tar(Bytes(whole.begin(), whole.end() - 512)), Contains("cut off"));
    REQUIRE_THAT(refused_tar(Bytes(whole.begin(), whole.begin() + 530)), Contains("cut off"));
    REQUIRE_THAT(refused_tar(tar({})), Contains("no data set"));
    REQUIRE_THAT(refused_tar(tar({entry, Bytes(512), entry})), Contains("single block of zeros"));

    Bytes wrong = tar_entry("a/2.png", gray);
    wrong[0] ^= 1;
    REQUIRE_THAT(refused_tar(tar({entry, wrong})), Contains("wrong checksum"));
    for (const std::string size : {"77777777777", "9999", "-1", ""}) {
        Bytes huge = tar_entry("a/2.png", gray);
        std::fill_n(huge.begin() + 124, 12, 0);
        std::copy(size.begin(), size.end(), huge.begin() + 124);
        renew_checksum(huge);
        INFO(size);
        REQUIRE_THAT(refused_tar(tar({entry, huge})),
                     Contains("wrong checksum or size") || Contains("at most"));
    }
    Bytes binary = tar_entry("a/2.txt", gray);  // no image: skipped, not read
    std::fill_n(binary.begin() + 124, 12, 0);
    binary[124] = 0x80;
    binary[128] = 0x7f;
    renew_checksum(binary);
    REQUIRE_THAT(refused_tar(tar({entry, binary})), Contains("cut off"));
    std::fill_n(binary.begin() + 125, 11, 0xff);
    renew_checksum(binary);
    REQUIRE_THAT(refused_tar(tar({entry, binary})), Contains("wrong checksum or size"));
}

TEST_CASE("malformed extended headers are refused with a sentence", "[datasets]") {
    const Bytes entry = tar_entry("a/1.png", gray);
    for (const std::string record :
         {"5 x", "99 path=a\n", "0 path=a\n", "-9 path=a\n", "8 path=ab\n", "11 path=a/b ", "junk"}) {
        INFO(record);
        const Bytes header = tar_entry("PaxHeaders/1", Bytes(record.begin(), record.end()), 'x');
        REQUIRE_THAT(refused_tar(tar({entry, header, entry})), Contains("extended header"));
    }
    REQUIRE_THAT(refused_tar(tar({entry, tar_entry("././@LongLink", Bytes(70000, 'x'), 'L')})),
                 Contains("at most"));
}

TEST_CASE("samples_of shares the images and checks its range", "[datasets]") {
    TemporaryFolder folder;
    for (const std::string name : {"1", "2", "3"}) {
        folder.write("a/" + name + ".png", png(1, 2, 1, static_cast<std::uint8_t>(name[0])));
    }
    const Dataset whole = load_dataset(folder.path(), Split::train);
    const Dataset part = samples_of(whole, 1, 2);
    REQUIRE(shape_of(part.images) == Shape{2, 1, 2, 1});
    REQUIRE(part.images.data() == static_cast<const std::uint8_t *>(whole.images.data()) + 2);
    REQUIRE(pixels_of(part) == Bytes{'2', '2', '3', '3'});
    REQUIRE(part.labels.size() == 2);
    REQUIRE_THROWS(samples_of(whole, 2, 2));
    REQUIRE_THROWS(samples_of(whole, -1, 2));
}

TEST_CASE("CIFAR-10 as JPEG images in a tar", "[datasets][data]") {
    const std::string cifar10 = real_data("cifar10");
    if (cifar10.empty()) {
        return;
    }
    const Dataset test = load_dataset(cifar10, Split::test);
    REQUIRE(shape_of(test.images) == Shape{10000, 32, 32, 3});
    REQUIRE(test.classes.front() == "airplane");
    REQUIRE(test.classes.size() == 10);
    for (int label = 0; label < 10; label++) {
        REQUIRE(std::count(test.labels.begin(), test.labels.end(), label) == 1000);
    }
}
