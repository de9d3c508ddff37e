// Who does what, from the numbers of shards and operators alone.
#include "toolkit/tuning/share.h"

#include "runtime/error.h"
#include "toolkit/system/number_text.h"

namespace fsd::tuning {
namespace {

constexpr int most_shards = 1 << 16;

}  // namespace

std::string Shard::name() const {
    return text(number, "/", count);
}

Shard shard_from(const std::string &given) {
    const std::size_t slash = given.find('/');
    if (slash != std::string::npos) {
        const std::optional<int> number = whole_number<int>(given.substr(0, slash)),
                                 count = whole_number<int>(given.substr(slash + 1));
        if (number && count && 1 <= *number && *number <= *count && *count <= most_shards) {
            return {*number, *count};
        }
    }
    throw Error(
        ExitCode::usage,
        text("A shard is written i/n with i from 1 to n, e.g. 2/4 for the second one of four; found '", given,
             "'."));
}

std::optional<Share> share_of(const Shard &shard, int index, int operators) {
    const int player = shard.number - 1;
    if (shard.count <= operators) {
        return index % shard.count == player ? std::optional<Share>(Share{}) : std::nullopt;
    }
    if (player % operators != index) {
        return std::nullopt;
    }
    // Players index, index + operators, index + 2 operators, ... below the number of shards.
    return Share{player / operators, (shard.count - index + operators - 1) / operators};
}

}  // namespace fsd::tuning
