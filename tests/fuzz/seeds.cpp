// seeds FOLDER: what the fuzzers begin with, in FOLDER/<fuzzer>/: small files, written by fsdnet's own
// writers where it has them, and cut ones.

// The tests' helpers report through Catch2.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include "runtime/error.h"
#include "runtime/formats/safetensors.h"
#include "runtime/models/model_json.h"
#include "tests/datasets/pack.h"
#include "tests/fuzz/onnx_graphs.h"
#include "tests/fuzz/requests.h"
#include "tests/fuzz/spoiled.h"
#include "tests/quantization/networks.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"
#include "toolkit/npy/npy.h"
#include "toolkit/onnx/onnx.h"
#include "toolkit/quantization/quantized_network.h"
#include "toolkit/training/checkpoint.h"
#include "toolkit/tuning/journal.h"
#include "toolkit/tuning/record.h"

#include <opencv2/imgcodecs.hpp>

#include <cstdio>
#include <filesystem>
#include <limits>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr std::uintmax_t largest_seed = 16384;

class Seeds {
public:
    explicit Seeds(std::string folder) : folder_(std::move(folder)) {}

    // Where a writer is to put a seed of a fuzzer.
    std::string path(const std::string &fuzzer) {
        std::filesystem::create_directories(folder_ + "/" + fuzzer);
        return folder_ + "/" + fuzzer + "/" + std::to_string(count_++);
    }
    void write(const std::string &fuzzer, const std::string &bytes) { write_bytes(path(fuzzer), bytes); }
    void write(const std::string &fuzzer, const Bytes &bytes) {
        write(fuzzer, std::string(bytes.begin(), bytes.end()));
    }

private:
    std::string folder_;
    int count_ = 0;
};

// Also for a fuzzer that looks at the same kind of file in another way, unless it is large.
void share(Seeds &seeds, const std::string &path, const std::string &fuzzer) {
    if (std::filesystem::is_regular_file(path) && std::filesystem::file_size(path) <= largest_seed) {
        seeds.write(fuzzer, read_bytes(path));
    }
}

template<typename File>
void write_all(Seeds &seeds, const std::string &fuzzer, const std::vector<File> &files) {
    for (const File &file : files) {
        seeds.write(fuzzer, file);
    }
}

void models(Seeds &seeds) {
    const auto save = [&](const Model &model) {
        const std::string path = seeds.path("model");
        save_model(model, path);
        share(seeds, path, "container");
    };
    const auto graph = [&](const Model &model, OnnxWeights weights) {
        const std::string bytes = onnx_file(model, OnnxNumbers::bytes, weights);
        if (bytes.size() <= largest_seed) {
            seeds.write("onnx", bytes);
        }
    };
    write_all(seeds, "onnx", onnx_graphs());
    graph(small_model(), OnnxWeights::distributions);
    graph(small_ordinary_model(), OnnxWeights::distributions);
    save(fitted_model());  // version 3
    save(small_ordinary_model());
    for (unsigned seed = 0; seed < 24; seed++) {
        const Model model = seed % 2 ? random_mixed_model(seed) : random_model(seed);
        save(model);
        graph(model, seed % 4 < 2 ? OnnxWeights::distributions : OnnxWeights::folded);
        seeds.write("description", description_to_metadata(model).at("network"));
        seeds.write("json", description_to_metadata(model).at("network"));
    }
    for (unsigned seed = 0; seed < 8; seed++) {
        const std::string path = seeds.path("quantized_model");
        save_quantized(quantize(drawn_network(seed, seed % 2 == 0)), path);
        share(seeds, path, "container");
        if (seed < 2) {
            write_all(seeds, "quantized_model", spoiled_file(path));
        }
    }
    for (const Model &model : {fitted_model(), small_ordinary_model()}) {
        const std::string path = seeds.path("model");
        save_model(model, path);
        write_all(seeds, "model", spoiled_file(path));
        const std::string description = description_to_metadata(model).at("network");
        write_all(seeds, "description", spoiled_json(description));
        for (const std::string &spoiled : spoiled_json(description)) {
            seeds.write("model",
                        safetensors_bytes({{"format", "fsdnet"}, {"version", "3"}, {"network", spoiled}},
                                          model.tensors));
        }
    }
    write_all(seeds, "container", wrong_containers());
    write_all(seeds, "json", wrong_json());
    write_all(seeds, "images", rare_images());
}

