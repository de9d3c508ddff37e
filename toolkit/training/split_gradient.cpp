// Runs the own parts one after the other and sums them while the way back goes on.
#include "toolkit/training/split_gradient.h"

#include <algorithm>

namespace fsd {
namespace {

// Sums of fewer numbers wait for those of the next layers: a journey takes as long for a few as for these
// (measured, docs/scaling.md).
constexpr std::size_t least_numbers = 1 << 18;

constexpr int channel_of_losses = 0;

float *floats(Tensor &tensor) {
    return static_cast<float *>(tensor.data());
}

}  // namespace

SplitGradient::SplitGradient(TrainableNetwork &network, const std::string &loss, const BatchFormat &format,
                             const std::string &device, int parts, Communicator &communicator)
    : network_(network),
      communicator_(communicator),
      samples_(format.samples),
      tree_(parts, communicator.size()),
      losses_(2 * static_cast<std::size_t>(parts)),
      finish_(Place::on("cpu", nullptr)) {
    plan_parts(loss, format, device);
    if (parts > 1) {
        plan_sums();
    }
}

void SplitGradient::plan_parts(const std::string &loss, const BatchFormat &format,
                               const std::string &device) {
    const int own = communicator_.rank();
    for (int part = tree_.first_part(own); part < tree_.end_part(own); part++) {
        BatchFormat format_of_part = format;
        format_of_part.samples = samples_of(part);
        format_of_part.whole = samples_;
        std::unique_ptr<LossGradient> &gradient = gradients_[format_of_part.samples];
        if (!gradient) {
            const LayerDone done = [this](std::size_t layer) { layer_done(layer); };
            gradient = std::make_unique<LossGradient>(network_, loss, format_of_part, device,
                                                      tree_.parts() > 1 ? done : nullptr);
        }
    }
}

void SplitGradient::plan_sums() {
    int channel = channel_of_losses + 1;
    const auto add_sum = [&](float *numbers, std::size_t count) {
        sums_.push_back(
            std::make_unique<PartSum>(tree_, communicator_, channel++, numbers, static_cast<int>(count)));
        return sums_.back().get();
    };
    sum_behind_.resize(network_.layers(), nullptr);
    std::size_t end = network_.gradient.number_of_elements();
    for (std::size_t layer = network_.layers(); layer-- > 0;) {
        const std::size_t first = network_.first_element(layer);
        if (end - first >= least_numbers || (first == 0 && end > 0)) {
            sum_behind_[layer] = add_sum(floats(network_.gradient) + first, end - first);
            end = first;
        }
    }
    if (network_.state.data()) {
        state_before_ = copy_of(network_.state);
        sum_of_state_ = add_sum(floats(network_.state), network_.state.number_of_elements());
    }
    Pieces pieces;
    for (int rank = 0; rank < tree_.ranks(); rank++) {
        const int bytes_of_part = 2 * sizeof(double);
        pieces.offsets.push_back(tree_.first_part(rank) * bytes_of_part);
        pieces.bytes.push_back(tree_.end_part(rank) * bytes_of_part - pieces.offsets.back());
    }
    collection_of_losses_ = collection(pieces, communicator_.rank());
    finish_.add("sum_of_parts", [this] { finish(); });
}

void SplitGradient::run(const Fill &fill) {
    const int own = communicator_.rank();
    if (sum_of_state_) {
        std::copy_n(floats(network_.state), network_.state.number_of_elements(), floats(state_before_));
    }
    try {
        for (int part = tree_.first_part(own); part < tree_.end_part(own); part++) {
            run_part(part, fill);
        }
        finish_.run();
    } catch (...) {
        if (sum_of_state_) {
            std::copy_n(floats(state_before_), network_.state.number_of_elements(), floats(network_.state));
        }
        throw;
    }
    take_losses();
}

void SplitGradient::run_part(int part, const Fill &fill) {
    part_ = part;
    LossGradient &gradient = *gradients_.at(samples_of(part));
    fill(first_sample(part), gradient.batch);
    gradient.run();
    losses_[2 * part] = gradient.loss();
    losses_[2 * part + 1] = gradient.correct();
    if (sum_of_state_) {
        add_state(part);
    }
}

// What the part leaves, as its share of the mean; the next one begins with what was there before the batch.
void SplitGradient::add_state(int part) {
    const std::size_t count = network_.state.number_of_elements();
    const float share = static_cast<float>(samples_of(part)) / static_cast<float>(samples_);
    std::for_each(floats(network_.state), floats(network_.state) + count,
                  [share](float &number) { number *= share; });
    sum_of_state_->add_part(part);
    if (part + 1 < tree_.end_part(communicator_.rank())) {
        std::copy_n(floats(state_before_), count, floats(network_.state));
    }
}

void SplitGradient::layer_done(std::size_t layer) {
    if (PartSum *sum = sum_behind_[layer]) {
        sum->add_part(part_);
    }
    for (const std::unique_ptr<PartSum> &sum : sums_) {
        sum->advance();
    }
}

void SplitGradient::finish() {
    const Communicator::Ticket losses =
        communicator_.exchange(channel_of_losses, losses_.data(), losses_.data(), collection_of_losses_);
    for (const std::unique_ptr<PartSum> &sum : sums_) {
        sum->finish();
    }
    communicator_.wait(losses);
}

void SplitGradient::take_losses() {
    loss_ = correct_ = 0;
    for (int part = 0; part < tree_.parts(); part++) {
        loss_ += losses_[2 * part];
        correct_ += static_cast<int>(losses_[2 * part + 1]);
    }
}

void SplitGradient::measure() {
    for (const auto &[samples, gradient] : gradients_) {
        gradient->measure();
    }
    finish_.measure();
}

std::map<std::string, Tape::Timing> SplitGradient::timings() const {
    std::map<std::string, Tape::Timing> timings;
    for (const auto &[samples, gradient] : gradients_) {
        for (const auto &[name, timing] : gradient->timings()) {
            timings[name].total += timing.total;
            timings[name].fastest += timing.fastest;
        }
    }
    finish_.add_timings(timings);
    return timings;
}

}  // namespace fsd
