// A teacher's chain whose states are pairs (z1, z2), and a student of two blocks of nodes, one for each part:
// do they stay apart in training?
#pragma once

namespace fsd::experiments {

struct ChainSetting {
    bool normalized = false;  // batch normalization of the hidden layer, and a bias behind the outputs
    bool rectified = false;   // relu behind the first layer
    double entangled = 0;  // how much of each transition is a random one of pairs, which does not factorize
    int steps = 3000;      // of 4.5 / steps: always the same way down
};

struct ChainResult {
    double off_block = 0;            // norm of weights between blocks over that within, at the end
    double first_gradient = 0;       // the same of the gradient of the first step
    double factorization_index = 0;  // of the upper transition, nats
};

// Both layers begin with blocks alone; the targets of the first block follow from z1, of the second from z2.
ChainResult train_chain(const ChainSetting &setting, unsigned seed);

}  // namespace fsd::experiments
