// What `fsdnet classify` makes of folders: what cannot be used is noted, the rest goes on.
#include "runtime/error.h"
#include "tests/temporary_folder.h"
#include "toolkit/sources/image_source.h"

#include <catch2/catch.hpp>

#include <opencv2/imgcodecs.hpp>
#include <sys/resource.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

Model model() {
    Model model;
    model.input.height = model.input.width = 4;
    model.input.colors = 1;
    model.classes = {"cat", "dog"};
    return model;
}

Bytes encoded(const cv::Mat &image) {
    Bytes bytes;
    REQUIRE(cv::imencode(".jpg", image, bytes));
    return bytes;
}

Bytes noise() {
    cv::Mat image(32, 32, CV_8UC3);
    cv::RNG(3).fill(image, cv::RNG::UNIFORM, 0, 256);
    return encoded(image);
}

std::string reason_for(const SourceImages &images, const std::string &path) {
    for (const auto &[file, reason] : images.skipped) {
        if (file == path) {
            return reason;
        }
    }
    return "";
}

}  // namespace

TEST_CASE("the rest of a folder goes on", "[sources]") {
    const TemporaryFolder folder;
    const Bytes jpeg = noise();
    const std::string cut =
        folder.write("set/cat/cut.jpg", Bytes(jpeg.begin(), jpeg.begin() + jpeg.size() * 6 / 10));
    const std::string gif = folder.write("set/cat/film.gif", {'G', 'I', 'F', '8'});
    folder.write("set/cat/good.jpg", jpeg);
    folder.write("set/dog/good.jfif", jpeg);
    folder.write("set/.ipynb_checkpoints/good.jpg", jpeg);
    const std::string pipe = folder / "set/pipe.png", circle = folder / "set/circle.png",
                      up = folder / "set/dog/up";
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    fs::create_symlink("circle.png", circle);
    fs::create_symlink("..", up);
    const SourceImages images = gather_images({folder / "set"}, model(), {});
    CHECK(images.names ==
          std::vector<std::string>{folder / "set/cat/good.jpg", folder / "set/dog/good.jfif"});
    CHECK(images.labels == std::vector<int>{0, 1});
    CHECK(images.skipped.size() == 5);
    CHECK_THAT(reason_for(images, cut), Contains("cut"));
    CHECK_THAT(reason_for(images, gif), Contains("convert"));
    CHECK_THAT(reason_for(images, pipe), Contains("regular file"));
    CHECK_THAT(reason_for(images, circle), Contains("symbolic links"));
    CHECK_THAT(reason_for(images, up), Contains("leads back"));
    REQUIRE(images.notes.size() == 1);
    CHECK_THAT(images.notes[0], Contains(".ipynb_checkpoints"));
}

TEST_CASE("paths that nothing can be made of are bad input", "[sources]") {
    const TemporaryFolder folder;
    fs::create_symlink("circle", folder / "circle");
    fs::create_directory(folder / "empty");
    for (const std::string &path : {folder / "circle", folder / "missing.png", folder / "empty",
                                    std::string("/dev/zero"), folder / std::string(5000, 'x')}) {
        INFO(path);
        try {
            gather_images({path}, model(), {});
            FAIL_CHECK("accepted");
        } catch (const Error &error) {
            CHECK(error.code() == ExitCode::bad_input);
        }
    }
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they map terabytes
TEST_CASE("an image that is too large for the memory is told, and the others are used", "[sources]") {
    const TemporaryFolder folder;
    const std::string large =
        folder.write("set/large.jpg", encoded(cv::Mat(8000, 8000, CV_8UC3, cv::Scalar(1, 2, 3))));
    folder.write("set/small.jpg", noise());
    rlimit kept{};
    getrlimit(RLIMIT_AS, &kept);
    const auto within = [&](const std::string &path) {
        // What is mapped now, and 100 MB: less than 8000 x 8000 x 3 bytes.
        std::size_t pages = 0;
        std::ifstream("/proc/self/statm") >> pages;
        const rlimit little{pages * 4096 + (100 << 20), kept.rlim_max};
        setrlimit(RLIMIT_AS, &little);
        try {
            SourceImages images = gather_images({path}, model(), {});
            setrlimit(RLIMIT_AS, &kept);
            return images;
        } catch (...) {
            setrlimit(RLIMIT_AS, &kept);
            throw;
        }
    };
    const SourceImages images = within(folder / "set");
    CHECK(images.names == std::vector<std::string>{folder / "set/small.jpg"});
    CHECK_THAT(reason_for(images, large), Contains("more memory than there is"));
    try {
        within(large);
        FAIL_CHECK("accepted");
    } catch (const Error &error) {
        CHECK(error.code() == ExitCode::unsupported);
    }
}
#endif
