// A pull reader: one pass over the text, no tree.
#include "runtime/formats/json_reader.h"

#include "runtime/error.h"
#include "runtime/formats/json_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>

namespace fsd {

// One level of the path for the time in which its value is read.
class JsonReader::Step {
public:
    Step(JsonReader &reader, const std::string &step) : reader_(reader), length_(reader.path_.size()) {
        reader.path_ += step;
    }
    ~Step() { reader_.path_.resize(length_); }
    Step(const Step &) = delete;
    Step &operator=(const Step &) = delete;

private:
    JsonReader &reader_;
    std::size_t length_;
};

JsonReader::JsonReader(std::string_view text, std::string name) : text_(text), name_(std::move(name)) {
    const std::size_t invalid = first_invalid_utf8(text);
    if (invalid != std::string_view::npos) {
        refuse(fsd::text("invalid UTF-8 at byte ", invalid, "."));
    }
}

void JsonReader::refuse(const std::string &sentence) const {
    const std::string place = path_.size() <= 200 ? path_ : path_.substr(0, 200) + "...";
    throw Error(ExitCode::bad_input, fsd::text(name_, place.empty() ? "" : ", ", place, ": ", sentence));
}

void JsonReader::expected(const std::string &what) const {
    refuse(fsd::text("expected ", what, " at byte ", at_, ", found ",
                     at_ < text_.size() ? quoted(text_.substr(at_, 1)) : "the end of the text", "."));
}

char JsonReader::peek() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
        at_++;
    }
    return at_ < text_.size() ? text_[at_] : '\0';
}

void JsonReader::expect(char character) {
    if (peek() != character) {
        expected(quoted({&character, 1}));
    }
    at_++;
}

// Steps over the comma before each element but the first; false at the end of the list.
bool JsonReader::next_in_list(char close, bool first) {
    if (peek() == close) {
        at_++;
        return false;
    }
    if (!first) {
        expect(',');
    }
    return true;
}

void JsonReader::object(std::size_t most_members, const std::function<void(const std::string &)> &member) {
    expect('{');
    std::set<std::string> keys;
    while (next_in_list('}', keys.empty())) {
        const std::string key = string();
        if (!keys.insert(key).second) {
            refuse(fsd::text("the key ", quoted(key), " appears twice."));
        }
        if (keys.size() > most_members) {
            refuse(fsd::text("more than ", most_members, " members."));
        }
        expect(':');
        Step step(*this, (path_.empty() ? "" : ".") + printable(key));
        member(key);
    }
}

void JsonReader::array(std::size_t most_elements, const std::function<void(std::size_t)> &element) {
    expect('[');
    for (std::size_t index = 0; next_in_list(']', index == 0); index++) {
        if (index == most_elements) {
            refuse(fsd::text("more than ", most_elements, " elements."));
        }
        Step step(*this, fsd::text("[", index, "]"));
        element(index);
    }
}

std::string JsonReader::string() {
    expect('"');
    std::string out;
    out.reserve(string_length());
    for (;; at_++) {
        if (at_ == text_.size() || static_cast<unsigned char>(text_[at_]) < 0x20) {
            expected("a character or the closing quote of a string");
        }
        if (text_[at_] == '"') {
            at_++;
            return out;
        }
        if (text_[at_] == '\\') {
            at_++;
            escape(out);
        } else {
            out += text_[at_];
        }
    }
}

// Bytes up to the closing quote: no string needs more, and growing step by step would need twice as many.
std::size_t JsonReader::string_length() const {
    std::size_t close = at_;
    while (close < text_.size() && text_[close] != '"') {
        close += text_[close] == '\\' ? 2 : 1;
    }
    return std::min(close, text_.size()) - at_;
}

// Reads what follows a backslash and leaves at_ on its last character.
void JsonReader::escape(std::string &out) {
    static constexpr std::string_view letters = "\"\\/bfnrt";
    static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const char letter = at_ < text_.size() ? text_[at_] : '\0';
    const std::size_t found = letters.find(letter);
    if (found != std::string_view::npos) {
        out += meanings[found];
        return;
    }
    if (letter != 'u') {
        expected("an escape (one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u)");
    }
    uint32_t code_point = four_hexadecimal_digits();
    if (code_point >= 0xD800 && code_point < 0xDC00 && text_.substr(at_ + 1, 2) == "\\u") {
        at_ += 2;
        const uint32_t low = four_hexadecimal_digits();
        code_point =
            low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((code_point - 0xD800) << 10) + (low - 0xDC00) : 0xD800;
    }
    if (code_point == 0 || (code_point >= 0xD800 && code_point < 0xE000)) {
        expected("a character that may stand in text (no NUL, no half of a surrogate pair)");
    }
    append_utf8(code_point, out);
}

uint32_t JsonReader::four_hexadecimal_digits() {
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        at_++;
        const char digit = at_ < text_.size() ? text_[at_] : '\0';
        const bool decimal = digit >= '0' && digit <= '9';
        const auto lower = static_cast<char>(digit | 0x20);
        if (!decimal && !(lower >= 'a' && lower <= 'f')) {
            expected("four hexadecimal digits");
        }
        value = value * 16 + static_cast<uint32_t>(decimal ? digit - '0' : lower - 'a' + 10);
    }
    return value;
}

int64_t JsonReader::integer() {
    constexpr int64_t most = std::numeric_limits<int64_t>::max();
    const bool negative = peek() == '-';
    const std::size_t start = at_ += negative ? 1 : 0;
    int64_t value = 0;
    for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; at_++) {
        const int digit = text_[at_] - '0';
        if (value > (most - digit) / 10) {
            refuse("the number does not fit 64 bits.");
        }
        value = value * 10 + digit;
    }
    const bool leading_zero = at_ > start + 1 && text_[start] == '0';
    const char next = at_ < text_.size() ? text_[at_] : '\0';
    if (at_ == start || leading_zero || next == '.' || next == 'e' || next == 'E') {
        expected("a whole number");
    }
    return negative ? -value : value;
}

// The characters of the number that follows, as RFC 8259 writes numbers.
std::string_view JsonReader::number_text() {
    peek();
    std::size_t end = at_;
    const auto digits = [&] {
        const std::size_t start = end;
        while (end < text_.size() && text_[end] >= '0' && text_[end] <= '9') {
            end++;
        }
        return end - start;
    };
    const auto skip = [&](const char *characters) {
        const bool found =
            end < text_.size() && std::string_view(characters).find(text_[end]) != std::string_view::npos;
        end += found ? 1 : 0;
        return found;
    };
    skip("-");
    const bool zero = end < text_.size() && text_[end] == '0';
    const std::size_t whole = digits();
    bool valid = whole > 0 && !(zero && whole > 1);
    if (skip(".")) {
        valid = digits() > 0 && valid;
    }
    if (skip("eE")) {
        skip("+-");
        valid = digits() > 0 && valid;
    }
    if (!valid) {
        expected("a number");
    }
    return text_.substr(at_, end - at_);
}

bool JsonReader::at_whole_number() {
    return number_text().find_first_of(".eE") == std::string_view::npos;
}

// std::from_chars knows no locale.
double JsonReader::number() {
    const std::string_view characters = number_text();
    double value = 0;
    const auto [end, error] =
        std::from_chars(characters.data(), characters.data() + characters.size(), value);
    if (error != std::errc() || !std::isfinite(value)) {
        refuse("the number does not fit float64.");
    }
    at_ += characters.size();
    return value;
}

void JsonReader::end() {
    peek();
    if (at_ != text_.size()) {
        expected("the end of the text");
    }
}

}  // namespace fsd
