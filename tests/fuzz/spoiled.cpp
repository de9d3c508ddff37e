// One mistake each.
#include "tests/fuzz/spoiled.h"

#include "runtime/error.h"
#include "runtime/formats/safetensors.h"
#include "tests/datasets/files.h"
#include "tests/image_files/encoded.h"

#include <opencv2/core.hpp>

#include <turbojpeg.h>

#include <cstring>
#include <memory>

namespace fsd::testing {
namespace {

std::string container(const std::string &header, std::size_t bytes) {
    const std::uint64_t length = header.size();
    std::string file(sizeof length, '\0');
    std::memcpy(file.data(), &length, sizeof length);
    return file + header + std::string(bytes, '\1');
}

std::string tensor_header(const std::string &type, const std::string &shape, const std::string &offsets) {
    return text(R"("dtype":")", type, R"(","shape":[)", shape, R"(],"data_offsets":[)", offsets, "]");
}

struct Contents {
    std::map<std::string, std::string> metadata;
    std::map<std::string, Tensor> tensors;

    std::string bytes() const { return safetensors_bytes(metadata, tensors); }
};

halide_type_t type_of(const std::string &name) {
    return name == "F32"   ? halide_type_of<float>()
           : name == "F64" ? halide_type_of<double>()
           : name == "I32" ? halide_type_of<std::int32_t>()
           : name == "U8"  ? halide_type_of<std::uint8_t>()
                           : halide_type_of<std::int8_t>();
}

Contents contents_of(const std::string &path) {
    const SafetensorsFile file(path);
    Contents contents{file.metadata(), {}};
    for (const auto &[name, stored] : file.tensors()) {
        const Tensor tensor =
            make_tensor(type_of(stored.type), Shape(stored.shape.begin(), stored.shape.end()));
        file.read(stored, tensor.data());
        contents.tensors[name] = tensor;
    }
    return contents;
}

cv::Mat drawn(int type) {
    cv::Mat image(5, 4, type);
    cv::randu(image, 0, 255);
    return image;
}

}  // namespace

std::vector<std::string> wrong_containers() {
    std::vector<std::string> files = {"short", container("{", 0), std::string(8, '\x7f') + "{}"};
    for (const std::string &tensor :
         {tensor_header("F3", "1", "0,4"), tensor_header("F32", "-1", "0,4"),
          tensor_header("F32", "1", "4,0"), tensor_header("F32", "1", "0"), tensor_header("F32", "2", "0,4"),
          tensor_header("F32", "2147483647,2147483647,2147483647", "0,4"),
          tensor_header("F32", "3000000000", "0,4"), tensor_header("F32", "1,1,1,1,1,1,1,1,1", "0,4"),
          std::string(R"("dtype":"F32")"), std::string(R"("what":1)"), tensor_header("F32", "1", "4,8"),
          tensor_header("F32", "1", "0,4"), tensor_header("I8", "5", "0,5")}) {
        files.push_back(container(text("{\"t\":{", tensor, "}}"), 4));
    }
    files.push_back(container(text("{\"t\":{", tensor_header("F32", "1", "0,4"), "},\"u\":{",
                                   tensor_header("F32", "1", "0,4"), "}}"),
                              4));
    for (const Bytes &other : {png(40, 40, 3, 7), gzipped(Bytes(100, 1)), idx({2, 3, 4}, Bytes(24, 7))}) {
        files.emplace_back(other.begin(), other.end());
    }
    return files;
}

std::vector<std::string> wrong_json() {
    std::vector<std::string> texts;
    for (const char *wrong : {"",
                              "{",
                              "{\"a\"",
                              "{\"a\":",
                              "{\"a\":1",
                              "{\"a\":1,}",
                              "{\"a\":1,\"a\":2}",
                              "{a:1}",
                              "[1",
                              "[1,,2]",
                              "\"",
                              "\"\\x\"",
                              "\"\\u12\"",
                              "\"\\ud800\"",
                              "\"\\ud800\\u0041\"",
                              "\"\\udc00\"",
                              "\"\x01\"",
                              "\"\xff\"",
                              "\"\xe2\x82\"",
                              "tru",
                              "-",
                              "01",
                              "1.",
                              "1e",
                              "1e999",
                              "99999999999999999999",
                              "1 2",
                              "[1] 2",
                              "\"a\" 2",
                              "{\"a\":1} 2",
                              "null",
                              "+1",
                              ".5",
                              "\"\\",
                              "\"\\n",
                              "\"\xed\xa0\x80\"",
                              "\"\xf5\x80\x80\x80\"",
                              "{\"a\":\"\\ud83d\\ude00\"",
                              "[1.5,\"x\"]",
                              "[\"x\",1.5]"}) {
        for (int blanks = 0; blanks < 8; blanks++) {
            texts.push_back(std::string(static_cast<std::size_t>(blanks), ' ') + wrong);
        }
    }
    std::string many = "[0";
    for (int i = 0; i < 1001; i++) {
        many += ",0";
    }
    texts.push_back(many + "]");
    return texts;
}

std::vector<std::string> spoiled_json(const std::string &text) {
    std::vector<std::string> all;
    for (std::size_t colon = text.find("\":"); colon != std::string::npos;
         colon = text.find("\":", colon + 1)) {
        all.push_back(std::string(text).insert(colon, "z"));
        const std::size_t end = std::min(text.find_first_of(",}]", colon + 2), text.size());
        for (const char *value : {"0", "-1", "70000", "99999999999", "\"x\"", "\"\"", "\"a b\"",
                                  "\"\\u0000\"", "[]", "{}", "0.5"}) {
            all.push_back(std::string(text).replace(colon + 2, end - colon - 2, value));
        }
    }
    return all;
}

std::vector<std::string> spoiled_file(const std::string &path) {
    const Contents whole = contents_of(path);
    std::vector<std::string> files;
    const auto save = [&](const auto &change) {
        Contents contents = whole;
        change(contents);
        files.push_back(contents.bytes());
    };
    for (const auto &[key, value] : whole.metadata) {
        save([&, name = key](Contents &contents) { contents.metadata.erase(name); });
        for (const char *other : {"", "9", "{}", "fsdnet"}) {
            save([&, name = key](Contents &contents) { contents.metadata[name] = other; });
        }
        save([&, name = key, is = value](Contents &contents) { contents.metadata[name] = is + " "; });
    }
    for (const auto &[key, tensor] : whole.tensors) {
        save([&, name = key](Contents &contents) { contents.tensors.erase(name); });
        save([&, name = key](Contents &contents) { contents.tensors[name] = make_tensor<float>({1}); });
        save(
            [&, name = key](Contents &contents) { contents.tensors[name] = make_tensor<std::uint8_t>({1}); });
        for (const int byte : {0xff, 0x7f, 0x00}) {
            save([&, name = key, like = tensor](Contents &contents) {
                const Tensor filled = make_tensor(like.type(), shape_of(like));
                std::memset(filled.data(), byte, filled.size_in_bytes());
                contents.tensors[name] = filled;
            });
        }
    }
    save([](Contents &contents) { contents.tensors["more"] = make_tensor<float>({1}); });
    save([](Contents &contents) { contents.metadata["more"] = "more"; });
    return files;
}

namespace {

// By libjpeg-turbo, as print shops write them.
Bytes inks() {
    const cv::Mat image = drawn(CV_8UC4);
    const std::unique_ptr<void, decltype(&tjDestroy)> encoder(tjInitCompress(), tjDestroy);
    unsigned char *made = nullptr;
    unsigned long size = 0;
    tjCompress2(encoder.get(), image.data, image.cols, static_cast<int>(image.step), image.rows, TJPF_CMYK,
                &made, &size, TJSAMP_444, 90, 0);
    const Bytes bytes(made, made + size);
    tjFree(made);
    return bytes;
}

}  // namespace

std::vector<Bytes> rare_images() {
    const cv::Mat gray = drawn(CV_8UC1), color = drawn(CV_8UC3), clear = drawn(CV_8UC4),
                  deep = drawn(CV_16UC1);
    std::vector<Bytes> all;
    for (int orientation = 0; orientation < 10; orientation++) {
        for (const char *order : {"II", "MM"}) {
            const Bytes block = exif(orientation, order);
            all.push_back(jpeg_with(encoded(".jpg", color), block));
            all.push_back(png_with(encoded(".png", clear), png_chunk("eXIf", block)));
            all.push_back(webp_with(encoded(".webp", color), color.size(), false, block));
        }
        TiffTags tags;
        tags.orientation = orientation;
        all.push_back(tiff(gray, tags));
    }
    for (const cv::Mat &image : {gray, deep, color}) {
        all.push_back(encoded(".png", image));
        all.push_back(encoded(".tif", image));
        TiffTags tags;
        tags.bits = image.depth() == CV_16U ? 16 : 8;
        tags.photometric = image.channels() == 3 ? 2 : 0;
        all.push_back(tiff(image, tags));
    }
    for (const int alpha : {1, 2}) {
        TiffTags tags;
        tags.photometric = 2;
        tags.alpha = alpha;
        all.push_back(tiff(clear, tags));
    }
    TiffTags ink;
    ink.photometric = 5;
    all.push_back(tiff(clear, ink));
    for (const char *text :
         {"P1 2 2 0 1 1 0", "P2 2 1 15 3 15", "P3 1 1 255 1 2 3", "P4 8 1 \x55", "P5 2 1 255 \1\2",
          "P5 1 1 4095 \1\2", "P6 1 1 255 \1\2\3", "P2\n# a comment\n2 1\n15 3 99", "P5 2 1 0 \1\2",
          "P5 2 1 99999 \1\2", "P5 0 1 255 ", "P5 99999 99999 255 ", "P2 2 1 255 3", "P7 1 1", "P5 x",
          "P1 2 1 5 5", "P6 2 2 255 \1"}) {
        all.push_back(bytes_of(text));
    }
    for (const int bits : {1, 4, 8, 16, 24, 32, 7}) {
        for (const int compression : {0, 1, 3, 9}) {
            all.push_back(bmp({4, 3, bits, compression}, Bytes(16, 0x55), Bytes(64, 0x11)));
        }
    }
    all.push_back(bmp({40000, 40000, 24, 0}, {}, Bytes(8, 1)));
    all.push_back(inks());
    all.emplace_back();
    all.push_back(bytes_of("RIFF\x10"));
    all.push_back(bytes_of("no image"));
    all.push_back(bytes_of("\xff\xd8\xff\xff\xff\xe0"));
    const std::size_t whole = all.size();
    for (std::size_t i = 0; i < whole; i += 3) {
        all.emplace_back(all[i].begin(), all[i].begin() + static_cast<std::ptrdiff_t>(all[i].size() / 2));
        if (!all[i].empty()) {
            all.push_back(all[i]);
            all.back()[all.back().size() / 3] ^= 0xff;
        }
    }
    return all;
}

}  // namespace fsd::testing
