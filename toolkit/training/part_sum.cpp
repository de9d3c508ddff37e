// Local sums, then an exchange, then the sums of those.
#include "toolkit/training/part_sum.h"

#include <algorithm>

namespace fsd {
namespace {

// Numbers that are added at a time, so that the stack stays in the first cache.
constexpr int block = 1024;

}  // namespace

PartSum::PartSum(const PartTree &tree, Communicator &communicator, int channel, float *numbers, int count,
                 int most_bytes_to_all)
    : tree_(tree),
      communicator_(communicator),
      channel_(channel),
      numbers_(numbers),
      count_(count),
      actions_(tree.actions(communicator.rank())),
      combinations_(tree.combinations()),
      kept_(tree.levels()),
      given_(tree.nodes(communicator.rank()).size() - 1) {
    for (std::vector<float> &numbers_of_node : given_) {
        numbers_of_node.resize(count_);
    }
    if (tree.ranks() > 1) {
        plan_segments(count_ * static_cast<int>(sizeof(float)) <= most_bytes_to_all);
    }
}

void PartSum::plan_segments(bool to_all) {
    const int ranks = tree_.ranks();
    const int own = communicator_.rank();
    Pieces segments;
    std::size_t nodes = 0, most_nodes = 0;
    for (int rank = 0; rank < ranks; rank++) {
        begins_.push_back(to_all ? 0 : begin_of_share(rank, ranks, count_));
        ends_.push_back(to_all ? count_ : begin_of_share(rank + 1, ranks, count_));
        nodes += tree_.nodes(rank).size();
        most_nodes = std::max(most_nodes, tree_.nodes(rank).size());
        segments.offsets.push_back(begins_.back() * static_cast<int>(sizeof(float)));
        segments.bytes.push_back((ends_.back() - begins_.back()) * static_cast<int>(sizeof(float)));
    }
    if (!to_all) {
        collection_ = collection(segments, own);
    }
    received_.resize(nodes * (ends_[own] - begins_[own]));
    stack_.resize(static_cast<std::size_t>(tree_.levels() + 1) * block);
    for (std::size_t index = 0; index < most_nodes; index++) {
        exchanges_.push_back(
            {pieces_of(static_cast<int>(index), false), pieces_of(static_cast<int>(index), true)});
    }
    for (int rank = 0; rank < ranks; rank++) {
        for (std::size_t index = 0; index < tree_.nodes(rank).size(); index++) {
            nodes_.push_back(given_by(rank, static_cast<int>(index)));
        }
    }
}

// What each process sends and gets of the nodes with this index; its own it has.
Pieces PartSum::pieces_of(int index, bool incoming) const {
    const int own = communicator_.rank(), own_count = ends_[own] - begins_[own];
    const auto has = [&](int rank) { return index < static_cast<int>(tree_.nodes(rank).size()); };
    Pieces pieces;
    int before = 0;  // nodes of the ranks before
    for (int rank = 0; rank < tree_.ranks(); rank++) {
        const int count = incoming ? own_count : ends_[rank] - begins_[rank];
        const int offset = incoming ? (before + index) * own_count : begins_[rank];
        const bool is_sent = rank != own && has(incoming ? rank : own);
        pieces.bytes.push_back(is_sent ? count * static_cast<int>(sizeof(float)) : 0);
        pieces.offsets.push_back(is_sent ? offset * static_cast<int>(sizeof(float)) : 0);
        before += static_cast<int>(tree_.nodes(rank).size());
    }
    return pieces;
}

const float *PartSum::given_by(int rank, int index) const {
    const int own = communicator_.rank();
    if (rank == own) {
        const bool last = index == static_cast<int>(given_.size());
        return (last ? numbers_ : given_[index].data()) + begins_[own];
    }
    int before = index;
    for (int other = 0; other < rank; other++) {
        before += static_cast<int>(tree_.nodes(other).size());
    }
    return received_.data() + static_cast<std::ptrdiff_t>(before) * (ends_[own] - begins_[own]);
}

void PartSum::keep(int level) {
    kept_[level].assign(numbers_, numbers_ + count_);
}

void PartSum::add(int level) {
    std::transform(kept_[level].begin(), kept_[level].end(), numbers_, numbers_,
                   [](float left, float right) { return left + right; });
}

void PartSum::give(int index) {
    if (index < static_cast<int>(given_.size())) {
        std::copy_n(numbers_, count_, given_[index].begin());
    } else if (tree_.ranks() > 1) {
        begin_exchange();
    } else {
        phase_ = Phase::complete;
    }
}

void PartSum::add_part(int part) {
    for (const PartTree::Action &action : actions_[part - tree_.first_part(communicator_.rank())]) {
        if (action.what == PartTree::Action::add) {
            add(action.which);
        } else if (action.what == PartTree::Action::keep) {
            keep(action.which);
        } else {
            give(action.which);
        }
    }
}

void PartSum::begin_exchange() {
    for (std::size_t index = 0; index < exchanges_.size(); index++) {
        const float *from = index < given_.size() ? given_[index].data() : numbers_;
        tickets_.push_back(communicator_.exchange(channel_, from, received_.data(), exchanges_[index]));
    }
    phase_ = Phase::exchanging;
}

void PartSum::combine_block(int first, int count) {
    float *top = stack_.data();  // behind the topmost
    for (const PartTree::Combination &step : combinations_) {
        if (step.what == PartTree::Combination::push) {
            std::copy_n(nodes_[step.which] + first, count, top);
            top += block;
        } else {
            top -= block;
            std::transform(top - block, top - block + count, top, top - block,
                           [](float left, float right) { return left + right; });
        }
    }
    std::copy_n(stack_.data(), count, numbers_ + begins_[communicator_.rank()] + first);
}

void PartSum::combine() {
    const int own = communicator_.rank(), count = ends_[own] - begins_[own];
    for (int first = 0; first < count; first += block) {
        combine_block(first, std::min(block, count - first));
    }
}

// From a phase whose transfers are complete to the next one.
void PartSum::go_on() {
    for (const Communicator::Ticket ticket : tickets_) {
        communicator_.wait(ticket);
    }
    tickets_.clear();
    if (phase_ == Phase::exchanging) {
        combine();
        phase_ = Phase::complete;
        if (!collection_.in.bytes.empty()) {
            tickets_.push_back(communicator_.exchange(channel_, numbers_, numbers_, collection_));
            phase_ = Phase::collecting;
        }
    } else if (phase_ == Phase::collecting) {
        phase_ = Phase::complete;
    }
}

void PartSum::advance() {
    if ((phase_ == Phase::exchanging || phase_ == Phase::collecting) &&
        std::all_of(tickets_.begin(), tickets_.end(),
                    [this](Communicator::Ticket ticket) { return communicator_.is_complete(ticket); })) {
        go_on();
    }
}

void PartSum::finish() {
    while (phase_ != Phase::complete) {
        go_on();
    }
    phase_ = Phase::adding;
}

}  // namespace fsd
