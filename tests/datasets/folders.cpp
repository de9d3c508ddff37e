// Folders of images as people have them: names of splits, links, hidden folders, what cannot be read.
#include "tests/datasets/files.h"

#include "runtime/error.h"

#include <catch2/catch.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

const Bytes image = png(1, 1, 1, 7);

std::string write_all(const TemporaryFolder &folder, const std::vector<std::string> &names) {
    for (const std::string &name : names) {
        folder.write("set/" + name, image);
    }
    return folder / "set";
}

void link(const std::string &target, const std::string &name) {
    fs::create_directories(fs::path(name).parent_path());
    fs::create_symlink(target, name);
}

}  // namespace

TEST_CASE("folders of splits are recognized in any case and form and never merged", "[datasets]") {
    for (const auto &[train, test] :
         std::vector<std::pair<std::string, std::string>>{{"train", "test"},
                                                          {"training", "testing"},
                                                          {"Train", "Test"},
                                                          {"TRAINING", "TESTING"},
                                                          {"training_set", "test-set"},
                                                          {"train", "val"},
                                                          {"Train", "Validation"},
                                                          {"train", "valid"},
                                                          {"animals/train/more", "animals/test/more"}}) {
        INFO(train << ' ' << test);
        const TemporaryFolder folder;
        const std::string set =
            write_all(folder, {train + "/cat/1.png", train + "/dog/2.png", test + "/cat/3.png"});
        CHECK(load_dataset(set, Split::train).labels == std::vector<int>{0, 1});
        CHECK(load_dataset(set, Split::train).split);
        CHECK(load_dataset(set, Split::test).labels == std::vector<int>{0});
    }
}

TEST_CASE("validation images are the test images only where there are no others", "[datasets]") {
    const TemporaryFolder folder;
    const std::string set = write_all(folder, {"train/cat/1.png", "val/cat/2.png", "val/cat/3.png"});
    const Dataset validation = load_dataset(set, Split::test);
    CHECK(validation.count() == 2);
    REQUIRE(validation.notes.size() == 1);
    CHECK_THAT(validation.notes[0], Contains("those of val/"));
    write_all(folder, {"test/cat/4.png"});
    const Dataset test = load_dataset(set, Split::test);
    CHECK(test.count() == 1);
    REQUIRE(test.notes.size() == 1);
    CHECK_THAT(test.notes[0], Contains("val/") && Contains("not used"));
    CHECK(load_dataset(set, Split::train).count() == 1);
}

TEST_CASE("images straight in folders of splits are not two classes", "[datasets]") {
    const TemporaryFolder folder;
    CHECK_THAT(refusal(write_all(folder, {"train/1.png", "Test/2.png"})), Contains("without classes"));
    const TemporaryFolder vehicles;
    CHECK(load_dataset(write_all(vehicles, {"train/1.png", "bus/2.png"}), Split::train).classes ==
          std::vector<std::string>{"bus", "train"});
}

TEST_CASE("links to folders and files are followed", "[datasets]") {
    const TemporaryFolder folder;
    const std::string set = write_all(folder, {"cat/1.png"});
    folder.write("elsewhere/2.png", image);
    link("../elsewhere", set + "/dog");
    link("../../elsewhere/2.png", set + "/cat/3.png");
    const Dataset dataset = load_dataset(set, Split::train);
    CHECK(dataset.labels == std::vector<int>{0, 0, 1});
    CHECK(dataset.classes == std::vector<std::string>{"cat", "dog"});
}

TEST_CASE("circles of links and links that lead nowhere are refused", "[datasets]") {
    for (const auto &[target, name, expected] :
         std::vector<std::tuple<std::string, std::string, std::string>>{
             {"..", "cat/up", "leads back"},
             {"self", "self", "symbolic links"},
             {"gone", "dog", "leads nowhere"},
             {"gone.png", "cat/2.png", "leads nowhere"}}) {
        INFO(name);
        const TemporaryFolder folder;
        const std::string set = write_all(folder, {"cat/1.png"});
        const std::string place = fs::path(set) / name;
        link(target, place);
        CHECK_THAT(refusal(set), Contains(expected) && Contains(place));
    }
}

