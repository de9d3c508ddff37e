// Students trained over the states of a teacher: criteria T5 and T6 of docs/analysis.md on few seeds.
#include "experiments/disentangled_chain.h"
#include "experiments/expanded_training.h"
#include "toolkit/analysis/median.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::experiments;

TEST_CASE("trained on the expansion, students without noise classify, with little noise nearly: T5",
          "[teacher]") {
    for (const auto &[noise, bound] : {std::pair{0., 0.01}, std::pair{0.05, 0.2}}) {
        std::vector<double> losses;
        for (unsigned seed = 1; seed <= 5; seed++) {
            const GenerativeTree tree = random_tree(3, 2, 4, 3, noise, seed);
            const LocalStudent student =
                trained_student(tree, random_student(tree, 10, 3, seed + 1), GateRule::sign);
            losses.push_back(enumerate(tree, student, cross_entropy_gradient).loss);
        }
        CAPTURE(noise);
        CHECK(*median(losses) <= bound);
    }
}

TEST_CASE("blocks stay apart where states factorize and gradients are centered, and only there: T6",
          "[teacher]") {
    for (const bool rectified : {true, false}) {
        std::vector<double> kept, plain, entangled;
        for (unsigned seed = 1; seed <= 9; seed++) {
            kept.push_back(train_chain({true, rectified, 0}, seed).off_block);
            plain.push_back(train_chain({false, rectified, 0}, seed).off_block);
            entangled.push_back(train_chain({true, rectified, 0.1}, seed).off_block);
        }
        CAPTURE(rectified);
        CHECK(*median(kept) <= 1e-10);  // of single runs steps multiply the roundings
        CHECK(*median(plain) >= 0.05);
        CHECK(*median(entangled) >= 0.02);
    }
}
