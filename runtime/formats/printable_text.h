// Text from outside - names of files, classes, layers - as a terminal may show it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fsd {

// Valid UTF-8 as it is. Escaped are characters that act on a terminal, a line or the order of its letters:
// controls (\n, \t, \r, else \x1b, \x7f), C1 controls, marks of direction, separators of lines and invisible
// characters (\u202e, \u{e0001}), and bytes that are no UTF-8 (\xff). Never fails; nothing of the result
// moves a cursor.
std::string printable_text(std::string_view text);

// The same for a text whose line feeds are its own.
std::string printable_lines(std::string_view text);

// Bytes that are no UTF-8 become the four characters \xff, as Python's error handler `backslashreplace`
// writes them; all else as it is. The result is valid UTF-8.
std::string valid_utf8(std::string_view text);

// JSON text with the characters above, but for line feeds, as \u escapes: the same document. `json` is valid.
std::string printable_json(std::string_view json);

// How many columns a terminal takes for a printable text, one for each character.
std::size_t columns_of(std::string_view text);

}  // namespace fsd
