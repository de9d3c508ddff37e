// Tables of paths and labels.
#include "tests/datasets/files.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::testing;
using Catch::Matchers::Contains;

namespace {

class Place {
public:
    Place() {
        folder.write("a.png", png(2, 1, 1, 1));
        folder.write("sub/b, c.png", png(2, 1, 1, 2));
        folder.write("d.png", png(2, 1, 1, 3));
    }

    std::string table(const std::string &content) const {
        return folder.write("table.csv", Bytes(content.begin(), content.end()));
    }

    std::string refused(const std::string &content) const { return refusal(table(content)); }

    TemporaryFolder folder;
};

}  // namespace

TEST_CASE("a table names images and their classes", "[datasets]") {
    const Place place;
    for (const char *content :
         {"a.png,cat\n\"sub/b, c.png\",dog\nd.png,cat\n", "a.png,cat\r\n\"sub/b, c.png\",dog\r\nd.png,cat",
          "\xef\xbb\xbfLabel,Filename\ncat,a.png\ndog,\"sub/b, c.png\"\n\ncat,d.png\n"}) {
        INFO(content);
        const Dataset data = load_dataset(place.table(content), Split::train);
        CHECK(data.classes == std::vector<std::string>{"cat", "dog"});
        CHECK(data.labels == std::vector<int>{0, 0, 1});
        CHECK_FALSE(data.split);
    }
}

TEST_CASE("a column of a table tells training from test images", "[datasets]") {
    const Place place;
    const std::string table =
        place.table("path,label,split\na.png,\"a \"\"cat\"\"\",train\nd.png,dog,Test\n");
    const Dataset train = load_dataset(table, Split::train), test = load_dataset(table, Split::test);
    CHECK(train.classes == std::vector<std::string>{"a \"cat\"", "dog"});
    CHECK(train.labels == std::vector<int>{0});
    CHECK(test.labels == std::vector<int>{1});
    CHECK(train.split);
}

TEST_CASE("what is wrong with a table is named with its line", "[datasets]") {
    const Place place;
    CHECK_THAT(place.refused("a.png,cat\nnone.png,dog\n"), Contains("none.png"));
    CHECK_THAT(place.refused("a.png,cat\nd.png\n"), Contains("line 2") && Contains("a path and a label"));
    CHECK_THAT(place.refused("a.png,\n"), Contains("line 1") && Contains("label is empty"));
    CHECK_THAT(place.refused("path,label,split\na.png,cat,later\n"),
               Contains("line 2") && Contains("no split"));
    CHECK_THAT(place.refused("a.png,\"cat\n"), Contains("never closed"));
    CHECK_THAT(place.refused("\"a.png\"x,cat\n"), Contains("closing quote"));
    CHECK_THAT(place.refused(""), Contains("No image"));
    CHECK_THAT(place.refused("table.csv,cat\n"), Contains("no image of a known format"));
}
