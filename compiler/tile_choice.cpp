// Counts loads and multiply-adds per term of the sum.
#include "compiler/tile_choice.h"

#include "compiler/packed_layer.h"

#include <algorithm>

namespace fsd::compiler {
namespace {

// Both are issued twice a cycle; a sum waits 4 cycles for its last term; what each turn of the loop costs
// beside favors the larger of equal tiles.
constexpr double issued_per_cycle = 2, latency = 4, turn = 0.25;

// Enough that the last operations of a stage are few against the rest, few enough for the first-level cache.
constexpr int sites_per_strip = 96;

// Cycles per term and accumulator.
double cost(const RegisterTile &tile, int vectors_per_panel, bool in_line) {
    const double loaded = tile.vectors * vectors_per_panel, accumulators = loaded * tile.rows;
    const double cycles =
        std::max({accumulators / issued_per_cycle, (loaded + tile.rows) / issued_per_cycle, latency});
    // A tile across the ends of rows computes the places of its sites.
    return (cycles + turn) / accumulators * (in_line ? 1 : 1.1);
}

bool fits(const RegisterTile &tile, const TileLimits &limits) {
    const int loaded = tile.vectors * limits.vectors_per_panel;
    // A single vector multiplies what it reads from memory; several share a register that was read once.
    return loaded * tile.rows <= limits.accumulators &&
           loaded * tile.rows + loaded + (loaded > 1 ? 1 : 0) <= limits.registers;
}

}  // namespace

TileLimits tile_limits(const Halide::Target &target, int lanes) {
    const int registers = vector_registers(target);
    return {registers, std::max(1, lanes / target.natural_vector_size<float>()), registers};
}

RegisterTile best_register_tile(int panels, int sites, int width, const TileLimits &limits) {
    RegisterTile best{1, 1};
    double least = cost(best, limits.vectors_per_panel, true);
    for (int vectors = 1; vectors <= panels; vectors++) {
        for (int rows = 1; rows <= sites && panels % vectors == 0; rows++) {
            const RegisterTile tile{vectors, rows};
            const bool in_line = width % rows == 0 || rows % width == 0;
            if (sites % rows != 0 || !fits(tile, limits)) {
                continue;
            }
            const double found = cost(tile, limits.vectors_per_panel, in_line);
            if (found < least) {
                least = found;
                best = tile;
            }
        }
    }
    return best;
}

int rows_per_square(int sites) {
    if (sites <= lanes_per_panel) {
        return sites;
    }
    for (int rows = lanes_per_panel; rows >= lanes_per_panel / 2; rows--) {
        if (sites % rows == 0) {
            return rows;
        }
    }
    return lanes_per_panel;
}

int rows_per_strip(int height, int sites_per_row) {
    for (int rows = 1; rows < height; rows++) {
        if (height % rows == 0 && rows * sites_per_row >= sites_per_strip) {
            return rows;
        }
    }
    return height;
}

}  // namespace fsd::compiler
