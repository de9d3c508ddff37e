// UTF-8, escapes, and names in sentences.
#include "runtime/formats/json_text.h"

#include <array>
#include <charconv>

namespace fsd {
namespace {

bool is_continuation(std::string_view text, std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

char hexadecimal(unsigned digit) {
    return "0123456789abcdef"[digit & 15];
}

}  // namespace

std::size_t utf8_length(std::string_view text, std::size_t at) {
    const unsigned lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) {
        return 1;
    }
    if (lead < 0xC2 || lead > 0xF4) {
        return 0;
    }
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    for (std::size_t i = 1; i < length; i++) {
        if (!is_continuation(text, at + i)) {
            return 0;
        }
    }
    // The second byte decides between the shortest form, surrogates and values above U+10FFFF.
    const unsigned second = static_cast<unsigned char>(text[at + 1]);
    const bool valid = (lead != 0xE0 || second >= 0xA0) && (lead != 0xED || second < 0xA0) &&
                       (lead != 0xF0 || second >= 0x90) && (lead != 0xF4 || second < 0x90);
    return valid ? length : 0;
}

std::size_t first_invalid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8_length(text, at);
        if (length == 0) {
            return at;
        }
        at += length;
    }
    return std::string_view::npos;
}

void append_utf8(uint32_t code_point, std::string &out) {
    if (code_point < 0x80) {
        out += static_cast<char>(code_point);
        return;
    }
    const int continuations = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
    const unsigned lead = continuations == 1 ? 0xC0 : continuations == 2 ? 0xE0 : 0xF0;
    out += static_cast<char>(lead | (code_point >> (6 * continuations)));
    for (int i = continuations - 1; i >= 0; i--) {
        out += static_cast<char>(0x80 | ((code_point >> (6 * i)) & 0x3F));
    }
}

std::string json_number(double value) {
    std::array<char, 32> out{};  // the longest has 24 characters: -2.2250738585072014e-308
    const auto result = std::to_chars(out.data(), out.data() + out.size(), value);
    return {out.data(), result.ptr};
}

std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (const char character : text) {
        if (character == '"' || character == '\\') {
            out += '\\';
            out += character;
        } else if (static_cast<unsigned char>(character) < 0x20) {
            out += "\\u00";
            out += hexadecimal(static_cast<unsigned char>(character) >> 4);
            out += hexadecimal(static_cast<unsigned char>(character));
        } else {
            out += character;
        }
    }
    return out + "\"";
}

std::string printable(std::string_view name) {
    constexpr std::size_t most = 60;
    std::string out;
    for (const char character : name.substr(0, most)) {
        out += character >= 0x20 && character < 0x7F ? character : '?';
    }
    return name.size() > most ? out + "..." : out;
}

std::string quoted(std::string_view name) {
    return "'" + printable(name) + "'";
}

}  // namespace fsd
