// Changes a .safetensors file so that it stays one: the header's text or the tensors' bytes are mutated, then
// the header's length is put right and the bytes are cut or filled to what the header claims. Most inputs get
// past the container this way, into what is particular to models and checkpoints.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t *data, std::size_t size, std::size_t most);

namespace {

constexpr std::size_t length_bytes = 8;

struct Parts {
    std::string header, tensors;
};

Parts parts_of(const std::string &file) {
    std::uint64_t length = 0;
    if (file.size() < length_bytes) {
        return {file, ""};
    }
    std::memcpy(&length, file.data(), length_bytes);
    length = std::min<std::uint64_t>(length, file.size() - length_bytes);
    return {file.substr(length_bytes, length), file.substr(length_bytes + length)};
}

// The largest end of a tensor that the header's text speaks of, at most `most`.
std::size_t claimed_bytes(const std::string &header, std::size_t most) {
    std::uint64_t end = 0;
    const std::string key = "data_offsets\":[";
    for (std::size_t at = header.find(key); at != std::string::npos; at = header.find(key, at + 1)) {
        const std::size_t comma = header.find(',', at);
        if (comma != std::string::npos) {
            end = std::max<std::uint64_t>(end, std::strtoull(header.c_str() + comma + 1, nullptr, 10));
        }
    }
    return std::min<std::uint64_t>(end, most);
}

std::string mutated(const std::string &bytes, std::size_t most) {
    std::string changed = bytes;
    changed.resize(std::max<std::size_t>(std::max(most, bytes.size()), 1));
    changed.resize(
        LLVMFuzzerMutate(reinterpret_cast<std::uint8_t *>(changed.data()), bytes.size(), changed.size()));
    return changed;
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t *data, std::size_t size, std::size_t most,
                                               unsigned seed) {
    if (most <= length_bytes) {
        return LLVMFuzzerMutate(data, size, most);
    }
    std::minstd_rand random(seed);
    Parts parts = parts_of(std::string(reinterpret_cast<const char *>(data), size));
    if (parts.tensors.empty() || random() % 4 != 0) {
        parts.header = mutated(parts.header, std::min(parts.header.size() + 256, most - length_bytes));
    } else {
        parts.tensors = mutated(parts.tensors, parts.tensors.size());
    }
    parts.header.resize(std::min(parts.header.size(), most - length_bytes));
    const std::uint64_t length = parts.header.size();
    parts.tensors.resize(claimed_bytes(parts.header, most - length_bytes - length));
    std::memcpy(data, &length, length_bytes);
    std::copy(parts.header.begin(), parts.header.end(), data + length_bytes);
    std::copy(parts.tensors.begin(), parts.tensors.end(), data + length_bytes + length);
    return length_bytes + length + parts.tensors.size();
}
