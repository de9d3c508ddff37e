// Reads JSON text of a known shape, front to back. The caller says what comes next, so nothing but the
// caller's own data is ever stored, nothing is skipped, and values cannot nest deeper than the caller's code
// does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace fsd {

// Stricter than RFC 8259: no duplicate keys, no NUL characters, no invalid UTF-8.
// Every function throws Error(bad_input): where in the text and in the structure, what was expected, what was
// found.
class JsonReader {
public:
    // `name` is what the text is called in sentences. The text must outlive the reader.
    JsonReader(std::string_view text, std::string name);

    // Calls member(key) for each member; it must read the value.
    void object(std::size_t most_members, const std::function<void(const std::string &key)> &member);
    // Calls element(index) for each element; it must read the element.
    void array(std::size_t most_elements, const std::function<void(std::size_t index)> &element);
    std::string string();
    int64_t integer();       // without fraction or exponent
    double number();         // finite
    bool at_whole_number();  // the number that follows has neither fraction nor exponent
    void end();              // nothing but white space is left

    // Refuses the structure as read so far: "<name>, <path>: <sentence>".
    [[noreturn]] void refuse(const std::string &sentence) const;

private:
    class Step;

    char peek();
    void expect(char character);
    bool next_in_list(char close, bool first);
    std::size_t string_length() const;
    void escape(std::string &out);
    uint32_t four_hexadecimal_digits();
    std::string_view number_text();
    [[noreturn]] void expected(const std::string &what) const;

    std::string_view text_;
    std::string name_;
    std::string path_;  // e.g. "layers[3].stride_y"
    std::size_t at_ = 0;
};

}  // namespace fsd