void texts(Seeds &seeds) {
    for (const char *text :
         {R"({"a":1,"b":[1,2,-3.5e2],"c":"xé😀\n"})", "[]", R"("\u0000")", R"([1,[2,["x"]]])",
          "9223372036854775807", "-0", "[1,]", R"({"":"","":0})", "1e400", "\"\x80\""}) {
        seeds.write("json", std::string(text));
    }
}

std::string npy_file(int version, const std::string &header, const std::string &elements) {
    std::string file = "\x93NUMPY" + std::string{static_cast<char>(version), '\0'};
    file += static_cast<char>(header.size() & 0xff);
    file += static_cast<char>(header.size() >> 8);
    return file + (version == 1 ? "" : std::string(2, '\0')) + header + elements;
}

void arrays(Seeds &seeds) {
    for (const halide_type_t type :
         {halide_type_of<float>(), halide_type_of<double>(), halide_type_of<std::uint8_t>(),
          halide_type_of<std::int16_t>(), halide_type_of<std::int64_t>()}) {
        const Tensor tensor = make_tensor(type, {2, 3});
        std::memset(tensor.data(), 1, tensor.size_in_bytes());
        std::string bytes = npy_bytes(tensor, {2, 3});
        seeds.write("npy", bytes);
        seeds.write("npy", bytes.substr(0, bytes.size() - 1));
        const std::size_t order = bytes.find("False");
        seeds.write("npy", bytes.replace(order, 5, "True "));
    }
    for (const char *type :
         {"|b1", "|u1", "|i1", "<u2", ">u2", "<i2", ">i4", "<u4", "<i8", ">u8", ">f4", "<f8"}) {
        const auto width = static_cast<std::size_t>(type[2] - '0');
        const std::string elements(2 * width, '\1');
        seeds.write("npy", npy_file(1, text("{'descr': '", type, "', 'fortran_order': True, 'shape': (2L,)}"),
                                    elements));
    }
    const std::string begin = "{'descr': '<f4', 'fortran_order': False, ";
    std::string many_axes;
    while (many_axes.size() < 140) {
        many_axes += "1,";
    }
    for (const std::string &header :
         {begin + "'shape': ()}", begin + "'shape': (1,1,1,)} ", begin + "'shape': (1)}",
          begin + "'shape': (-1,)}", begin + "'shape': (65536,65536)}", begin + "'shape': (99999999999,)}",
          begin + "'descr': '<f4'}", begin + "'order': 1}", begin + "'shape': (1", begin + "}", begin,
          std::string("{'descr': [('x', '<f4')]}"), std::string("{'descr': '<c8'}"),
          std::string("{'fortran_order': 1}"), std::string("{descr: 1}"),
          begin + "'shape': (" + std::string(130, ',') + ")}", begin + "'shape': (" + many_axes + ")}"}) {
        seeds.write("npy", npy_file(2, header, std::string(4, '\1')));
    }
    seeds.write("npy", npy_file(1, begin + "'shape': (1,)}", std::string("\0\0\x80\x7f", 4)));  // an infinity
    seeds.write("npy", npy_file(4, "{}", ""));
    seeds.write("npy", std::string("\x93NUMPY\1\0\xff\xff{}", 12));
    seeds.write("npy", std::string("\x93NUMPY"));
    seeds.write("npy", png(2, 2, 1, 3));
}

