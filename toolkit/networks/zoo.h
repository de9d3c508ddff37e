// Trained networks with names: the model files of one folder, and beside each a card, NAME.md, that says what
// it is for, how it was made and what was measured.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fsd {

struct ZooNetwork {
    std::string name;     // of the file, without .safetensors
    std::string path;     // of the model file
    std::uint64_t bytes;  // of the model file
    std::string card;     // path; the 8-bit twin NAME-8bit has that of NAME. Empty: there is none
};

// By name. Empty where there is no such folder.
std::vector<ZooNetwork> zoo_in(const std::string &folder);

// The whole card. Throws Error(bad_input) where it cannot be read.
std::string card_of(const ZooNetwork &network);

// The card's first sentences: the line below its heading, and that it is a twin. Empty where it has no card.
std::string summary_of(const ZooNetwork &network);

}  // namespace fsd
