// Arrays become files of a folder that npy_data.h reads, and that goes away with the call.
#include "toolkit/datasets/npz.h"

#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "runtime/formats/printable_text.h"
#include "toolkit/datasets/archive.h"
#include "toolkit/datasets/npy_data.h"
#include "toolkit/system/work_folder.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>

namespace fsd {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largest_array = std::uint64_t{1} << 33;  // bytes

std::vector<std::string> words_of(const std::string &name) {
    std::vector<std::string> words(1);
    for (const char character : name) {
        if (character == '_' || character == '-' || character == '.') {
            words.emplace_back();
        } else {
            words.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(character)));
        }
    }
    return words;
}

// What the words of arrays' names mean.
const std::map<std::string, std::string> &meanings() {
    static const std::map<std::string, std::string> all{
        {"x", "data"},        {"data", "data"},      {"images", "data"},   {"imgs", "data"},
        {"image", "data"},    {"features", "data"},  {"inputs", "data"},   {"y", "labels"},
        {"labels", "labels"}, {"label", "labels"},   {"target", "labels"}, {"targets", "labels"},
        {"train", "train"},   {"training", "train"}, {"test", "test"},     {"testing", "test"},
        {"val", "val"},       {"valid", "val"},      {"validation", "val"}};
    return all;
}

// "data", "train-labels", ...; empty where the name says nothing of the kind.
std::string role_of(const std::string &name) {
    std::string split, content;
    for (const std::string &word : words_of(name)) {
        const auto found = meanings().find(word);
        if (found == meanings().end()) {
            return "";
        }
        const bool is_content = found->second == "data" || found->second == "labels";
        std::string &place = is_content ? content : split;
        if (!place.empty()) {
            return "";
        }
        place = found->second;
    }
    return content.empty() ? "" : split.empty() ? content : split + "-" + content;
}

// The arrays of a file, each as a file of a folder.
class Unpacked {
public:
    explicit Unpacked(std::string file) : file_(std::move(file)) {}

    // name_of(array): what its file is called; nothing is written where that is empty.
    template<typename NameOf>
    void unpack(NameOf name_of) {
        ArchiveReader reader(file_);
        for (ArchiveReader::Entry entry; reader.next(entry);) {
            const std::string array = fs::path(entry.name).stem().string();
            names_.push_back(array);
            const std::string name = entry.unusual ? "" : name_of(array);
            if (name.empty()) {
                continue;
            }
            const auto [place, is_new] = arrays_.emplace(name, array);
            if (!is_new) {
                refuse(text("both ", printable_text(place->second), " and ", printable_text(array),
                            " could be its ", name));
            }
            const std::vector<std::uint8_t> bytes = reader.content(largest_array);
            write_file(path_of(name), bytes.data(), bytes.size());
        }
    }

    bool has(const std::string &name) const { return arrays_.count(name) != 0; }
    std::string path_of(const std::string &name) const { return folder_.file(name + ".npy"); }
    const std::string &folder() const { return folder_.path(); }
    std::string names() const {
        std::string all;
        for (const std::string &name : names_) {
            all += (all.empty() ? "" : ", ") + printable_text(name);
        }
        return all.empty() ? "none" : all;
    }

    [[noreturn]] void refuse(const std::string &reason) const {
        throw Error(ExitCode::bad_input, text("The file ", file_, " cannot be used: ", reason, "."));
    }

    // A sentence about the folder's files, about the arrays.
    std::string of_arrays(std::string sentence) const {
        for (const auto &[name, array] : arrays_) {
            replace(sentence, path_of(name), printable_text(file_ + ":" + array));
        }
        return sentence;
    }

private:
    static void replace(std::string &sentence, const std::string &what, const std::string &by) {
        for (std::size_t at = 0; (at = sentence.find(what, at)) != std::string::npos; at += by.size()) {
            sentence.replace(at, what.size(), by);
        }
    }

    std::string file_;
    WorkFolder folder_{"fsdnet-npz"};
    std::vector<std::string> names_;
    std::map<std::string, std::string> arrays_;  // by the name of their file
};

template<typename Load>
Dataset load_arrays(const std::vector<const Unpacked *> &files, const std::string &source, Load load) {
    try {
        Dataset dataset = load();
        dataset.source = "the NumPy arrays in " + source;
        return dataset;
    } catch (const Error &error) {
        std::string sentence = error.what();
        for (const Unpacked *file : files) {
            sentence = file->of_arrays(sentence);
        }
        throw Error(error.code(), sentence);
    }
}

}  // namespace

bool is_npz(const std::string &file) {
    return fs::path(file).extension() == ".npz";
}

Dataset load_npz(const std::string &file, Split split) {
    Unpacked arrays(file);
    arrays.unpack(role_of);
    const bool has_split = arrays.has("train-data") || arrays.has("test-data");
    for (const std::string content : {"data", "labels"}) {
        const std::string name = has_split ? to_string(split) + "-" + content : content;
        if (!arrays.has(name)) {
            arrays.refuse(text("none of its arrays (", arrays.names(), ") is its ", name,
                               "; expected names such as x and y, x_train, y_train, x_test and y_test, or "
                               "train_images and train_labels"));
        }
    }
    Dataset dataset = load_arrays({&arrays}, file, [&] { return load_npy_folder(arrays.folder(), split); });
    if (arrays.has("val-data")) {
        dataset.notes.push_back(text("The arrays of validation in ", printable_text(file),
                                     " are not read; training holds out images of its own."));
    }
    return dataset;
}

Dataset load_npz_files(const std::string &data, const std::string &labels) {
    Unpacked inputs(data), answers(labels);
    inputs.unpack([](const std::string &) { return "data"; });
    answers.unpack([](const std::string &) { return "labels"; });
    if (!inputs.has("data") || !answers.has("labels")) {
        (inputs.has("data") ? answers : inputs).refuse("it holds no array");
    }
    return load_arrays({&inputs, &answers}, data,
                       [&] { return load_npy_files(inputs.path_of("data"), answers.path_of("labels")); });
}

}  // namespace fsd
