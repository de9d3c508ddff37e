// Tells images from numbers and classes from targets by element type and axes.
#include "toolkit/datasets/npy_data.h"

#include "runtime/error.h"
#include "toolkit/npy/convert.h"
#include "toolkit/npy/npy.h"
#include "toolkit/npy/npy_header.h"

#include <algorithm>
#include <filesystem>

namespace fsd {
namespace {

namespace fs = std::filesystem;

constexpr int most_classes = 65536;

[[noreturn]] void refuse(const std::string &path, const Shape &shape, const std::string &expected) {
    throw Error(ExitCode::bad_input, text("The array in '", path, "' has the shape ", to_string(shape),
                                          "; expected ", expected, "."));
}

void check_extents(const std::string &path, const Shape &shape) {
    if (shape.empty() || std::find(shape.begin(), shape.end(), 0) != shape.end()) {
        refuse(path, shape, "at least one sample, and something in each");
    }
}

bool holds_images(const NpyHeader &header) {
    const Shape &shape = header.shape;
    return header.type == halide_type_of<std::uint8_t>() && !header.boolean &&
           (shape.size() == 3 || (shape.size() == 4 && (shape[3] == 1 || shape[3] == 3)));
}

// A dense tensor's own memory under another shape with as many elements and no fewer axes.
Tensor seen_as(const Shape &shape, Tensor tensor) {
    const auto axes = static_cast<int>(shape.size());
    while (tensor.dimensions() < axes) {
        tensor.add_dimension();
    }
    int stride = 1;
    for (int axis = 0; axis < axes; axis++) {  // innermost first
        const int extent = shape[axes - 1 - axis];
        tensor.raw_buffer()->dim[axis] = {0, extent, stride};
        stride *= extent;
    }
    return tensor;
}

Shape with_four_axes(const Shape &shape, const std::string &path) {
    switch (shape.size()) {
    case 2:
        return {shape[0], 1, 1, shape[1]};
    case 3:
        return {shape[0], shape[1], shape[2], 1};
    case 4:
        return shape;
    default:
        refuse(path, shape, "the axes [sample, number], [sample, y, x] or [sample, y, x, channel]");
    }
}

void set_inputs(Dataset &dataset, const std::string &path) {
    const NpyHeader header = read_npy_header(path);
    check_extents(path, header.shape);
    const Shape shape = with_four_axes(header.shape, path);
    if (holds_images(header)) {
        dataset.images = seen_as(shape, read_npy(path));
    } else {
        dataset.features = seen_as(shape, read_npy_floats(path));
    }
}

void set_targets(Dataset &dataset, const std::string &path) {
    const Tensor numbers = read_npy_floats(path);
    const Shape shape = shape_of(numbers);
    if (shape.size() > 2) {
        refuse(path, shape, "targets with the axes [sample] or [sample, number]");
    }
    dataset.targets = seen_as({shape[0], shape.size() == 2 ? shape[1] : 1}, numbers);
}

void set_labels(Dataset &dataset, const std::string &path) {
    const Tensor tensor =
        converted(read_npy(path), halide_type_of<int>(), text("The labels in '", path, "'")).tensor;
    const Shape shape = shape_of(tensor);
    if (shape.size() != 1 && (shape.size() != 2 || shape[1] != 1)) {
        refuse(path, shape,
               "the classes as integers with the axis [sample] or [sample, 1], or targets as floats; convert "
               "them with "
               ".astype");
    }
    const int *labels = static_cast<const int *>(tensor.data());
    dataset.labels.assign(labels, labels + tensor.number_of_elements());
    const auto wrong = std::find_if(dataset.labels.begin(), dataset.labels.end(),
                                    [](int label) { return label < 0 || label >= most_classes; });
    if (wrong != dataset.labels.end()) {
        throw Error(ExitCode::bad_input,
                    text("The label of sample ", wrong - dataset.labels.begin(), " in '", path, "' is ",
                         *wrong, "; expected a class from 0 to ", most_classes - 1, "."));
    }
}

// Classes or targets; one per input where there are inputs.
void set_answers(Dataset &dataset, const std::string &path) {
    const NpyHeader header = read_npy_header(path);
    check_extents(path, header.shape);
    const bool is_float = header.type.code == halide_type_float;
    is_float ? set_targets(dataset, path) : set_labels(dataset, path);
    if (header.shape[0] != dataset.count()) {
        throw Error(ExitCode::bad_input,
                    text("There are ", dataset.count(), " samples in ", dataset.source, " and ",
                         header.shape[0], " labels in '", path, "'; expected one for each."));
    }
}

void name_classes(Dataset &dataset, int largest) {
    for (int label = 0; label <= largest; label++) {
        dataset.classes.push_back(std::to_string(label));
    }
}

int largest_label(const std::vector<int> &labels) {
    return labels.empty() ? -1 : *std::max_element(labels.begin(), labels.end());
}

// Of a file of labels that may be missing or hold targets.
int largest_label_in(const std::string &path) {
    if (!fs::exists(path) || read_npy_header(path).type.code == halide_type_float) {
        return -1;
    }
    Dataset other;
    set_labels(other, path);
    return largest_label(other.labels);
}

std::string in_folder(const std::string &folder, const std::string &name) {
    return (fs::path(folder) / name).string();
}

bool has_split(const std::string &folder) {
    return fs::exists(in_folder(folder, "train-data.npy")) || fs::exists(in_folder(folder, "test-data.npy"));
}

}  // namespace

bool is_npy(const std::string &file) {
    return fs::path(file).extension() == ".npy";
}

bool is_npy_folder(const std::string &folder) {
    return has_split(folder) || fs::exists(in_folder(folder, "data.npy"));
}

Dataset load_npy_folder(const std::string &folder, Split split) {
    if (!has_split(folder)) {
        return load_npy_files(in_folder(folder, "data.npy"), in_folder(folder, "labels.npy"));
    }
    const auto labels_of = [&](Split one) { return in_folder(folder, to_string(one) + "-labels.npy"); };
    Dataset dataset = load_npy_inputs(in_folder(folder, to_string(split) + "-data.npy"));
    dataset.split = true;
    set_answers(dataset, labels_of(split));
    if (!dataset.is_regression()) {
        const Split other = split == Split::train ? Split::test : Split::train;
        name_classes(dataset, std::max(largest_label(dataset.labels), largest_label_in(labels_of(other))));
    }
    return dataset;
}

Dataset load_npy_files(const std::string &data, const std::string &labels) {
    Dataset dataset = load_npy_inputs(data);
    set_answers(dataset, labels);
    name_classes(dataset, largest_label(dataset.labels));
    return dataset;
}

Dataset load_npy_inputs(const std::string &data) {
    Dataset dataset;
    dataset.source = "the NumPy array " + data;
    dataset.split = false;
    set_inputs(dataset, data);
    return dataset;
}

}  // namespace fsd
