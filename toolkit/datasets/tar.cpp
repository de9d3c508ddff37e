// The tar format: 512-byte headers, contents padded to 512 bytes, two blocks of zeros at the end.
#include "toolkit/datasets/tar.h"

#include "runtime/error.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <optional>

namespace fsd {
namespace {

constexpr std::size_t block = 512;
constexpr std::uint64_t longest_name = 65536;

struct Field {
    std::size_t start;
    std::size_t length;
};
constexpr Field name_field{0, 100}, size_field{124, 12}, checksum_field{148, 8}, magic_field{257, 5},
    prefix_field{345, 155};
constexpr std::size_t type_place = 156;

using Block = std::uint8_t[block];

std::string string_in(const Block &bytes, Field field) {
    const char *start = reinterpret_cast<const char *>(bytes) + field.start;
    return {start, strnlen(start, field.length)};
}

// Octal digits between spaces and zeros. False for anything else.
bool octal_in(const Block &bytes, Field field, std::uint64_t &value) {
    std::string digits = string_in(bytes, field);
    digits.erase(0, digits.find_first_not_of(' '));
    digits.erase(std::find(digits.begin(), digits.end(), ' '), digits.end());
    value = 0;
    for (char digit : digits) {
        if (digit < '0' || digit > '7') {
            return false;
        }
        value = value * 8 + static_cast<unsigned>(digit - '0');
    }
    return !digits.empty();
}

// A size: octal, or (GNU) big-endian binary behind a byte 0x80.
bool size_in(const Block &bytes, std::uint64_t &value) {
    if (bytes[size_field.start] != 0x80) {
        return octal_in(bytes, size_field, value);
    }
    value = 0;
    for (std::size_t i = 1; i < size_field.length; i++) {
        if (value >> 55) {
            return false;
        }
        value = value << 8 | bytes[size_field.start + i];
    }
    return true;
}

bool checksum_holds(const Block &bytes) {
    std::uint64_t stored = 0;
    if (!octal_in(bytes, checksum_field, stored)) {
        return false;
    }
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < block; i++) {
        const bool counts_as_space =
            i >= checksum_field.start && i < checksum_field.start + checksum_field.length;
        sum += counts_as_space ? ' ' : bytes[i];
    }
    return sum == stored;
}

bool all_zeros(const Block &bytes) {
    return std::all_of(bytes, bytes + block, [](std::uint8_t byte) { return byte == 0; });
}

std::string name_in(const Block &bytes) {
    const std::string prefix = string_in(bytes, magic_field) == "ustar" && bytes[magic_field.start + 5] == 0
                                   ? string_in(bytes, prefix_field)
                                   : "";
    return prefix.empty() ? string_in(bytes, name_field) : prefix + "/" + string_in(bytes, name_field);
}

bool is_file(char type) {
    return type == '0' || type == 0 || type == '7';
}

// Devices, folders, pipes, the label of a volume, the list of a folder.
bool holds_nothing(char type) {
    return std::strchr("3456VD", type) != nullptr && type != 0;
}

bool has_content(char type) {
    return std::strchr("123456", type) == nullptr || type == 0;
}

TarReader::Kind kind_of(char type) {
    switch (type) {
    case '1':
        return TarReader::Kind::hard_link;
    case '2':
        return TarReader::Kind::symbolic_link;
    case 'S':
        return TarReader::Kind::sparse;
    default:
        return is_file(type) ? TarReader::Kind::file : TarReader::Kind::unknown;
    }
}

std::uint64_t padding_behind(std::uint64_t size) {
    return (block - size % block) % block;
}

}  // namespace

struct TarReader::Header {
    std::string name;
    std::uint64_t size = 0;
    char type = 0;
};

// What the entries in front of a header say of it.
struct TarReader::Extension {
    std::string name;  // empty: as in the header
    std::optional<std::uint64_t> size;
    bool is_sparse = false;

    void add(const std::string &key, const std::string &value) {
        const bool sparse = key.rfind("GNU.sparse.", 0) == 0;
        is_sparse = is_sparse || sparse;
        if (key == "GNU.sparse.name" || (key == "path" && !is_sparse)) {
            name = value;
        } else if (key == "size") {
            size = std::strtoull(value.c_str(), nullptr, 10);
        }
    }
};

