// Trainer::save and Trainer::load.
#include "runtime/error.h"
#include "runtime/instruction_set.h"
#include "runtime/models/model_json.h"
#include "runtime/system/floating_point.h"
#include "toolkit/training/checkpoint.h"
#include "toolkit/training/decimal.h"
#include "toolkit/training/trainer.h"

#include <cmath>
#include <iomanip>
#include <limits>
#include <zlib.h>

namespace fsd {
namespace {

uLong crc_of(uLong crc, const Tensor &tensor) {
    return tensor.data() ? crc32_z(crc, static_cast<const Bytef *>(tensor.data()), tensor.size_in_bytes())
                         : crc;
}

// Tells data sets apart: the CRC-32 of inputs and answers.
std::string digest_of(const Dataset &dataset) {
    uLong crc = crc_of(crc32_z(0, nullptr, 0), dataset.inputs());
    crc = crc32_z(crc, reinterpret_cast<const Bytef *>(dataset.labels.data()),
                  dataset.labels.size() * sizeof(int));
    crc = crc_of(crc, dataset.targets);
    return text(dataset.count(), dataset.is_numeric() ? " samples" : " images", " with checksum ", std::hex,
                std::setw(8), std::setfill('0'), crc);
}

void copy(const Tensor &from, Tensor &to) {
    std::memcpy(to.data(), from.data(), to.size_in_bytes());
}

}  // namespace

std::string Trainer::checksum_of(const Tensor &tensor) {
    return text(std::hex, std::setw(8), std::setfill('0'), crc_of(crc32_z(0, nullptr, 0), tensor));
}

std::map<std::string, std::string> Trainer::identity() const {
    return {{"format", "fsdnet-checkpoint"},
            {"version", "6"},
            {"network", description_to_metadata(network_.description()).at("network")},
            {"data", digest_of(dataset_)},
            {"epochs", std::to_string(options_.epochs)},
            {"batch", std::to_string(options_.batch)},
            {"rate", shortest_decimal(options_.rate)},
            {"loss", options_.loss},
            {"optimizer", options_.optimizer},
            {"momentum", shortest_decimal(options_.momentum)},
            {"weight decay", shortest_decimal(options_.weight_decay)},
            {"shift", std::to_string(options_.augmentation.shift)},
            {"flip", options_.augmentation.flip ? "yes" : "no"},
            {"turn", shortest_decimal(options_.augmentation.turn)},
            {"zoom", shortest_decimal(options_.augmentation.zoom)},
            {"noise", shortest_decimal(options_.augmentation.noise)},
            {"unobserved", shortest_decimal(options_.augmentation.unobserved)},
            {"seed", std::to_string(options_.seed) + beginning_},
            {"holdout", std::to_string(holdout_.size())},
            {"patience", std::to_string(options_.patience)},
            {"parts", std::to_string(options_.parts)},
            {"class weights", options_.class_weights},
            {"device", options_.device}};
}

std::map<std::string, Tensor> Trainer::network_vectors() const {
    std::map<std::string, Tensor> vectors = {{"values", network_.values}};
    if (network_.state.data()) {
        vectors["state"] = network_.state;
    }
    return vectors;
}

std::map<std::string, Tensor> Trainer::vectors() const {
    std::map<std::string, Tensor> vectors = network_vectors();
    vectors.insert(optimizer_->memory.begin(), optimizer_->memory.end());
    for (const auto &[name, tensor] : best_) {
        vectors["best_" + name] = tensor;
    }
    return vectors;
}

void Trainer::save(const std::string &path) const {
    const FloatingPointMode mode = FloatingPointMode::standard();
    Checkpoint checkpoint;
    checkpoint.identity = identity();
    checkpoint.step = step_;
    checkpoint.loss_sum = loss_sum_;
    checkpoint.correct_sum = correct_sum_;
    for (const EpochRecord &record : history_) {
        checkpoint.losses.push_back(record.loss);
        checkpoint.accuracies.push_back(record.accuracy);
        if (record.held_out_loss) {
            checkpoint.held_out_losses[static_cast<int>(checkpoint.losses.size())] = *record.held_out_loss;
        }
    }
    checkpoint.vectors = vectors();
    save_checkpoint(checkpoint, path);
}

void Trainer::check_agreement() const {
    if (communicator_.size() == 1) {
        return;
    }
    std::map<std::string, std::string> words = identity();
    words["instruction set"] = instruction_set();
    fsd::check_agreement(communicator_, words);
}

void Trainer::load(const std::string &path) {
    const FloatingPointMode mode = FloatingPointMode::standard();
    together(communicator_, [&] {
        if (communicator_.leads()) {
            load_alone(path);
        }
    });
    if (communicator_.size() > 1) {
        share_loaded();
    }
    find_best_epoch();
}

// What load_alone() has read, by way of numbers that a double holds.
void Trainer::share_loaded() {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> numbers = {static_cast<double>(step_), loss_sum_, static_cast<double>(correct_sum_)};
    for (const EpochRecord &record : history_) {
        for (const double number : {record.loss, record.accuracy, record.held_out_loss.value_or(none)}) {
            numbers.push_back(number);
        }
    }
    auto count = numbers.size();
    communicator_.share(&count, sizeof count);
    numbers.resize(count);
    communicator_.share(numbers.data(), count * sizeof(double));
    step_ = static_cast<std::int64_t>(numbers[0]);
    loss_sum_ = numbers[1];
    correct_sum_ = static_cast<std::int64_t>(numbers[2]);
    history_.clear();
    for (std::size_t at = 3; at < count; at += 3) {
        history_.push_back({numbers[at], numbers[at + 1]});
        if (!std::isnan(numbers[at + 2])) {
            history_.back().held_out_loss = numbers[at + 2];
        }
    }
    for (auto &[name, tensor] : vectors()) {
        communicator_.share(const_cast<void *>(tensor.data()), tensor.size_in_bytes());
    }
}

void Trainer::load_alone(const std::string &path) {
    std::map<std::string, Tensor> own = vectors();
    std::map<std::string, int> lengths;
    for (const auto &[name, tensor] : own) {
        lengths[name] = static_cast<int>(tensor.number_of_elements());
    }
    const Checkpoint checkpoint = load_checkpoint(path, identity(), lengths);
    const std::int64_t complete = checkpoint.step / steps_per_epoch();
    if (checkpoint.step > steps() || complete != static_cast<std::int64_t>(checkpoint.losses.size())) {
        throw Error(ExitCode::bad_input,
                    text(path, ": step ", checkpoint.step, " of ", steps(), " does not fit to ",
                         checkpoint.losses.size(), " complete epochs of ", steps_per_epoch(),
                         " steps; the checkpoint is damaged."));
    }
    step_ = checkpoint.step;
    loss_sum_ = checkpoint.loss_sum;
    correct_sum_ = checkpoint.correct_sum;
    history_.clear();
    for (std::size_t epoch = 0; epoch < checkpoint.losses.size(); epoch++) {
        history_.push_back({checkpoint.losses[epoch], checkpoint.accuracies[epoch]});
    }
    for (const auto &[epoch, loss] : checkpoint.held_out_losses) {
        history_.at(epoch - 1).held_out_loss = loss;
    }
    for (auto &[name, tensor] : own) {
        copy(checkpoint.vectors.at(name), tensor);
    }
}

}  // namespace fsd
