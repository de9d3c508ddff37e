// An ONNX file as plain data, read with every bound checked. Nothing of ONNX's own classes goes further than
// the reader.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fsd {

// Numbers that constants may have in all, those made by folding included: 1 GiB as float32.
constexpr int64_t most_constant_numbers = int64_t(1) << 28;
constexpr uint64_t most_onnx_bytes = 0x7fffffff;  // of a protocol buffer

struct OnnxConstant {
    enum class Kind { reals, integers, other };

    Kind kind = Kind::other;
    int type = 0;  // its number in ONNX: 1 is float32
    std::vector<int64_t> shape;
    std::vector<float> reals;       // of float32, float64, float16
    std::vector<int64_t> integers;  // of whole numbers and truth values

    bool is_real() const { return kind == Kind::reals; }
    bool is_integer() const { return kind == Kind::integers; }
    std::size_t count() const { return is_integer() ? integers.size() : reals.size(); }
};

// How many numbers an array of these extents has; -1 where an extent is negative or they are more than
// `most`.
int64_t count_of(const std::vector<int64_t> &shape, int64_t most = most_constant_numbers);

OnnxConstant real_constant(std::vector<int64_t> shape, std::vector<float> values);
OnnxConstant integer_constant(std::vector<int64_t> shape, std::vector<int64_t> values);

struct OnnxSourceAttribute {
    enum class Kind { integer, real, text, integers, reals, tensor, other };

    Kind kind = Kind::other;
    int64_t integer = 0;
    float real = 0;
    std::string text;
    std::vector<int64_t> integers;
    std::vector<float> reals;
    std::shared_ptr<const OnnxConstant> tensor;
};

struct OnnxSourceNode {
    std::string name, op, domain;
    std::vector<std::string> inputs, outputs;  // an empty name: left out
    std::map<std::string, OnnxSourceAttribute> attributes;

    // "Conv 'conv1'", or with its output where it has no name.
    std::string described() const;
};

struct OnnxSourceValue {
    std::string name;
    int type = 0;                // as OnnxConstant's; 0 where it is no tensor
    bool has_shape = false;      // whether the file says it
    std::vector<int64_t> shape;  // -1: free
};

struct OnnxSource {
    int64_t operator_set = 0;
    std::vector<OnnxSourceValue> inputs, outputs;  // inputs without those that have a constant as standard
    std::vector<OnnxSourceNode> nodes;
    std::map<std::string, OnnxConstant> constants;
    std::map<std::string, std::string> metadata;
};

// The types' numbers in ONNX that the importer knows.
constexpr int onnx_float32 = 1, onnx_uint8 = 2, onnx_int64 = 7, onnx_bool = 9;

// "float32", "uint8", ..., or "type 17".
std::string onnx_type_name(int type);

// Reads the bytes of a file; `folder` is where numbers that are stored beside it (external data) may lie.
// Throws Error(bad_input) where the bytes are no ONNX model, or are one that would take much more memory
// than their number.
OnnxSource read_onnx(const std::string &bytes, const std::string &folder,
                     int64_t most_numbers = most_constant_numbers);

// The bytes of the graph alone: two files are the same network where these are equal.
std::string onnx_graph_bytes(const std::string &bytes);

}  // namespace fsd
