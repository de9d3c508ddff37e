// A table of paths and labels, beside one image that it can name: a.pgm.
#include "toolkit/datasets/image_table.h"
#include "tests/fuzz/input.h"

#include <set>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    static const std::string table = [] {
        const std::string image = "P5 2 1 255\n\x01\x02";
        fuzz::write_to(fuzz::folder() + "/a.pgm", reinterpret_cast<const std::uint8_t *>(image.data()),
                       image.size());
        return fuzz::folder() + "/table.csv";
    }();
    fuzz::require(fsd::is_image_table(table), "a name tells what is a table");
    fuzz::write_to(table, data, size);
    fuzz::accepted([&] {
        const fsd::Dataset dataset = fsd::load_image_table(table, fsd::Split::train, {});
        fuzz::require(dataset.labels.size() == static_cast<std::size_t>(dataset.count()),
                      "one label per image");
        fuzz::require(std::set<std::string>(dataset.classes.begin(), dataset.classes.end()).size() ==
                          dataset.classes.size(),
                      "a class has one name");
    });
    return 0;
}
