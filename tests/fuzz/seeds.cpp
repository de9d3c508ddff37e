// seeds FOLDER: what the fuzzers begin with, in FOLDER/<fuzzer>/: small files, written by fsdnet's own
// writers where it has them, and cut ones.

// The tests' helpers report through Catch2.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include "runtime/error.h"
#include "runtime/formats/safetensors.h"
#include "runtime/models/model_json.h"
#include "tests/datasets/files.h"
#include "tests/fuzz/onnx_graphs.h"
#include "tests/fuzz/requests.h"
#include "tests/fuzz/seed_folder.h"
#include "tests/fuzz/spoiled.h"
#include "tests/quantization/networks.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"
#include "toolkit/npy/npy.h"
#include "toolkit/onnx/onnx.h"
#include "toolkit/quantization/quantized_network.h"

#include <opencv2/imgcodecs.hpp>

#include <cstdio>

using namespace fsd;
using namespace fsd::testing;

namespace {

// A novelty of other classes and layers than the model has, which may have neither.
std::string with_foreign_novelty(const Model &model) {
    std::map<std::string, Tensor> tensors = model.tensors;
    for (const char *part : {"mean", "precision", "scores"}) {
        Tensor number = make_tensor<float>({1});
        static_cast<float *>(number.data())[0] = 1;
        tensors[text("novelty/", part)] = number;
    }
    const std::string description = description_to_metadata(model).at("network");
    return safetensors_bytes({{"format", "fsdnet"}, {"version", "3"}, {"network", description}}, tensors);
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
            seeds.write("onnx", '\0' + bytes);
        }
    };
    // The first byte says how a file is imported.
    char way = 0;
    for (const std::vector<std::string> &files :
         {onnx_graphs(), onnx_mistakes(),
          onnx_changed(onnx_file(small_ordinary_model(), OnnxNumbers::bytes, OnnxWeights::distributions))}) {
        for (const std::string &file : files) {
            seeds.write("onnx", '\0' + file);
            seeds.write("onnx", way + file);
            way = static_cast<char>((way + 1) % 16);
        }
    }
    graph(small_model(), OnnxWeights::distributions);
    graph(small_ordinary_model(), OnnxWeights::distributions);
    save(fitted_model());  // version 3
    save(small_ordinary_model());
    int vectors = 0;
    for (unsigned seed = 0; seed < 24; seed++) {
        const Model model = seed % 2 ? random_mixed_model(seed) : random_model(seed);
        save(model);
        graph(model, seed % 4 < 2 ? OnnxWeights::distributions : OnnxWeights::folded);
        seeds.write("model", with_foreign_novelty(model));
        seeds.write("description", description_to_metadata(model).at("network"));
        seeds.write("json", description_to_metadata(model).at("network"));
        if (model.input.kind == InputKind::vector && vectors++ == 0) {
            write_all(seeds, "description", spoiled_json(description_to_metadata(model).at("network")));
        }
    }
    for (unsigned seed = 0; seed < 8; seed++) {
        const std::string path = seeds.path("quantized_model");
        save_quantized(quantize(drawn_network(seed, seed % 2 == 0)), path);
        share(seeds, path, "container");
        share(seeds, path, "model");
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
