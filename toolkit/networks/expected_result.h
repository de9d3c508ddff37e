// Numbers that a network has to give, as another program wrote them.
#pragma once

#include "toolkit/networks/stored_network.h"

#include <string>

namespace fsd {

struct ExpectedResult {
    std::string input, expected;  // .npy files; empty where nothing is expected
    double absolute = 1e-5, relative = 1e-4;
};

// What a network may read of a .npy file, float64 as float32.
Tensor inputs_from(const std::string &path);

// Throws Error as need_close() unless the network gives, for `input`, the numbers in `expected`; nothing
// happens where nothing is expected. The device is one that log_posteriors() takes.
void need_expected(const StoredNetwork &network, const ExpectedResult &wanted, const std::string &device);

// The same for what has been computed from `input`.
void need_expected(const Tensor &result, const ExpectedResult &wanted);

}  // namespace fsd
