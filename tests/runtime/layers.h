// Layers for the networks of tests, with square windows.
#pragma once

#include "runtime/model.h"

#include <string>

namespace fsd::testing {

Layer conv(const std::string &name, int window, int groups, int states, int stride = 1, int padding = 0);
Layer linear(const std::string &name, int groups, int states);
Layer pool(const std::string &op, int window, int stride);
Layer plain(const std::string &op);

// Layers of ordinary networks.
Layer named(const std::string &op, const std::string &name);
Layer real_conv(const std::string &name, int window, int channels, int stride = 1, int padding = 0,
                int groups = 1);
Layer locally_connected(const std::string &name, int window, int channels, int stride = 1, int padding = 0);
Layer real_linear(const std::string &name, int channels);
Layer quadratic(double alpha);

}  // namespace fsd::testing