void image_sets(Seeds &seeds) {
    const Bytes images = idx({2, 3, 4}, Bytes(24, 7)), labels = idx({2}, {1, 0});
    seeds.write("idx", images);
    seeds.write("idx", gzipped(images));
    seeds.write("idx", Bytes(images.begin(), images.begin() + 20));
    Bytes both = {0, static_cast<std::uint8_t>(labels.size())};
    both.insert(both.end(), labels.begin(), labels.end());
    both.insert(both.end(), images.begin(), images.end());
    seeds.write("idx", both);
    both[0] = 0x80;  // EMNIST's
    seeds.write("idx", both);
    for (const Bytes &wrong :
         {idx({0, 3, 4}, {}), idx({2, 3, 4}, Bytes(25, 7)), idx({1 << 20, 1 << 20, 4}, {}),
          gzipped(idx({16000, 256, 256}, {})), idx({3, 3, 4}, Bytes(36, 7))}) {
        seeds.write("idx", wrong);
        Bytes beside = both;
        beside.resize(2 + labels.size());
        beside.insert(beside.end(), wrong.begin(), wrong.end());
        seeds.write("idx", beside);
    }
    Bytes cut = gzipped(images);
    cut.resize(cut.size() - 6);
    seeds.write("idx", cut);
    both[9] = 3;  // more labels than there are
    seeds.write("idx", both);
    seeds.write("cifar10", Bytes{1, 3, 0, 0, 255});
    seeds.write("cifar10", Bytes{1, 99});
    seeds.write("cifar10", Bytes{0, 1});
    seeds.write("cifar10", Bytes(1 + 3073, 0));
    const Bytes gray = png(2, 3, 1, 9);
    const Bytes archive = tar(
        {tar_entry("train/a/1.png", gray), tar_entry("train/b/1.png", gray),
         tar_entry("././@LongLink", Bytes(150, 'x'), 'L'), tar_entry("test/a/1.png", gray),
         tar_entry("pax", {'9', ' ', 's', 'i', 'z', 'e', '=', '1', '\n'}, 'x'), tar_entry("link", {}, '2')});
    std::vector<Bytes> archives = {archive, gzipped(archive), tar({})};
    for (const char type : std::string("\00012345678SVDKgXxLN", 18)) {
        archives.push_back(tar({tar_entry("train/a/1.png", gray, type), tar_entry("train/b/1.png", gray),
                                tar_entry("test/a/1.png", gray)}));
    }
    for (const char *record :
         {"26 GNU.sparse.name=a/1.png\n", "19 path=train/c.png\n", "11 size=-1\n", "9 sizes\n"}) {
        const std::string text(record);
        archives.push_back(
            tar({tar_entry("pax", Bytes(text.begin(), text.end()), 'x'), tar_entry("train/a/1.png", gray)}));
    }
    Bytes binary = tar_entry("train/a/1.png", gray);
    std::fill_n(binary.begin() + 125, 11, 0);
    binary[124] = 0x80;
    binary[135] = static_cast<std::uint8_t>(gray.size());
    archives.push_back(tar({binary, tar_entry("train/b/1.png", gray)}));
    archives.push_back(Bytes(512, 0));
    archives.back().resize(1024, 7);
    for (Bytes bytes : archives) {
        for (const std::uint8_t repaired : {0, 1}) {
            bytes.insert(bytes.begin(), repaired);
            seeds.write("tar", bytes);
            bytes.erase(bytes.begin());
        }
    }
}

