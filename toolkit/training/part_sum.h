// The sum over all parts of a batch of numbers that each part gives, formed by all processes in the order of
// the tree. Large sums are cut into a segment for each process, which adds there what all send it and then
// gives the sum to all: each number travels twice, however many processes there are. Of small ones all send
// all to all, which is one journey instead of two. The bits are the same.
#pragma once

#include "toolkit/training/communicator.h"
#include "toolkit/training/part_tree.h"

#include <vector>

namespace fsd {

class PartSum {
public:
    // Up to so many bytes are sent to all: measured, docs/scaling.md.
    static constexpr int usual_bytes_to_all = 16384;

    // `numbers`: where each part puts its own, `count` in all, and where the sum is in the end. They, the
    // tree and the communicator must outlive this object. `channel`: of no other sum.
    PartSum(const PartTree &tree, Communicator &communicator, int channel, float *numbers, int count,
            int most_bytes_to_all = usual_bytes_to_all);
    PartSum(const PartSum &) = delete;
    PartSum &operator=(const PartSum &) = delete;

    // The numbers of the part are there; parts of this process come in their order. Behind the last one the
    // exchange begins, and `numbers` are no longer touched by others.
    void add_part(int part);
    // Lets the exchange go on, without waiting.
    void advance();
    // The sum is in `numbers` of all processes.
    void finish();

private:
    enum class Phase { adding, exchanging, collecting, complete };

    void plan_segments(bool to_all);
    Pieces pieces_of(int index, bool incoming) const;
    void keep(int level);
    void add(int level);
    void give(int index);
    void begin_exchange();
    void combine();
    void combine_block(int first, int count);
    const float *given_by(int rank, int index) const;
    void go_on();

    const PartTree &tree_;
    Communicator &communicator_;
    const int channel_;
    float *const numbers_;
    const int count_;
    const std::vector<std::vector<PartTree::Action>> actions_;
    const std::vector<PartTree::Combination> combinations_;
    std::vector<int> begins_, ends_;         // of the segments, by rank
    std::vector<Traffic> exchanges_;         // by the index of a node among those of its rank
    Traffic collection_;                     // of the segments' sums; empty: every process adds everything
    std::vector<std::vector<float>> kept_;   // by level
    std::vector<std::vector<float>> given_;  // by node of this rank, but for the last one
    std::vector<float> received_;            // the own segment of each node, one behind the other
    std::vector<const float *> nodes_;       // the own segment of each node of all ranks
    std::vector<float> stack_;
    std::vector<Communicator::Ticket> tickets_;
    Phase phase_ = Phase::adding;
};

}  // namespace fsd
