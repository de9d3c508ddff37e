// Parts of a search that several machines divide among themselves.
#pragma once

#include <optional>
#include <string>

namespace fsd::tuning {

// One of `count` parts: every count-th candidate, in the order in which one search would try them.
struct Share {
    int index = 0, count = 1;  // index from 0

    bool has(int position) const { return position % count == index; }
    bool is_whole() const { return count == 1; }
};

// One of `count` runs of the same command: "2/4" is the second one of four.
struct Shard {
    int number = 1, count = 1;

    std::string name() const;
};

// Throws Error(usage) where the text is no shard.
Shard shard_from(const std::string &text);

// What the shard does of operator `index` (from 0) of `operators`. Operators are dealt out like cards, the
// shards being the players; where there are more shards than operators, the shards that are left over join in
// one by the same rule, and those at one operator share its candidates. Nothing: the operator is another
// shard's.
std::optional<Share> share_of(const Shard &shard, int index, int operators);

}  // namespace fsd::tuning