// Archives that libarchive reads, and arrays in them.
void packed(Seeds &seeds) {
    const TemporaryFolder folder;
    const auto write = [&](const std::string &fuzzer, const std::string &format, const std::string &filter,
                           const std::vector<Packed> &files, const char *options = nullptr) {
        for (const char repaired : {0, 1}) {
            seeds.write(fuzzer, repaired + read_bytes(pack(folder, format, filter, files, options)));
        }
    };
    const Bytes gray = png(2, 3, 1, 9);
    const std::vector<Packed> images = {
        {"train/a/1.png", gray}, {"train/b/1.png", gray}, {"test/a/1.png", gray}};
    write("tar", "zip", "", images);
    write("tar", "zip", "", {{"a/1.png", gray}, {"b/1.png", {}, AE_IFLNK}});
    for (const char *filter : {"xz", "bzip2", "zstd", "compress"}) {
        write("tar", "ustar", filter, images);
    }
    write("tar", "pax", "xz", {{"a/1.png", gray}, {"b", {}, AE_IFDIR}, {"b/1.png", {}, AE_IFLNK}});
    for (const char type : {'1', '2', 'S', 'V'}) {
        write("tar", "raw", "bzip2",
              {{"x", tar({tar_entry("a/1.png", gray), tar_entry("b/1.png", gray, type)})}});
    }
    write("tar", "raw", "xz", {{"x", Bytes(700, 'x')}});
    write("tar", "pax", "zstd", {{"a/1.png", gray}, {"pipe", {}, AE_IFIFO}, {"b/1.png", gray}});
    const auto array = [](const std::string &name, const std::string &bytes) {
        return Packed{name + ".npy", Bytes(bytes.begin(), bytes.end())};
    };
    const Tensor pixels = make_tensor<std::uint8_t>({2, 1, 2}), numbers = make_tensor<float>({2, 3}),
                 labels = make_tensor<std::int64_t>({2});
    std::memset(pixels.data(), 7, pixels.size_in_bytes());
    std::memset(numbers.data(), 0, numbers.size_in_bytes());
    std::memset(labels.data(), 0, labels.size_in_bytes());
    const std::string x = npy_bytes(pixels, {2, 1, 2}), z = npy_bytes(numbers, {2, 3}),
                      y = npy_bytes(labels, {2});
    const char *const stored = "zip:compression=store";
    write("npz", "zip", "", {array("x", x), array("y", y)});
    write("npz", "zip", "", {array("x", z), array("y", z)}, stored);
    write("npz", "zip", "", {array("x", x)}, stored);
    write("npz", "zip", "",
          {array("train_images", x), array("train_labels", y), array("test_images", x),
           array("test_labels", y), array("val_images", x)},
          stored);
    write("npz", "zip", "", {array("x", x), array("data", x), array("y", y)}, stored);
    write("npz", "zip", "", {array("x_images", x), array("what", x), array("train_test_x", y)}, stored);
    write("npz", "zip", "", {array("x", y), array("y", "no array")}, stored);
    write("npz", "zip", "", {}, stored);
    write("npz", "zip", "", {{"x.npy", {}, AE_IFLNK}}, stored);
}

void tables(Seeds &seeds) {
    for (const char *table :
         {"a.pgm,cat\n\"a.pgm\",\"d\"\"o,g\"\r\n\n",
          "\xef\xbb\xbfLabel,File,Split\ncat,a.pgm,train\ncat,a.pgm,test\n", "path,class\n\"a.pgm\"x,cat\n",
          "a.pgm\n", "a.pgm,\n", "\"a.pgm", "b.pgm,cat\n", "path,label,split\na.pgm,cat,some\n"}) {
        seeds.write("image_table", std::string(table));
    }
}

void images(Seeds &seeds) {
    const std::map<std::string, std::vector<int>> channels_of = {
        {".png", {1, 3, 4}}, {".jpg", {1, 3}}, {".webp", {3, 4}}, {".tif", {1, 3, 4}},
        {".bmp", {1, 3}},    {".pgm", {1}},    {".ppm", {3}}};
    for (const auto &[format, possible] : channels_of) {
        for (const int channels : possible) {
            cv::Mat image(9, 7, CV_8UC(channels));
            cv::randu(image, 0, 255);
            Bytes bytes;
            cv::imencode(format, image, bytes);
            seeds.write("images", bytes);
            bytes.resize(bytes.size() * 2 / 3);
            seeds.write("images", bytes);
        }
    }
}

