// Hashes around the place of the digest.
#include "toolkit/training/checkpoint_seal.h"

#include "runtime/error.h"
#include "toolkit/system/sha256.h"

namespace fsd {
namespace {

const std::string key = "digest";
const std::string no_digest(64, '0');

// Where the digest's digits begin: in the header's strings every quote has a backslash in front, so that this
// stands in one place only.
std::size_t place_of_digest(const std::string &bytes) {
    const std::string before = "\"" + key + "\":\"";
    const std::size_t found = bytes.find(before);
    return found == std::string::npos ? found : found + before.size();
}

std::string digest_of(const std::string &bytes) {
    Sha256 sha;
    sha.add(bytes.data(), bytes.size());
    return sha.finish();
}

std::string bytes_of(const std::string &path) {
    const InputFile file(path);
    std::string bytes(file.size(), '\0');
    file.read(0, bytes.data(), bytes.size());
    return bytes;
}

}  // namespace

std::string sealed_file(std::map<std::string, std::string> metadata,
                        const std::map<std::string, Tensor> &tensors) {
    metadata[key] = no_digest;
    std::string bytes = safetensors_bytes(metadata, tensors);
    bytes.replace(place_of_digest(bytes), no_digest.size(), digest_of(bytes));
    return bytes;
}

void check_seal(const SafetensorsFile &file) {
    const auto stored = file.metadata().find(key);
    std::string bytes = bytes_of(file.path());
    const std::size_t place = place_of_digest(bytes);
    bool holds = stored != file.metadata().end() && stored->second.size() == no_digest.size() &&
                 place != std::string::npos && bytes.compare(place, no_digest.size(), stored->second) == 0;
    if (holds) {
        bytes.replace(place, no_digest.size(), no_digest);
        holds = digest_of(bytes) == stored->second;
    }
    if (!holds) {
        throw Error(ExitCode::bad_input,
                    text(file.path(),
                         ": is damaged: its digest is not that of its bytes. Begin the run again "
                         "without --resume."));
    }
}

}  // namespace fsd
