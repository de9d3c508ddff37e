// Goes over the text character by character; what is escaped is a table of ranges.
#include "runtime/formats/printable_text.h"

#include "runtime/formats/json_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace fsd {
namespace {

struct Range {
    std::uint32_t first, last;
};

// Unicode's controls (Cc), separators of lines and paragraphs, and those format characters (Cf) that are
// invisible or turn the direction of what follows. Left out: the joiners U+200C and U+200D, which words need.
constexpr std::array<Range, 13> escaped = {{{0, 0x1f},
                                            {0x7f, 0x9f},
                                            {0xad, 0xad},
                                            {0x61c, 0x61c},
                                            {0x180e, 0x180e},
                                            {0x200b, 0x200b},
                                            {0x200e, 0x200f},
                                            {0x2028, 0x202e},
                                            {0x2060, 0x206f},
                                            {0xfeff, 0xfeff},
                                            {0xfff9, 0xfffb},
                                            {0x1d173, 0x1d17a},
                                            {0xe0000, 0xe007f}}};

bool acts(std::uint32_t character) {
    return std::any_of(escaped.begin(), escaped.end(), [character](const Range &range) {
        return range.first <= character && character <= range.last;
    });
}

std::uint32_t code_point(std::string_view sequence) {
    const auto lead = static_cast<unsigned char>(sequence[0]);
    std::uint32_t value = sequence.size() == 1 ? lead : lead & (0x7fU >> sequence.size());
    for (std::size_t i = 1; i < sequence.size(); i++) {
        value = value << 6 | (static_cast<unsigned char>(sequence[i]) & 0x3fU);
    }
    return value;
}

std::string formatted(const char *format, unsigned value) {
    std::array<char, 16> out{};
    std::snprintf(out.data(), out.size(), format, value);
    return out.data();
}

std::string escape(std::uint32_t character) {
    switch (character) {
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return formatted(character < 0x80      ? "\\x%02x"
                         : character < 0x10000 ? "\\u%04x"
                                               : "\\u{%x}",
                         character);
    }
}

// JSON has no escape but by units of UTF-16.
std::string json_escape(std::uint32_t character) {
    if (character < 0x10000) {
        return formatted("\\u%04x", character);
    }
    return formatted("\\u%04x", 0xd800 + ((character - 0x10000) >> 10)) +
           formatted("\\u%04x", 0xdc00 + ((character - 0x10000) & 0x3ff));
}

// Each character as `write` has it, each byte that is none as \xff.
template<typename Write>
std::string rewritten(std::string_view text, const Write &write) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8_length(text, at);
        if (length == 0) {
            out += formatted("\\x%02x", static_cast<unsigned char>(text[at++]));
            continue;
        }
        out += write(text.substr(at, length));
        at += length;
    }
    return out;
}

}  // namespace

std::string printable_text(std::string_view text) {
    return rewritten(text, [](std::string_view sequence) {
        const std::uint32_t character = code_point(sequence);
        return acts(character) ? escape(character) : std::string(sequence);
    });
}

std::string printable_lines(std::string_view text) {
    return rewritten(text, [](std::string_view sequence) {
        const std::uint32_t character = code_point(sequence);
        return acts(character) && character != '\n' ? escape(character) : std::string(sequence);
    });
}

std::string valid_utf8(std::string_view text) {
    return rewritten(text, [](std::string_view sequence) { return std::string(sequence); });
}

std::string printable_json(std::string_view json) {
    return rewritten(json, [](std::string_view sequence) {
        const std::uint32_t character = code_point(sequence);
        return acts(character) && character != '\n' ? json_escape(character) : std::string(sequence);
    });
}

std::size_t columns_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
    }));
}

}  // namespace fsd
