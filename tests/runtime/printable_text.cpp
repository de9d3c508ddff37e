// What names from outside may do to a terminal, and what JSON keeps of them.
#include "runtime/formats/printable_text.h"

#include <catch2/catch.hpp>

using namespace fsd;

TEST_CASE("readable text of any language is shown as it is", "[printable]") {
    for (const std::string text :
         {"", "digit 7", "caf\xc3\xa9", "\xe7\x8c\xab", "\xf0\x9f\x90\x88", "a\\n"}) {
        CHECK(printable_text(text) == text);
        CHECK(valid_utf8(text) == text);
    }
    CHECK(columns_of("caf\xc3\xa9") == 4);
}

TEST_CASE("what acts on a terminal is escaped", "[printable]") {
    CHECK(printable_text("a\x1b[31mb\r\n\tc\x7f") == R"(a\x1b[31mb\r\n\tc\x7f)");
    CHECK(printable_text(std::string("a\0b", 3)) == R"(a\x00b)");
    CHECK(printable_text("\xc2\x9b"
                         "31m") == R"(\u009b31m)");  // CSI as a C1 control
    CHECK(printable_text("txt.\xe2\x80\xae"
                         "gpj") == R"(txt.\u202egpj)");  // right to left
    CHECK(printable_text("\xe2\x80\xa8\xe2\x81\xa6\xef\xbb\xbf") == R"(\u2028\u2066\ufeff)");
    CHECK(printable_text("\xf3\xa0\x80\x81") == R"(\u{e0001})");  // a tag, invisible
    CHECK(printable_lines("one\ntwo\x1b") == "one\ntwo\\x1b");
}

TEST_CASE("bytes that are no UTF-8 are escaped one by one", "[printable]") {
    for (const auto &[bytes, shown] :
         std::vector<std::pair<std::string, std::string>>{{"caf\xe9", R"(caf\xe9)"},  // Latin-1
                                                          {"\xff\xfe", R"(\xff\xfe)"},
                                                          {"\xc0\xaf", R"(\xc0\xaf)"},          // overlong
                                                          {"\xed\xa0\x80", R"(\xed\xa0\x80)"},  // a surrogate
                                                          {"\xe2\x82", R"(\xe2\x82)"},          // ends early
                                                          {"\x9b"
                                                           "31m",
                                                           R"(\x9b31m)"}}) {  // C1 of 8-bit terminals
        CHECK(printable_text(bytes) == shown);
        CHECK(valid_utf8(bytes) == shown);
    }
}

TEST_CASE("JSON stays the same document", "[printable]") {
    CHECK(printable_json("{\n \"a\\n\": \"\xc2\x9b\x7f\xe2\x80\xae\xc3\xa9\"\n}") ==
          "{\n \"a\\n\": \"\\u009b\\u007f\\u202e\xc3\xa9\"\n}");
    CHECK(printable_json("\"\xf3\xa0\x80\x81\"") == R"("\udb40\udc01")");
}
