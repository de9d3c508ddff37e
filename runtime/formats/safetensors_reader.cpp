// Checks the header of a .safetensors file before anything else is read.
#include "runtime/error.h"
#include "runtime/formats/content_kind.h"
#include "runtime/formats/json_reader.h"
#include "runtime/formats/json_text.h"
#include "runtime/formats/safetensors.h"

#include <algorithm>
#include <array>
#include <limits>

namespace fsd {
namespace {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "safetensors files are little-endian");

// With these limits the decoded header needs less than 1 MiB beyond the file's own size
// (tests/malformed.cpp).
constexpr std::size_t most_tensors = 1024;
constexpr std::size_t most_metadata = 64;
constexpr std::size_t most_axes = 8;

struct ElementType {
    const char *name;
    uint64_t bytes;
};
constexpr std::array<ElementType, 13> element_types = {{{"BOOL", 1},
                                                        {"U8", 1},
                                                        {"I8", 1},
                                                        {"F8_E4M3", 1},
                                                        {"F8_E5M2", 1},
                                                        {"U16", 2},
                                                        {"I16", 2},
                                                        {"F16", 2},
                                                        {"BF16", 2},
                                                        {"U32", 4},
                                                        {"I32", 4},
                                                        {"F32", 4},
                                                        {"F64", 8}}};

uint64_t element_bytes(const JsonReader &json, const std::string &type) {
    for (const ElementType &known : element_types) {
        if (type == known.name) {
            return known.bytes;
        }
    }
    json.refuse(text("unknown dtype ", quoted(type), "."));
}

std::vector<int64_t> read_shape(JsonReader &json) {
    std::vector<int64_t> shape;
    json.array(most_axes, [&](std::size_t) {
        shape.push_back(json.integer());
        if (shape.back() < 0 || shape.back() > std::numeric_limits<int32_t>::max()) {
            json.refuse(text("the extent ", shape.back(), " is not between 0 and 2^31 - 1."));
        }
    });
    return shape;
}

void read_offsets(JsonReader &json, StoredTensor &tensor) {
    std::array<int64_t, 2> offsets{};
    std::size_t count = 0;
    json.array(2, [&](std::size_t index) {
        offsets[index] = json.integer();
        count++;
    });
    if (count != 2 || offsets[0] < 0 || offsets[1] < offsets[0]) {
        json.refuse("data_offsets must be two numbers, 0 <= begin <= end.");
    }
    tensor.begin = static_cast<uint64_t>(offsets[0]);
    tensor.end = static_cast<uint64_t>(offsets[1]);
}

// Refuses products that do not fit 64 bits rather than wrapping around.
uint64_t bytes_of(const JsonReader &json, const StoredTensor &tensor) {
    uint64_t bytes = element_bytes(json, tensor.type);
    for (const int64_t extent : tensor.shape) {
        if (__builtin_mul_overflow(bytes, static_cast<uint64_t>(extent), &bytes)) {
            json.refuse("the product of the extents of the shape does not fit 64 bits.");
        }
    }
    return bytes;
}

StoredTensor read_tensor(JsonReader &json) {
    StoredTensor tensor;
    int members = 0;
    json.object(3, [&](const std::string &key) {
        members++;
        if (key == "dtype") {
            tensor.type = json.string();
        } else if (key == "shape") {
            tensor.shape = read_shape(json);
        } else if (key == "data_offsets") {
            read_offsets(json, tensor);
        } else {
            json.refuse("unknown key; a tensor has dtype, shape and data_offsets.");
        }
    });
    if (members != 3) {
        json.refuse("a tensor must have dtype, shape and data_offsets.");
    }
    const uint64_t bytes = bytes_of(json, tensor);
    if (tensor.end - tensor.begin != bytes) {
        json.refuse(text("dtype and shape need ", bytes, " bytes, but data_offsets give it ",
                         tensor.end - tensor.begin, "."));
    }
    return tensor;
}

// Where the bytes are known to be something else, that says more than the length that they would give.
void refuse_other_content(const InputFile &file) {
    std::string begin(std::min<uint64_t>(file.size(), content_kind_bytes), '\0');
    file.read(0, begin.data(), begin.size());
    const std::string kind = content_kind(begin);
    if (!kind.empty() && kind.find(".safetensors") == std::string::npos) {
        throw Error(ExitCode::bad_input,
                    text(file.path(), ": this is no .safetensors file; it is ", kind, "."));
    }
}

uint64_t header_length(const InputFile &file) {
    uint64_t length = 0;
    if (file.size() < sizeof length) {
        throw Error(ExitCode::bad_input,
                    text(file.path(), ": the file has ", file.size(),
                         " bytes; a .safetensors file begins with 8 bytes of header length."));
    }
    file.read(0, &length, sizeof length);
    const uint64_t most = std::min(most_header_bytes, file.size() - sizeof length);
    if (length < 2 || length > most) {
        refuse_other_content(file);
        throw Error(ExitCode::bad_input,
                    text(file.path(), ": the header length ", length, " is not between 2 and ", most,
                         most < most_header_bytes ? " (the bytes that follow)" : " (the limit of fsdnet)",
                         "; this is no .safetensors file, or it is truncated."));
    }
    return length;
}

}  // namespace

SafetensorsFile::SafetensorsFile(const std::string &path) : file_(path) {
    std::string header(header_length(file_), '\0');
    file_.read(sizeof(uint64_t), header.data(), header.size());
    data_start_ = sizeof(uint64_t) + header.size();
    read_header(header);
    check_coverage();
}

void SafetensorsFile::read_header(const std::string &header) {
    JsonReader json(header, path() + ": header");
    json.object(most_tensors + 1, [&](const std::string &key) {
        if (key != "__metadata__") {
            tensors_[key] = read_tensor(json);
            return;
        }
        json.object(most_metadata, [&](const std::string &name) { metadata_[name] = json.string(); });
    });
    json.end();
}

void SafetensorsFile::check_coverage() const {
    std::vector<std::pair<const StoredTensor *, const std::string *>> in_order;
    in_order.reserve(tensors_.size());
    for (const auto &[name, tensor] : tensors_) {
        in_order.emplace_back(&tensor, &name);
    }
    std::sort(in_order.begin(), in_order.end(), [](const auto &a, const auto &b) {
        return std::pair(a.first->begin, a.first->end) < std::pair(b.first->begin, b.first->end);
    });
    uint64_t covered = 0;
    for (const auto &[tensor, name] : in_order) {
        if (tensor->begin != covered) {
            throw Error(ExitCode::bad_input,
                        text(path(), ": tensor ", quoted(*name), " begins at byte ", tensor->begin,
                             " of the data, ",
                             tensor->begin < covered ? "overlapping the tensor before it, which ends"
                                                     : "but the tensor before it ends",
                             " at byte ", covered, "."));
        }
        covered = tensor->end;
    }
    const uint64_t available = file_.size() - data_start_;
    if (covered != available) {
        throw Error(
            ExitCode::bad_input,
            text(path(), ": the tensors need ", covered, " bytes of data, but the file has ", available,
                 covered > available ? "; it is truncated." : "; what follows belongs to no tensor."));
    }
}

void SafetensorsFile::read(const StoredTensor &tensor, void *destination) const {
    file_.read(data_start_ + tensor.begin, destination, tensor.end - tensor.begin);
}

}  // namespace fsd
