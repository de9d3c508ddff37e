// Compares letters only.
#include "toolkit/datasets/split_name.h"

#include <array>
#include <cctype>
#include <string_view>

namespace fsd {
namespace {

struct Name {
    std::string_view word;
    SplitFolder folder;
};
constexpr std::array names = {
    Name{"train", SplitFolder::train},
    Name{"training", SplitFolder::train},
    Name{"val", SplitFolder::validation},
    Name{"valid", SplitFolder::validation},
    Name{"test", SplitFolder::test},
    Name{"testing", SplitFolder::test},
    Name{"validation", SplitFolder::validation},
};
constexpr std::array<std::string_view, 4> endings = {"", "set", "data", "images"};

std::string letters_of(const std::string &name) {
    std::string letters;
    for (const unsigned char character : name) {
        if (std::isalnum(character) || character >= 0x80) {
            letters += static_cast<char>(std::tolower(character));
        }
    }
    return letters;
}

}  // namespace

std::optional<SplitFolder> split_folder(const std::string &name) {
    const std::string letters = letters_of(name);
    for (const Name &known : names) {
        for (const std::string_view ending : endings) {
            if (letters == std::string(known.word) + std::string(ending)) {
                return known.folder;
            }
        }
    }
    return std::nullopt;
}

}  // namespace fsd
