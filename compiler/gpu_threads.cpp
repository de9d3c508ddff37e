// Small arithmetic on powers of 2.
#include "compiler/gpu_threads.h"

namespace fsd::compiler {
namespace {

constexpr int fewest_in_block = 32;  // a warp

int in_whole(int parts, int number) {
    return (number + parts - 1) / parts * parts;
}

int next_power(int number, int most) {
    int power = 1;
    while (power < number && power < most) {
        power *= 2;
    }
    return power;
}

}  // namespace

ThreadBlock thread_block(int width, int height) {
    ThreadBlock block{next_power(width, gpu_threads_per_block), 1};
    while (block.x > fewest_in_block && in_whole(block.x / 2, width) < in_whole(block.x, width)) {
        block.x /= 2;
    }
    block.y = next_power(height, gpu_threads_per_block / block.x);
    return block;
}

GpuTile gpu_tile(int panels, int rows) {
    GpuTile tile;
    tile.panels_per_block = next_power(panels, 16);
    const int threads = (rows + tile.rows_per_thread - 1) / tile.rows_per_thread;
    int best = gpu_threads_per_block / tile.panels_per_block;
    for (int fewer = best / 2; fewer * tile.panels_per_block >= fewest_in_block; fewer /= 2) {
        best = in_whole(fewer, threads) < in_whole(best, threads) ? fewer : best;
    }
    tile.row_threads_per_block = best;
    return tile;
}

}  // namespace fsd::compiler
