// Numbers may stand in lists of their type, as raw bytes, or in a file beside the model.
#include "toolkit/onnx/import/onnx_tensor.h"

#include "runtime/error.h"
#include "runtime/formats/input_file.h"
#include "runtime/formats/json_text.h"
#include "toolkit/onnx/import/onnx_small_floats.h"

#include <onnx/onnx_pb.h>

#include <charconv>
#include <cstring>
#include <filesystem>

namespace fsd {
namespace {

using onnx::TensorProto;

[[noreturn]] void refuse(const TensorProto &tensor, const std::string &sentence) {
    throw Error(ExitCode::bad_input, text("The constant ", fsd::quoted(tensor.name()), " ", sentence));
}

int64_t whole_number(const TensorProto &tensor, const std::string &key, const std::string &digits) {
    int64_t value = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (failure != std::errc() || end != digits.data() + digits.size() || value < 0) {
        refuse(tensor, text("says ", key, " ", fsd::quoted(digits), " where a whole number belongs."));
    }
    return value;
}

// Only a file in the model's own folder, and no link: a model may not name what else lies on the disk.
std::string external_bytes(const TensorProto &tensor, const std::string &folder, std::size_t wanted) {
    std::string location;
    int64_t offset = 0, length = static_cast<int64_t>(wanted);
    for (const onnx::StringStringEntryProto &entry : tensor.external_data()) {
        if (entry.key() == "location") {
            location = entry.value();
        } else if (entry.key() == "offset") {
            offset = whole_number(tensor, "offset", entry.value());
        } else if (entry.key() == "length") {
            length = whole_number(tensor, "length", entry.value());
        }
    }
    const bool plain = !location.empty() && location != "." && location != ".." &&
                       location.find('/') == std::string::npos && location.find('\0') == std::string::npos;
    const std::filesystem::path path = std::filesystem::path(folder) / location;
    std::error_code failure;
    if (!plain || folder.empty() || !std::filesystem::is_regular_file(symlink_status(path, failure))) {
        refuse(tensor,
               text("is stored in the file ", fsd::quoted(location),
                    "; only a regular file in the model's own folder is read. Put the numbers into the "
                    "model: onnx.save(onnx.load(\"model.onnx\"), \"whole.onnx\")."));
    }
    if (length != static_cast<int64_t>(wanted)) {
        refuse(tensor, text("says a length of ", length, " bytes, but its shape needs ", wanted, "."));
    }
    const InputFile file(path);
    if (static_cast<uint64_t>(offset) > file.size() || file.size() - offset < wanted) {
        refuse(tensor, text("needs ", wanted, " bytes at ", offset, " of ", fsd::quoted(location),
                            ", which has ", file.size(), "."));
    }
    std::string bytes(wanted, '\0');
    file.read(offset, bytes.data(), wanted);
    return bytes;
}

template<typename Stored, typename Number>
std::vector<Number> from_bytes(const std::string &bytes, Number (*convert)(Stored)) {
    std::vector<Number> numbers(bytes.size() / sizeof(Stored));
    for (std::size_t i = 0; i < numbers.size(); i++) {
        Stored stored;
        std::memcpy(&stored, bytes.data() + i * sizeof(Stored), sizeof(Stored));
        numbers[i] = convert(stored);
    }
    return numbers;
}

// One type of number: as it stands in bytes, or in the list that ONNX has for it.
template<typename Stored, typename List, typename Number>
std::vector<Number> numbers_of(const TensorProto &tensor, const std::string &folder, int64_t count,
                               const List &list, Number (*convert)(Stored)) {
    const bool external = tensor.data_location() == TensorProto::EXTERNAL;
    const auto wanted = static_cast<std::size_t>(count) * sizeof(Stored);
    if (external) {
        return from_bytes(external_bytes(tensor, folder, wanted), convert);
    }
    if (tensor.has_raw_data()) {
        if (tensor.raw_data().size() != wanted) {
            refuse(tensor,
                   text("has ", tensor.raw_data().size(), " bytes, but its shape needs ", wanted, "."));
        }
        return from_bytes(tensor.raw_data(), convert);
    }
    if (list.size() != count) {
        refuse(tensor, text("has ", list.size(), " numbers, but its shape needs ", count, "."));
    }
    std::vector<Number> numbers;
    numbers.reserve(static_cast<std::size_t>(count));
    for (const auto element : list) {
        numbers.push_back(convert(static_cast<Stored>(element)));
    }
    return numbers;
}

template<typename Stored>
float as_real(Stored value) {
    return static_cast<float>(value);
}

template<typename Stored>
int64_t as_integer(Stored value) {
    return static_cast<int64_t>(value);
}

}  // namespace

OnnxConstant read_onnx_tensor(const TensorProto &tensor, const std::string &folder, int64_t &left) {
    OnnxConstant constant;
    constant.type = tensor.data_type();
    constant.shape.assign(tensor.dims().begin(), tensor.dims().end());
    const int64_t count = count_of(constant.shape, left);
    if (count < 0 || constant.shape.size() > 16) {
        refuse(tensor, text("has extents that are negative, or that make more than the ",
                            most_constant_numbers, " numbers which constants may have in all."));
    }
    left -= count;
    const auto reals = [&](const auto &list, auto convert) {
        constant.kind = OnnxConstant::Kind::reals;
        constant.reals = numbers_of(tensor, folder, count, list, convert);
    };
    const auto integers = [&](const auto &list, auto convert) {
        constant.kind = OnnxConstant::Kind::integers;
        constant.integers = numbers_of(tensor, folder, count, list, convert);
    };
    switch (tensor.data_type()) {
    case TensorProto::FLOAT:
        reals(tensor.float_data(), as_real<float>);
        break;
    case TensorProto::DOUBLE:
        reals(tensor.double_data(), as_real<double>);
        break;
    case TensorProto::FLOAT16:
        reals(tensor.int32_data(), from_float16);
        break;
    case TensorProto::BFLOAT16:
        reals(tensor.int32_data(), from_bfloat16);
        break;
    case TensorProto::INT64:
        integers(tensor.int64_data(), as_integer<int64_t>);
        break;
    case TensorProto::INT32:
        integers(tensor.int32_data(), as_integer<int32_t>);
        break;
    case TensorProto::INT8:
        integers(tensor.int32_data(), as_integer<int8_t>);
        break;
    case TensorProto::UINT8:
    case TensorProto::BOOL:
        integers(tensor.int32_data(), as_integer<uint8_t>);
        break;
    default:  // known by name only; who needs its numbers refuses it
        break;
    }
    return constant;
}

}  // namespace fsd