// False at the end mark.
bool TarReader::read_header(Header &header) {
    Block bytes;
    reader_.read(bytes, block, "tar header (every archive ends with two blocks of zeros)");
    if (all_zeros(bytes)) {
        reader_.read(bytes, block, "the second block of zeros that ends a tar archive");
        if (!all_zeros(bytes)) {
            throw Error(ExitCode::bad_input,
                        text("The tar archive ", reader_.path(),
                             " is damaged: a single block of zeros stands between entries."));
        }
        while (reader_.read_some(bytes, block) == block) {
            // Reads on to the end of the file, so that a cut off or damaged gzip stream is noticed.
        }
        return false;
    }
    if (!checksum_holds(bytes) || !size_in(bytes, header.size)) {
        throw Error(ExitCode::bad_input,
                    text("The tar archive ", reader_.path(), " is damaged: the header after '", current_.name,
                         "' has a wrong checksum or size."));
    }
    header.name = name_in(bytes);
    header.type = static_cast<char>(bytes[type_place]);
    return true;
}

std::vector<std::uint8_t> TarReader::read_data(std::uint64_t size, std::uint64_t at_most) {
    if (size > at_most) {
        throw Error(ExitCode::bad_input, text("The tar archive ", reader_.path(), " holds an entry of ", size,
                                              " bytes after or at '", current_.name, "'; at most ", at_most,
                                              " are accepted there."));
    }
    std::vector<std::uint8_t> bytes = reader_.read_bytes(size, "tar entry '" + current_.name + "'");
    reader_.skip(padding_behind(size), "padding behind a tar entry");
    return bytes;
}

// Records "<length> <key>=<value>\n"; path, size and whether the file is sparse matter here.
void TarReader::read_pax(std::uint64_t size, Extension &extension) {
    const std::vector<std::uint8_t> bytes = read_data(size, longest_name);
    const std::string records(bytes.begin(), bytes.end());
    std::size_t start = 0;
    while (start < records.size()) {
        const std::size_t length = std::strtoul(records.c_str() + start, nullptr, 10);
        const std::size_t space = records.find(' ', start);
        const std::size_t equals = records.find('=', start);
        if (length == 0 || length > records.size() - start || space == std::string::npos ||
            equals == std::string::npos || space > equals || equals + 1 >= start + length ||
            records[start + length - 1] != '\n') {
            throw Error(ExitCode::bad_input,
                        text("The tar archive ", reader_.path(), " is damaged: an extended header after '",
                             current_.name, "' cannot be read."));
        }
        extension.add(records.substr(space + 1, equals - space - 1),
                      records.substr(equals + 1, start + length - equals - 2));
        start += length;
    }
}

void TarReader::skip_rest() {
    reader_.skip(left_, "tar entry '" + current_.name + "'");
    reader_.skip(padding_, "padding behind a tar entry");
    left_ = padding_ = 0;
}

bool TarReader::next(Entry &entry) {
    skip_rest();
    Extension extension;
    Header header;
    while (read_header(header)) {
        if (header.type == 'L') {
            const std::vector<std::uint8_t> bytes = read_data(header.size, longest_name);
            extension.name.assign(bytes.begin(), std::find(bytes.begin(), bytes.end(), 0));
        } else if (header.type == 'x' || header.type == 'X') {
            read_pax(header.size, extension);
        } else if (header.type == 'K' || header.type == 'g') {  // a link's long target, archive-wide remarks
            reader_.skip(header.size, "tar header");
            reader_.skip(padding_behind(header.size), "padding behind a tar header");
        } else {
            current_.name = extension.name.empty() ? header.name : extension.name;
            current_.size = extension.size.value_or(header.size);
            current_.kind = extension.is_sparse ? Kind::sparse : kind_of(header.type);
            // A link has no content, whatever size it tells.
            left_ = has_content(header.type) ? current_.size : 0;
            padding_ = padding_behind(left_);
            if (!holds_nothing(header.type)) {
                entry = current_;
                return true;
            }
            skip_rest();
            extension = {};
        }
    }
    return false;
}

std::vector<std::uint8_t> TarReader::content(std::uint64_t at_most) {
    std::vector<std::uint8_t> bytes = read_data(left_, at_most);
    left_ = padding_ = 0;
    return bytes;
}

bool is_tar(const std::string &file) {
    ByteReader reader(file);
    Block bytes;
    return reader.read_some(bytes, block) == block && !all_zeros(bytes) && checksum_holds(bytes);
}

}  // namespace fsd
