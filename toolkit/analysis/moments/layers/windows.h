// Affine layers over windows of a map as matrices.
#pragma once

#include "toolkit/analysis/moments/layers/moment_layer.h"

#include <functional>
#include <vector>

namespace fsd::analysis {

// A term of a window: what the unit `input` adds to the site `site` (counted row by row).
struct WindowPlace {
    int site, input_site;    // rows of sites, one after the other
    int window_y, window_x;  // of the input site in the window
};

// All pairs of a site and an input site in its window that lies on the map, from window_y, window_x,
// stride_..., padding_...
void for_each_window_place(const MomentPlace &place, const std::function<void(const WindowPlace &)> &visit);

// The same for pools: windows are cut at the map's end.
void for_each_pool_place(const MomentPlace &place, const std::function<void(const WindowPlace &)> &visit);

// Units of each output of a pool: [output] -> inputs.
std::vector<std::vector<int>> pool_windows(const MomentPlace &place);

// A mean over the window's sites that are on the map.
AffineMap mean_pool(const MomentPlace &place);

// log_prior + observations * sum p log q; window_of(place, visit) as for_each_window_place.
AffineMap evidence(const MomentPlace &place, bool whole_map);

}  // namespace fsd::analysis
