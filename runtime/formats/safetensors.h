// Reads and writes .safetensors files: eight bytes of header length, a JSON header, the tensors' bytes.
// docs/formats.md states what is refused.
#pragma once

#include "runtime/formats/input_file.h"
#include "runtime/tensor.h"

#include <map>
#include <string>
#include <vector>

namespace fsd {

// A header may be as long as this, so that a hostile one cannot fill the memory.
constexpr uint64_t most_header_bytes = uint64_t(256) * 1024;

struct StoredTensor {
    std::string type;  // "F32", ...
    std::vector<int64_t> shape;
    uint64_t begin = 0;  // in bytes, from the end of the header
    uint64_t end = 0;
};

// A file whose header is known to be valid: each tensor's bytes fit its type and shape, and together they
// cover the file without gap or overlap. Holds the header only; its memory is bounded by the header's size +
// 1 MiB.
class SafetensorsFile {
public:
    // Throws Error(bad_input) that names the file, the tensor and the reason.
    explicit SafetensorsFile(const std::string &path);

    const std::string &path() const { return file_.path(); }
    const std::map<std::string, std::string> &metadata() const { return metadata_; }
    const std::map<std::string, StoredTensor> &tensors() const { return tensors_; }

    // Copies a tensor's bytes. Throws Error(bad_input) where they cannot be read.
    void read(const StoredTensor &tensor, void *destination) const;

private:
    void read_header(const std::string &header);
    void check_coverage() const;

    InputFile file_;
    uint64_t data_start_ = 0;
    std::map<std::string, std::string> metadata_;
    std::map<std::string, StoredTensor> tensors_;
};

// The bytes of such a file. Throws Error(bad_input) where the header would be too long.
std::string safetensors_bytes(const std::map<std::string, std::string> &metadata,
                              const std::map<std::string, Tensor> &tensors);

// Writes dense tensors of float32, float64, int32, int8 or uint8. The same input gives the same bytes. No
// partial file is ever seen under `path`. Throws Error(bad_input) where it cannot be written.
void write_safetensors(const std::string &path, const std::map<std::string, std::string> &metadata,
                       const std::map<std::string, Tensor> &tensors);

}  // namespace fsd
