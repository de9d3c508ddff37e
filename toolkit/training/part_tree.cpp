// Each question is one walk over the tree.
#include "toolkit/training/part_tree.h"

#include "toolkit/training/communicator.h"

namespace fsd {
namespace {

void find_nodes(const TreeNode &node, int first, int end, std::vector<TreeNode> &found) {
    if (node.end <= first || end <= node.first) {
        return;
    }
    if (first <= node.first && node.end <= end) {
        found.push_back(node);
        return;
    }
    find_nodes(node.left(), first, end, found);
    find_nodes(node.right(), first, end, found);
}

using Actions = std::vector<std::vector<PartTree::Action>>;

// `actions` are those behind each part from `first` on.
void add_up(const TreeNode &node, int first, int level, Actions &actions) {
    if (node.is_leaf()) {
        return;
    }
    add_up(node.left(), first, level, actions);
    actions[node.left().end - 1 - first].push_back({PartTree::Action::keep, level});
    add_up(node.right(), first, level + 1, actions);
    actions[node.end - 1 - first].push_back({PartTree::Action::add, level});
}

int height(const TreeNode &node) {
    return node.is_leaf() ? 0 : 1 + height(node.right());  // which has the odd part
}

}  // namespace

PartTree::PartTree(int parts, int ranks) : parts_(parts), nodes_(ranks) {
    for (int rank = 0; rank < ranks; rank++) {
        find_nodes({0, parts}, first_part(rank), end_part(rank), nodes_[rank]);
    }
}

int PartTree::first_part(int rank) const {
    return begin_of_share(rank, ranks(), parts_);
}

Actions PartTree::actions(int rank) const {
    const int first = first_part(rank);
    Actions actions(end_part(rank) - first);
    int index = 0;
    for (const TreeNode &node : nodes(rank)) {
        add_up(node, first, 0, actions);
        actions[node.end - 1 - first].push_back({Action::give, index++});
    }
    return actions;
}

int PartTree::levels() const {
    return height({0, parts_});
}

std::vector<PartTree::Combination> PartTree::combinations() const {
    std::vector<TreeNode> all;
    for (const std::vector<TreeNode> &of_rank : nodes_) {
        all.insert(all.end(), of_rank.begin(), of_rank.end());
    }
    std::vector<Combination> combinations;
    int next = 0;
    const auto combine = [&](const auto &self, const TreeNode &node) -> void {
        if (node.first == all[next].first && node.end == all[next].end) {
            combinations.push_back({Combination::push, next++});
            return;
        }
        self(self, node.left());
        self(self, node.right());
        combinations.push_back({Combination::add, 0});
    };
    combine(combine, {0, parts_});
    return combinations;
}

}  // namespace fsd