TEST_CASE("hidden and system folders are passed over and said once", "[datasets]") {
    const TemporaryFolder folder;
    const std::string set =
        write_all(folder, {"cat/1.png", ".ipynb_checkpoints/1.png", "cat/.ipynb_checkpoints/1.png",
                           "@eaDir/1.png", "__MACOSX/cat/._1.png", "cat/._1.png", "cat/.DS_Store"});
    const Dataset dataset = load_dataset(set, Split::train);
    CHECK(dataset.classes == std::vector<std::string>{"cat"});
    CHECK(dataset.count() == 1);
    REQUIRE(dataset.notes.size() == 1);
    CHECK_THAT(dataset.notes[0], Contains("Ignored") && Contains("5 hidden"));
}

TEST_CASE("an image of another kind is not left out in silence, and a .jfif is read", "[datasets]") {
    const TemporaryFolder folder;
    const std::string set = write_all(folder, {"cat/1.png", "cat/2.JFIF", "cat/readme.txt"});
    CHECK(load_dataset(set, Split::train).count() == 2);
    write_all(folder, {"cat/3.gif"});
    CHECK_THAT(refusal(set), Contains("cat/3.gif") && Contains("convert"));
}

TEST_CASE("names of classes that a model cannot hold are refused at once", "[datasets]") {
    for (const std::string name : {"caf\xE9", "a\nb", "\x1B[2J"}) {
        const TemporaryFolder folder;
        CHECK_THAT(refusal(write_all(folder, {name + "/1.png"})), Contains("rename it"));
    }
    const TemporaryFolder folder;
    CHECK(load_dataset(write_all(folder, {"größe/caf\xE9.png"}), Split::train).classes.front() == "größe");
}

TEST_CASE("pipes and folders without end are refused", "[datasets]") {
    const TemporaryFolder folder;
    const std::string set = write_all(folder, {"cat/1.png"});
    REQUIRE(mkfifo((set + "/cat/2.png").c_str(), 0600) == 0);
    CHECK_THAT(refusal(set), Contains("2.png") && Contains("regular file"));
    CHECK_THAT(refusal(set + "/cat/2.png"), Contains("regular file"));
    CHECK_THAT(refusal("/dev/zero"), Contains("regular file"));
    const TemporaryFolder deep;
    std::string name = "set";
    for (int depth = 0; depth < 70; depth++) {
        name += "/d";
    }
    deep.write(name + "/1.png", image);
    CHECK_THAT(refusal(deep / "set"), Contains("folders deep"));
}

TEST_CASE("a folder that cannot be read is refused", "[datasets]") {
    const TemporaryFolder folder;
    const std::string set = write_all(folder, {"cat/1.png", "dog/1.png"});
    for (const std::string &path : {folder.path(), set, set + "/cat"}) {
        fs::permissions(path, fs::perms(0755));
    }
    fs::permissions(set + "/dog", fs::perms::none);
    const uid_t administrator = geteuid(), nobody = 65534;
    const bool as_nobody = administrator == 0 && seteuid(nobody) == 0;  // who may read every folder
    CHECK_THAT(refusal(set), Contains("dog") && Contains("ermission"));
    REQUIRE((!as_nobody || seteuid(administrator) == 0));
    fs::permissions(set + "/dog", fs::perms::owner_all);
}

TEST_CASE("a cut image in a set is refused with its name", "[datasets]") {
    const TemporaryFolder folder;
    const std::string set = write_all(folder, {"cat/1.png"});
    folder.write("set/cat/2.png", Bytes(image.begin(), image.end() - 20));
    CHECK_THAT(refusal(set), Contains("cat/2.png"));
}
