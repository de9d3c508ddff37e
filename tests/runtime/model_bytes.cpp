// Takes a saved model apart.
#include "tests/runtime/model_bytes.h"

#include "tests/runtime/models.h"

#include <cstring>
#include <stdexcept>

namespace fsd::testing {
namespace {

std::string escaped(const std::string &text) {
    std::string out;
    for (const char character : text) {
        out += character == '"' ? "\\\"" : std::string(1, character);
    }
    return out;
}

ModelBytes bytes_of(const Model &model) {
    const TemporaryFolder folder;
    save_model(model, folder / "model.safetensors");
    const std::string bytes = read_bytes(folder / "model.safetensors");
    unsigned long length = 0;
    std::memcpy(&length, bytes.data(), sizeof length);
    return {bytes.substr(sizeof length, length), bytes.substr(sizeof length + length)};
}

}  // namespace

std::string ModelBytes::file() const {
    return file_with_length(header.size());
}

std::string ModelBytes::file_with_length(unsigned long length) const {
    std::string bytes(sizeof length, '\0');
    std::memcpy(bytes.data(), &length, sizeof length);
    return bytes + header + data;
}

ModelBytes ModelBytes::edited(const std::string &from, const std::string &to) const {
    ModelBytes result = *this;
    const std::size_t at = header.find(from);
    if (at == std::string::npos) {
        throw std::logic_error("the header has no " + from + ": " + header);
    }
    result.header.replace(at, from.size(), to);
    return result;
}

ModelBytes ModelBytes::network(const std::string &from, const std::string &to) const {
    return edited(escaped(from), escaped(to));
}

ModelBytes ModelBytes::number(const std::string &tensor, std::size_t index, float value) const {
    const std::string marker = "\"data_offsets\":[";
    const std::size_t at = header.find(marker, header.find("\"" + tensor + "\""));
    ModelBytes result = *this;
    std::memcpy(&result.data.at(std::stoul(header.substr(at + marker.size())) + index * sizeof value), &value,
                sizeof value);
    return result;
}

ModelBytes small_model_bytes() {
    return bytes_of(small_model());
}

ModelBytes small_ordinary_model_bytes() {
    return bytes_of(small_ordinary_model());
}

ModelBytes fitted_model_bytes() {
    return bytes_of(fitted_model());
}

}  // namespace fsd::testing
