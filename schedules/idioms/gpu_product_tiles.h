// The tiles of products on a GPU (gpu_products.h), as parameters of a schedule.
#pragma once

#include "schedules/idioms/register_tile.h"

#include <algorithm>
#include <string>
#include <vector>

namespace fsd {

// A thread's tile, panels x rows; the threads of a block, along the panels x along the rows; and how many
// vectors of terms a turn of the loop takes.
struct ProductTile {
    RegisterTile sums, threads;
    int vectors;
};

// Which tile is taken depends on the number of sums: wide ones read least, small ones give enough threads.
struct ProductTiles {
    ProductTile wide, middle, narrow;
    int wide_from, middle_from;  // number of sums

    int most(int RegisterTile::*extent) const {
        return std::max({wide.sums.*extent, middle.sums.*extent, narrow.sums.*extent});
    }
    int most_vectors() const { return std::max({wide.vectors, middle.vectors, narrow.vectors}); }
};

// The tiles as parameters of a schedule. wide_from is what gives each of some hundred multiprocessors 300
// threads with wide tiles. The narrow tile, one panel x one row, hides the latency of memory behind the 16
// terms that it reads at once; four of its threads are side by side, so that 10 outputs leave one idle.
// Maps of few sites fill blocks of 64 rows where `has_few_rows`.
inline std::vector<ScheduleParameter> product_parameters(bool has_few_rows = false) {
    return {{"wide_tile", "2x8", {"2x4", "1x8", "4x4", "2x16"}},
            {"wide_threads", has_few_rows ? "8x8" : "8x16", {has_few_rows ? "8x16" : "8x8", "16x8", "16x16"}},
            {"wide_from", "2097152", {"524288", "1048576", "4194304"}},
            {"middle_tile", "1x4", {"1x2", "1x8", "2x4"}},
            {"middle_threads", "8x16", {"8x8", "16x8", "16x16"}},
            {"middle_vectors", "2", {"1", "4"}},
            {"middle_from", "262144", {"65536", "131072", "524288"}},
            {"narrow_threads", "4x32", {"4x16", "2x64", "8x16"}},
            {"narrow_vectors", "4", {"2", "8"}}};
}
inline ProductTiles product_tiles(const ScheduleParameters &chosen) {
    return {{register_tile(chosen.word("wide_tile")), register_tile(chosen.word("wide_threads")), 1},
            {register_tile(chosen.word("middle_tile")), register_tile(chosen.word("middle_threads")),
             chosen.number("middle_vectors")},
            {{1, 1}, register_tile(chosen.word("narrow_threads")), chosen.number("narrow_vectors")},
            chosen.number("wide_from"),
            chosen.number("middle_from")};
}

}  // namespace fsd
