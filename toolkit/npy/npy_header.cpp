// A strict reader of the one Python dict that NumPy writes; nothing is ever evaluated.
#include "toolkit/npy/npy_header.h"

#include "runtime/error.h"
#include "runtime/formats/content_kind.h"
#include "runtime/formats/input_file.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace fsd {
namespace {

constexpr std::size_t most_axes = 64;            // NumPy's own limit
constexpr std::size_t longest_header = 1 << 16;  // far beyond any header of that many axes

class Parser {
public:
    Parser(const std::string &header, const std::string &path) : header_(header), path_(path) {}

    void parse(NpyHeader &result) {
        std::set<std::string> seen;
        expect('{');
        while (!accept('}')) {
            const std::string key = quoted();
            expect(':');
            value(key, result);
            if (!seen.insert(key).second) {
                fail("the header names '" + key + "' twice");
            }
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        skip_space();
        if (at_ != header_.size() || seen.size() != 3) {
            fail("the header must be a dict with the keys descr, fortran_order and shape");
        }
        check_size(result.shape);
    }

    [[noreturn]] void fail(const std::string &reason) const {
        throw Error(ExitCode::bad_input,
                    text("The file '", path_, "' is not a NumPy array that can be used: ", reason, "."));
    }

private:
    // Strides must fit as well, so that an axis without elements does not excuse the others.
    void check_size(const Shape &shape) const {
        std::int64_t elements = 1;
        for (const int extent : shape) {
            elements *= std::max(extent, 1);
            if (elements > 0x7fffffff) {
                fail(text("its shape ", to_string(shape), " stands for 2^31 elements or more; split it"));
            }
        }
    }

    void value(const std::string &key, NpyHeader &result) {
        if (key == "descr") {
            element_type(result);
        } else if (key == "fortran_order") {
            result.fortran_order = boolean();
        } else if (key == "shape") {
            result.shape = shape();
        } else {
            fail("the header has an unknown key '" + key + "'");
        }
    }

    void element_type(NpyHeader &result) {
        skip_space();
        if (at_ < header_.size() && header_[at_] == '[') {
            fail("its elements are records; save one field with numpy.save");
        }
        const std::string descriptor = quoted();
        const std::string kind = descriptor.size() == 3 ? descriptor.substr(1) : "";
        static const std::map<std::string, halide_type_t> known = {
            {"f4", {halide_type_float, 32}}, {"f8", {halide_type_float, 64}}, {"b1", {halide_type_uint, 8}},
            {"u1", {halide_type_uint, 8}},   {"u2", {halide_type_uint, 16}},  {"u4", {halide_type_uint, 32}},
            {"u8", {halide_type_uint, 64}},  {"i1", {halide_type_int, 8}},    {"i2", {halide_type_int, 16}},
            {"i4", {halide_type_int, 32}},   {"i8", {halide_type_int, 64}}};
        const auto found = known.find(kind);
        const bool one_byte = !kind.empty() && kind[1] == '1';
        const bool ordered = descriptor[0] == '<' || descriptor[0] == '>';
        if (found == known.end() || !(ordered || (one_byte && descriptor[0] == '|'))) {
            fail("its element type '" + descriptor +
                 "' is none of bool, int8 to int64, uint8 to uint64, float32, float64; convert it with "
                 ".astype");
        }
        result.type = found->second;
        result.boolean = kind == "b1";
        result.big_endian = descriptor[0] == '>' && !one_byte;
    }

    bool boolean() {
        skip_space();
        for (const std::string word : {"True", "False"}) {
            if (header_.compare(at_, word.size(), word) == 0) {
                at_ += word.size();
                return word == "True";
            }
        }
        fail("fortran_order must be True or False");
    }

    Shape shape() {
        Shape extents;
        expect('(');
        while (!accept(')')) {
            extents.push_back(extent());
            if (extents.size() > most_axes) {
                fail(text("the shape has more than ", most_axes, " axes"));
            }
            if (!accept(',')) {
                if (extents.size() == 1) {
                    fail("the shape must be a tuple");
                }
                expect(')');
                break;
            }
        }
        return extents;
    }

    int extent() {
        skip_space();
        std::int64_t value = 0;
        const std::size_t start = at_;
        for (; at_ < header_.size() && std::isdigit(static_cast<unsigned char>(header_[at_])) != 0; at_++) {
            value = value * 10 + (header_[at_] - '0');
            if (value > 0x7fffffff) {
                fail("an axis has 2^31 elements or more");
            }
        }
        if (at_ == start) {
            fail("the shape must hold non-negative integers");
        }
        accept('L');  // written by Python 2
        return static_cast<int>(value);
    }

    std::string quoted() {
        skip_space();
        const char quote = at_ < header_.size() ? header_[at_] : ' ';
        const std::size_t end =
            quote == '\'' || quote == '"' ? header_.find(quote, at_ + 1) : std::string::npos;
        if (end == std::string::npos) {
            fail("the header is no dict of quoted keys");
        }
        std::string content = header_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        return content;
    }

    void skip_space() {
        while (at_ < header_.size() && std::isspace(static_cast<unsigned char>(header_[at_])) != 0) {
            at_++;
        }
    }

    bool accept(char wanted) {
        skip_space();
        const bool found = at_ < header_.size() && header_[at_] == wanted;
        at_ += found ? 1 : 0;
        return found;
    }

    void expect(char wanted) {
        if (!accept(wanted)) {
            fail(std::string("the header lacks a '") + wanted + "'");
        }
    }

    const std::string &header_;
    const std::string &path_;
    std::size_t at_ = 0;
};

std::size_t little_endian(const std::string &file, std::size_t at, int bytes) {
    std::size_t value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
        value = value << 8 | static_cast<unsigned char>(file[at + i]);
    }
    return value;
}

}  // namespace

NpyHeader parse_npy_header(const std::string &file, const std::string &path) {
    const std::string none;
    const bool has_magic = file.compare(0, 6, "\x93NUMPY") == 0;
    if (file.size() < 12 || !has_magic) {
        const std::string kind = has_magic ? "" : content_kind(file.substr(0, content_kind_bytes));
        Parser(none, path)
            .fail(kind.empty() ? "it does not begin with the magic bytes of a .npy file" : "it is " + kind);
    }
    const int version = static_cast<unsigned char>(file[6]);
    if (version < 1 || version > 3) {
        Parser(none, path).fail(text("its format version is ", version, "; 1, 2 and 3 are known"));
    }
    const int length_bytes = version == 1 ? 2 : 4;
    const std::size_t start = 8 + length_bytes, length = little_endian(file, 8, length_bytes);
    if (length > longest_header) {
        Parser(none, path)
            .fail(text("its header has ", length, " bytes; at most ", longest_header, " are read"));
    }
    if (length > file.size() - start) {
        Parser(none, path).fail("its header is longer than the file");
    }
    NpyHeader result;
    const std::string header = file.substr(start, length);
    Parser(header, path).parse(result);
    result.size = start + length;
    return result;
}

NpyHeader read_npy_header(const std::string &path) {
    const InputFile file(path);
    std::string beginning(std::min<std::size_t>(12, file.size()), '\0');
    file.read(0, beginning.data(), beginning.size());
    const bool long_length = beginning.size() == 12 && beginning[6] != 1;
    const std::size_t length = beginning.size() < 12 ? 0 : little_endian(beginning, 8, long_length ? 4 : 2);
    std::string rest(std::min({length, longest_header, std::size_t(file.size()) - beginning.size()}), '\0');
    file.read(beginning.size(), rest.data(), rest.size());
    return parse_npy_header(beginning + rest, path);
}

}  // namespace fsd
