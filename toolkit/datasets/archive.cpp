// libarchive with the formats that people pack images in, and no others: each is code that a stranger's file
// reaches.
#include "toolkit/datasets/archive.h"

#include "runtime/error.h"
#include "runtime/formats/input_file.h"
#include "runtime/formats/printable_text.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace fsd {
namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t always_unpacked = 64 << 20, most_times_the_size = 200;
constexpr std::size_t bytes_at_a_time = 64 << 10;

std::string name_of(archive_entry *entry) {
    const char *name = archive_entry_pathname_utf8(entry);
    name = name ? name : archive_entry_pathname(entry);
    return name ? name : "";
}

const char *unusual(archive_entry *entry) {
    if (archive_entry_is_encrypted(entry) != 0) {
        return "encrypted";
    }
    if (archive_entry_hardlink(entry)) {
        return "a hard link";
    }
    if (archive_entry_sparse_count(entry) > 0) {
        return "a sparse file";
    }
    switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
        return nullptr;
    case AE_IFLNK:
        return "a symbolic link";
    default:
        return "of an unknown kind";
    }
}

}  // namespace

void ArchiveReader::Free::operator()(archive *opened) const {
    archive_read_free(opened);
}

ArchiveReader::ArchiveReader(const std::string &path) : path_(path), archive_(archive_read_new()) {
    size_ = InputFile(path).size();
    archive *const reader = archive_.get();
    if (!reader) {
        throw std::bad_alloc();
    }
    archive_read_support_format_zip_seekable(reader);
    archive_read_support_format_tar(reader);
    archive_read_support_filter_xz(reader);
    archive_read_support_filter_bzip2(reader);
    archive_read_support_filter_zstd(reader);
    archive_read_support_filter_compress(reader);
    if (archive_read_open_filename(reader, path.c_str(), bytes_at_a_time) != ARCHIVE_OK) {
        fail_damaged();
    }
}

bool ArchiveReader::next(Entry &entry) {
    for (;;) {
        archive_entry *found = nullptr;
        const int status = archive_read_next_header(archive_.get(), &found);
        if (status == ARCHIVE_EOF) {
            return false;
        }
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {  // warned of names that the locale cannot show
            fail_damaged();
        }
        current_ = name_of(found);
        check_expansion(
            archive_entry_size_is_set(found) ? static_cast<std::uint64_t>(archive_entry_size(found)) : 0);
        const auto type = archive_entry_filetype(found);
        if (type == AE_IFDIR || type == AE_IFCHR || type == AE_IFBLK || type == AE_IFIFO) {
            continue;
        }
        entry = {current_, unusual(found)};
        return true;
    }
}

std::vector<std::uint8_t> ArchiveReader::content(std::uint64_t at_most) {
    std::vector<std::uint8_t> bytes;
    for (;;) {
        const std::size_t before = bytes.size();
        bytes.resize(before + bytes_at_a_time);
        const la_ssize_t count = archive_read_data(archive_.get(), bytes.data() + before, bytes_at_a_time);
        if (count < 0) {
            fail_damaged();
        }
        bytes.resize(before + static_cast<std::size_t>(count));
        if (bytes.size() > at_most) {
            fail(text("the entry ", current_, " has more than ", at_most, " bytes"));
        }
        if (count == 0) {
            return bytes;
        }
    }
}

// Of what is there already and of the entry that was announced.
void ArchiveReader::check_expansion(std::uint64_t announced) const {
    const auto unpacked =
        static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_filter_bytes(archive_.get(), 0)));
    const std::uint64_t most = always_unpacked + most_times_the_size * size_;
    if (unpacked > most || announced > most) {
        fail(text("it unpacks to more than ", most_times_the_size, " times its ", size_, " bytes"));
    }
}

void ArchiveReader::fail(const std::string &reason) const {
    throw Error(ExitCode::bad_input, text("The archive ", path_, " cannot be used: ", reason, "."));
}

void ArchiveReader::fail_damaged() const {
    const char *reason = archive_error_string(archive_.get());
    fail(text("it is damaged or cut off (", reason ? printable_text(reason) : "no reason given", ")"));
}

bool is_archive(const std::string &file) {
    constexpr std::array begins = {"PK\x03\x04"sv,
                                   "PK\x05\x06"sv,
                                   "\xfd"
                                   "7zXZ\0"sv,
                                   "BZh"sv,
                                   "\x28\xb5\x2f\xfd"sv,
                                   "\x1f\x9d"sv};
    const InputFile opened(file);
    std::string bytes(std::min<std::uint64_t>(opened.size(), 6), '\0');
    opened.read(0, bytes.data(), bytes.size());
    return std::any_of(begins.begin(), begins.end(),
                       [&](std::string_view begin) { return bytes.compare(0, begin.size(), begin) == 0; });
}

}  // namespace fsd
