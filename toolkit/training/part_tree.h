// In which order the parts of a batch are added, whoever computed them: a binary tree over all parts, whose
// nodes halve the parts below them. Floating-point sums depend on the order and not on where they are formed,
// so that any number of processes gives the same bits.
#pragma once

#include <vector>

namespace fsd {

// Parts first .. end - 1, which are those below a node of the tree.
struct TreeNode {
    int first, end;

    bool is_leaf() const { return end - first == 1; }
    int middle() const { return first + (end - first) / 2; }
    TreeNode left() const { return {first, middle()}; }
    TreeNode right() const { return {middle(), end}; }
};

class PartTree {
public:
    // 1 <= ranks <= parts: each rank computes neighboring parts, as many as the others or one more.
    PartTree(int parts, int ranks);

    int parts() const { return parts_; }
    int ranks() const { return static_cast<int>(nodes_.size()); }
    int first_part(int rank) const;
    int end_part(int rank) const { return first_part(rank + 1); }

    // The largest nodes whose parts are all the rank's, in order: what it adds up by itself. Those of all
    // ranks, one rank behind the other, are the leaves of the sum that is left.
    const std::vector<TreeNode> &nodes(int rank) const { return nodes_[rank]; }

    // What to do behind each part of a rank, first part first: `add` the kept numbers of a level to those of
    // the part, then `keep` them at a level or, as the sum of the node of that index, `give` them.
    struct Action {
        enum What { add, keep, give } what;
        int which;
    };
    std::vector<std::vector<Action>> actions(int rank) const;
    // Kept levels that these need at most.
    int levels() const;

    // How the nodes of all ranks become the sum: on a stack, `push` the node of that index among all or `add`
    // the topmost two.
    struct Combination {
        enum What { push, add } what;
        int which;
    };
    std::vector<Combination> combinations() const;

private:
    int parts_;
    std::vector<std::vector<TreeNode>> nodes_;
};

}  // namespace fsd
