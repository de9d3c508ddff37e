// Image files to a network's input, as `fsdnet classify` brings them.
#include "python/module/arrays.h"
#include "runtime/error.h"
#include "toolkit/datasets/file_tree.h"
#include "toolkit/image_files/decode_image.h"
#include "toolkit/image_files/image_name.h"
#include "toolkit/image_files/read_image.h"
#include "toolkit/image_files/within_memory.h"
#include "toolkit/images/prepare.h"

#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <iterator>

namespace fsd::python {
namespace {

using Pixels = nb::ndarray<std::uint8_t, nb::c_contig, nb::device::cpu>;  // [y, x, color], written to

// `decode` gives the image.
template<typename Decode>
void bring_to_input(const Model &model, const std::string &name, const Pixels &pixels, Decode decode) {
    const Input &input = model.input;
    if (!input.takes_bytes()) {
        throw Error(ExitCode::bad_input, text("The image '", name,
                                              "' cannot be brought to the input of a "
                                              "network that takes ",
                                              input.colors, " numbers."));
    }
    const auto size = static_cast<std::size_t>(input.height) * input.width * input.colors;
    if (pixels.size() != size) {
        throw Error(ExitCode::internal, text("An image of ", size, " bytes has ", pixels.size(), "."));
    }
    within_memory(text("The image '", name, "'"),
                  [&] { prepare_image(decode(), model.preprocessing, input, name, pixels.data()); });
}

void read_file(const Model &model, const std::string &path, const Pixels &pixels) {
    const nb::gil_scoped_release released;
    bring_to_input(model, path, pixels, [&] { return read_image(path); });
}

void read_content(const Model &model, const nb::bytes &content, const std::string &name,
                  const Pixels &pixels) {
    const auto *first = static_cast<const std::uint8_t *>(content.data());
    const std::vector<std::uint8_t> bytes(first, first + content.size());
    const nb::gil_scoped_release released;
    bring_to_input(model, name, pixels, [&] { return decode_image(bytes, name); });
}

std::vector<std::string> image_files_below(const std::string &folder) {
    const FileTree tree = files_below(folder);
    if (!tree.faults.empty()) {
        throw Error(ExitCode::bad_input, tree.faults.front().sentence);
    }
    std::vector<std::string> images;
    std::copy_if(tree.files.begin(), tree.files.end(), std::back_inserter(images), has_image_name);
    return images;
}

}  // namespace

void add_images(nb::module_ &module) {
    module.def("read_image_file", read_file);
    module.def("read_image_content", read_content);
    module.def("image_files_below", image_files_below, nb::call_guard<nb::gil_scoped_release>());
}

}  // namespace fsd::python