void runs(Seeds &seeds) {
    Checkpoint checkpoint;
    checkpoint.identity = {{"format", "fsdnet-checkpoint"}, {"version", "5"}, {"seed", "1"}, {"noise", "0"}};
    checkpoint.step = 4;
    checkpoint.losses = {0.5};
    checkpoint.accuracies = {0.9};
    checkpoint.held_out_losses = {{1, 0.4}};
    checkpoint.vectors = {{"parameters", make_tensor<float>({16})},
                          {"adam_moment1", make_tensor<float>({16})}};
    save_checkpoint(checkpoint, seeds.path("checkpoint"));
    const auto save = [&](const auto &change) {
        Checkpoint other = checkpoint;
        change(other);
        save_checkpoint(other, seeds.path("checkpoint"));
    };
    for (const char *version : {"2", "3", "4"}) {
        save([&](Checkpoint &other) {
            other.identity["version"] = version;
            other.identity.erase("noise");
        });
    }
    save([](Checkpoint &other) { other.identity.erase("format"); });
    save([](Checkpoint &other) { other.identity.erase("seed"); });
    save([](Checkpoint &other) { other.identity["seed"] = "2"; });
    save([](Checkpoint &other) { other.step = -1; });
    save([](Checkpoint &other) { other.loss_sum = std::numeric_limits<double>::infinity(); });
    save([](Checkpoint &other) { other.held_out_losses = {{7, 0.4}}; });
    save([](Checkpoint &other) { other.held_out_losses = {{1, 0.4}, {2, 0.4}}; });
    save([](Checkpoint &other) { other.vectors["parameters"] = make_tensor<float>({15}); });
    save([](Checkpoint &other) { other.vectors["parameters"] = make_tensor<double>({16}); });
    save([](Checkpoint &other) { other.vectors["more"] = make_tensor<float>({1}); });
    save([](Checkpoint &other) {
        other.vectors["parameters"] = make_tensor<float>({16});
        static_cast<float *>(other.vectors["parameters"].data())[3] = std::numeric_limits<float>::quiet_NaN();
    });

    using namespace fsd::tuning;
    const std::string path = seeds.path("tuning_log");
    Journal journal(path, Subject{"kld_linear", "avx2", "CPU", "0123456789abcdef", 1, {{{"sample", 4}}}});
    JournalEntry entry;
    entry.candidate.parameters = {{"rows", "12"}};
    entry.verdict = "failed";
    entry.sentence = "It was killed by signal 11.";
    entry.against = "default";
    journal.append(entry);
    entry.verdict = "timed";
    entry.comparison.shapes = {{0.9, 1, 1.1}};
    entry.best_seconds = entry.seconds = {0.001};
    entry.candidate.autoscheduler = "Adams2019";
    entry.shape = 0;
    entry.final = true;
    journal.append(entry);
    for (const Subject &subject : {Subject{"no_operator", "avx2", "CPU", "", 1, {{{"sample", 4}}}},
                                   Subject{"kld_linear", "no_target", "CPU", "", 1, {{{"sample", 4}}}},
                                   Subject{"kld_linear", "opencl", "GPU", "", 1, {{{"no_axis", 4}}}},
                                   Subject{"kld_linear", "avx2", "CPU", "", 1, {}}}) {
        Journal(seeds.path("tuning_log"), subject);
    }
    Record record;
    record.subject = {"kld_linear", "avx2", "CPU", "0123", 2, {{{"sample", 4}}}};
    record.shapes.push_back(ShapeRecord{
        {{"sample", 4}}, 0.001, {0.9, 1, 1.1}, {{"Adams2019", 1.5}, {"Mullapudi2016", std::nullopt}}});
    write_all(seeds, "tuning_log", spoiled_json(read_bytes(path)));
    const std::string kept = seeds.path("tuning_log");
    keep_record(kept, record);
    for (const auto &file : std::filesystem::directory_iterator(FSDNET_TUNED)) {
        share(seeds, file.path(), "tuning_log");
    }
}

}  // namespace

int main(int count, char **arguments) {
    if (count != 2) {
        std::fprintf(stderr, "Usage: seeds FOLDER\n");
        return 2;
    }
    Seeds seeds(arguments[1]);
    models(seeds);
    texts(seeds);
    arrays(seeds);
    image_sets(seeds);
    packed(seeds);
    tables(seeds);
    write_all(seeds, "demo", page_requests());
    write_all(seeds, "http", connections());
    images(seeds);
    runs(seeds);
    return 0;
}
