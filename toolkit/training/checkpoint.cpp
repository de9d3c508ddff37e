// Numbers that a double holds exactly go into one float64 tensor, the parameters into float32 tensors.
#include "toolkit/training/checkpoint.h"

#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "runtime/formats/safetensors.h"
#include "toolkit/training/checkpoint_seal.h"

#include <cmath>
#include <cstdlib>

namespace fsd {
namespace {

// The order of "progress": step, loss sum, correct sum, then loss and accuracy of each epoch.
constexpr std::size_t progress_head = 3;
constexpr std::uint64_t most_progress_bytes = 64 << 20;  // millions of epochs
constexpr long most_parts = 65536;                       // as many as a batch has samples at most
constexpr double most_steps = 9007199254740992;          // 2^53

// What an older version did not say, for there was nothing else; no other version is read.
const std::map<std::string, std::map<std::string, std::string>> &unsaid_by_version() {
    static const std::map<std::string, std::map<std::string, std::string>> usual = {
        {"3", {{"patience", "0"}, {"class weights", ""}, {"noise", "0"}, {"parts", "1"}}},
        {"4", {{"noise", "0"}, {"parts", "1"}}},
        {"5", {{"parts", "1"}}},
    };
    return usual;
}

Tensor tensor_of(const std::vector<double> &numbers) {
    Tensor tensor = make_tensor<double>({static_cast<int>(numbers.size())});
    std::copy(numbers.begin(), numbers.end(), static_cast<double *>(tensor.data()));
    return tensor;
}

Tensor progress_of(const Checkpoint &checkpoint) {
    std::vector<double> numbers = {static_cast<double>(checkpoint.step), checkpoint.loss_sum,
                                   static_cast<double>(checkpoint.correct_sum)};
    for (std::size_t epoch = 0; epoch < checkpoint.losses.size(); epoch++) {
        numbers.push_back(checkpoint.losses[epoch]);
        numbers.push_back(checkpoint.accuracies[epoch]);
    }
    return tensor_of(numbers);
}

// Pairs of epoch and loss.
Tensor held_out_of(const Checkpoint &checkpoint) {
    std::vector<double> numbers;
    for (const auto &[epoch, loss] : checkpoint.held_out_losses) {
        numbers.push_back(epoch);
        numbers.push_back(loss);
    }
    return tensor_of(numbers);
}

[[noreturn]] void refuse(const SafetensorsFile &file, const std::string &sentence) {
    throw Error(ExitCode::bad_input, text(file.path(), ": ", sentence));
}

const StoredTensor &stored(const SafetensorsFile &file, const std::string &name, const std::string &type) {
    const auto found = file.tensors().find(name);
    if (found == file.tensors().end() || found->second.type != type || found->second.shape.size() != 1) {
        refuse(file, text("is no training checkpoint: expected a tensor '", name, "' of ", type,
                          " with one axis."));
    }
    return found->second;
}

void read_progress(const SafetensorsFile &file, Checkpoint &checkpoint) {
    const StoredTensor &place = stored(file, "progress", "F64");
    const std::int64_t count = place.shape[0];
    if (count < std::int64_t(progress_head) || (count - progress_head) % 2 != 0) {
        refuse(file, text("'progress' holds ", count, " numbers; expected 3 and two for each epoch."));
    }
    std::vector<double> numbers(count);
    file.read(place, numbers.data());
    for (double number : numbers) {
        if (!std::isfinite(number)) {
            refuse(file, "'progress' holds a number that is not finite.");
        }
    }
    for (const std::size_t whole : {0, 2}) {
        if (numbers[whole] < 0 || numbers[whole] > most_steps ||
            numbers[whole] != std::floor(numbers[whole])) {
            refuse(file, text("'progress' holds ", numbers[whole], " where a count belongs."));
        }
    }
    checkpoint.step = static_cast<std::int64_t>(numbers[0]);
    checkpoint.loss_sum = numbers[1];
    checkpoint.correct_sum = static_cast<std::int64_t>(numbers[2]);
    for (std::size_t i = progress_head; i < numbers.size(); i += 2) {
        checkpoint.losses.push_back(numbers[i]);
        checkpoint.accuracies.push_back(numbers[i + 1]);
    }
}

bool has_held_out(const SafetensorsFile &file) {
    return file.tensors().count("held_out") > 0;
}

void read_held_out(const SafetensorsFile &file, Checkpoint &checkpoint) {
    const StoredTensor &place = stored(file, "held_out", "F64");
    const std::int64_t count = place.shape[0];
    const std::size_t epochs = checkpoint.losses.size();
    if (count % 2 != 0 || count > 2 * static_cast<std::int64_t>(epochs)) {
        refuse(file, text("'held_out' holds ", count, " numbers; expected two for each of at most ", epochs,
                          " epochs."));
    }
    std::vector<double> numbers(count);
    file.read(place, numbers.data());
    for (std::int64_t i = 0; i < count; i += 2) {
        const double epoch = numbers[i], loss = numbers[i + 1];
        if (!(epoch >= 1 && epoch <= static_cast<double>(epochs)) || epoch != std::floor(epoch) ||
            std::isnan(loss)) {
            refuse(file,
                   text("'held_out' holds ", epoch, " and ", loss, " where an epoch and a loss belong."));
        }
        checkpoint.held_out_losses[static_cast<int>(epoch)] = loss;
    }
}

Tensor read_floats(const SafetensorsFile &file, const std::string &name, int elements) {
    const StoredTensor &place = stored(file, name, "F32");
    if (place.shape[0] != elements) {
        refuse(file,
               text("'", name, "' holds ", place.shape[0], " numbers; the network has ", elements, "."));
    }
    Tensor tensor = make_tensor<float>({elements});
    file.read(place, tensor.data());
    const auto *numbers = static_cast<const float *>(tensor.data());
    for (int i = 0; i < elements; i++) {
        if (!std::isfinite(numbers[i])) {
            refuse(file, text("'", name, "' holds a number that is not finite."));
        }
    }
    return tensor;
}

// Said before the digest is asked for, which older versions did not have.
void check_version(const SafetensorsFile &file, const std::map<std::string, std::string> &identity) {
    const auto stored = [&file](const std::string &key) {
        const auto found = file.metadata().find(key);
        return found == file.metadata().end() ? std::string() : found->second;
    };
    if (stored("format") != identity.at("format")) {
        refuse(file, "is no checkpoint that this fsdnet can resume: it does not say its format.");
    }
    if (stored("version") != identity.at("version") && unsaid_by_version().count(stored("version")) == 0) {
        refuse(file, text("is a checkpoint of version '", stored("version"),
                          "', and this fsdnet reads versions 3 to ", identity.at("version"),
                          " only. Begin the run again without --resume."));
    }
}

// Said before the bytes are read for their digest: a sparse file costs its sender nothing.
void check_size(const SafetensorsFile &file, const std::map<std::string, int> &lengths) {
    std::uint64_t most = most_progress_bytes, held = 0;
    for (const auto &[name, length] : lengths) {
        most += sizeof(float) * static_cast<std::uint64_t>(length);
    }
    for (const auto &[name, tensor] : file.tensors()) {
        held += tensor.end - tensor.begin;
    }
    if (held > most) {
        refuse(file, text("holds ", held, " bytes of numbers; a checkpoint of this network has at most ",
                          most, "."));
    }
}

void check_identity(const SafetensorsFile &file, const std::map<std::string, std::string> &identity) {
    std::map<std::string, std::string> said = file.metadata();
    const auto unsaid = unsaid_by_version().find(said.at("version"));
    if (unsaid != unsaid_by_version().end()) {
        said.insert(unsaid->second.begin(), unsaid->second.end());
        said["version"] = identity.at("version");
    }
    for (const auto &[key, value] : identity) {
        const auto found = said.find(key);
        if (found == said.end()) {
            refuse(file,
                   text("is no checkpoint that this fsdnet can resume: it does not say its ", key, "."));
        }
        if (found->second != value) {
            const auto shown = [](const std::string &word) { return word.empty() ? "not given" : word; };
            refuse(file, text("belongs to another training run: its ", key, " is ", shown(found->second),
                              ", not ", shown(value),
                              ". Resume with the options, network and data that the run began with."));
        }
    }
}

}  // namespace

int parts_of_checkpoint(const std::string &path) {
    const SafetensorsFile file(path);
    const auto said = file.metadata().find("parts");
    const long parts = said == file.metadata().end() ? 1 : std::strtol(said->second.c_str(), nullptr, 10);
    return parts >= 1 && parts <= most_parts ? static_cast<int>(parts) : 1;
}

void save_checkpoint(const Checkpoint &checkpoint, const std::string &path) {
    std::map<std::string, Tensor> tensors = checkpoint.vectors;
    tensors["progress"] = progress_of(checkpoint);
    if (!checkpoint.held_out_losses.empty()) {
        tensors["held_out"] = held_out_of(checkpoint);
    }
    write_file(path, sealed_file(checkpoint.identity, tensors));
}

Checkpoint load_checkpoint(const std::string &path, const std::map<std::string, std::string> &identity,
                           const std::map<std::string, int> &lengths) {
    const SafetensorsFile file(path);
    check_version(file, identity);
    check_size(file, lengths);
    check_seal(file);
    check_identity(file, identity);
    Checkpoint checkpoint;
    checkpoint.identity = identity;
    read_progress(file, checkpoint);
    if (has_held_out(file)) {
        read_held_out(file, checkpoint);
    }
    for (const auto &[name, length] : lengths) {
        checkpoint.vectors[name] = read_floats(file, name, length);
    }
    const std::size_t expected = lengths.size() + (has_held_out(file) ? 2 : 1);
    if (file.tensors().size() != expected) {
        refuse(file, text("holds ", file.tensors().size(), " tensors; expected ", expected, "."));
    }
    return checkpoint;
}

}  // namespace fsd
