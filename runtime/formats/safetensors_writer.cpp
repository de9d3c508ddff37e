// Lays the tensors out in the order of their names behind a header padded to eight bytes.
#include "runtime/error.h"
#include "runtime/formats/json_text.h"
#include "runtime/formats/output_file.h"
#include "runtime/formats/safetensors.h"

namespace fsd {
namespace {

const char *type_name(const std::string &tensor, const halide_type_t &type) {
    if (type == halide_type_of<float>()) {
        return "F32";
    }
    if (type == halide_type_of<double>()) {
        return "F64";
    }
    if (type == halide_type_of<int32_t>()) {
        return "I32";
    }
    if (type == halide_type_of<uint8_t>()) {
        return "U8";
    }
    if (type == halide_type_of<int8_t>()) {
        return "I8";
    }
    throw Error(ExitCode::internal, text("The tensor ", quoted(tensor), " of type ", to_string(type),
                                         " cannot be stored; float32, float64, int32, int8 and uint8 can."));
}

std::string metadata_text(const std::map<std::string, std::string> &metadata) {
    std::string out;
    for (const auto &[key, value] : metadata) {
        out += (out.empty() ? "" : ",") + json_string(key) + ":" + json_string(value);
    }
    return "\"__metadata__\":{" + out + "}";
}

std::string header_text(const std::map<std::string, std::string> &metadata,
                        const std::map<std::string, Tensor> &tensors) {
    std::string out = "{" + metadata_text(metadata);
    uint64_t begin = 0;
    for (const auto &[name, tensor] : tensors) {
        const uint64_t end = begin + tensor.number_of_elements() * tensor.type().bytes();
        out +=
            text(",", json_string(name), ":{\"dtype\":\"", type_name(name, tensor.type()),
                 "\",\"shape\":", to_string(shape_of(tensor)), ",\"data_offsets\":[", begin, ",", end, "]}");
        begin = end;
    }
    out += "}";
    out.resize((out.size() + 7) / 8 * 8, ' ');
    return out;
}

}  // namespace

std::string safetensors_bytes(const std::map<std::string, std::string> &metadata,
                              const std::map<std::string, Tensor> &tensors) {
    const std::string header = header_text(metadata, tensors);
    const uint64_t length = header.size();
    if (length > most_header_bytes) {
        throw Error(ExitCode::bad_input, text("The header of the file needs ", length, " bytes, but at most ",
                                              most_header_bytes, " are allowed; shorten names and notes."));
    }
    std::string bytes(reinterpret_cast<const char *>(&length), sizeof length);
    bytes += header;
    for (const auto &[name, tensor] : tensors) {
        const Tensor dense = reshaped(tensor, shape_of(tensor));
        bytes.append(static_cast<const char *>(dense.data()), dense.size_in_bytes());
    }
    return bytes;
}

void write_safetensors(const std::string &path, const std::map<std::string, std::string> &metadata,
                       const std::map<std::string, Tensor> &tensors) {
    write_file(path, safetensors_bytes(metadata, tensors));
}

}  // namespace fsd
