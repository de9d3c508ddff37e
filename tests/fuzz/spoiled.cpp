// One mistake each.
#include "tests/fuzz/spoiled.h"

#include "runtime/error.h"
#include "runtime/formats/safetensors.h"
#include "tests/datasets/files.h"
#include "tests/image_files/encoded.h"

#include <cstring>
#include <tuple>

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
        const std::size_t key = text.rfind('"', colon - 1);
        for (const char *member : {"\"height\":1,", "\"size\":1,", "\"scale\":[1],"}) {
            all.push_back(std::string(text).insert(key, member));
        }
        const std::size_t end = std::min(text.find_first_of(",}]", colon + 2), text.size());
        if (text.compare(colon + 2, 1, "[") == 0) {
            all.push_back(std::string(text).replace(colon + 2, text.find(']', colon) - colon - 1, "[]"));
        }
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
    for (const auto &[key, index, value] :
         {std::tuple("novelty/precision", 1, 0.5F), std::tuple("novelty/scores", 0, -1.F)}) {
        if (whole.tensors.count(key) > 0) {
            save([&, name = key, at = index, number = value](Contents &contents) {
                const Tensor &tensor = whole.tensors.at(name);
                Tensor &other = contents.tensors[name] = make_tensor<float>(shape_of(tensor));
                std::memcpy(other.data(), tensor.data(), tensor.size_in_bytes());
                static_cast<float *>(other.data())[at] = number;
            });
        }
    }
    const auto network = whole.metadata.find("network");
    for (const std::string &spoiled :
         network == whole.metadata.end() ? std::vector<std::string>{} : spoiled_json(network->second)) {
        save([&](Contents &contents) { contents.metadata["network"] = spoiled; });
    }
    save([](Contents &contents) { contents.tensors["more"] = make_tensor<float>({1}); });
    save([](Contents &contents) { contents.metadata["more"] = "more"; });
    return files;
}

}  // namespace fsd::testing
