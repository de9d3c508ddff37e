// Every call of libarchive has to work.
#include "tests/datasets/pack.h"

#include <archive.h>
#include <catch2/catch.hpp>

#include <memory>

namespace fsd::testing {

std::string pack(const TemporaryFolder &folder, const std::string &format, const std::string &filter,
                 const std::vector<Packed> &files, const char *options) {
    const std::string path = folder / ("set-" + format + "-" + filter);
    const std::unique_ptr<archive, int (*)(archive *)> writer(archive_write_new(), archive_write_free);
    REQUIRE(archive_write_set_format_by_name(writer.get(), format.c_str()) == ARCHIVE_OK);
    if (!filter.empty()) {
        REQUIRE(archive_write_add_filter_by_name(writer.get(), filter.c_str()) == ARCHIVE_OK);
    }
    if (options) {
        REQUIRE(archive_write_set_options(writer.get(), options) == ARCHIVE_OK);
        REQUIRE(archive_write_set_passphrase(writer.get(), "secret") == ARCHIVE_OK);
    }
    REQUIRE(archive_write_open_filename(writer.get(), path.c_str()) == ARCHIVE_OK);
    for (const Packed &file : files) {
        const std::unique_ptr<archive_entry, void (*)(archive_entry *)> entry(archive_entry_new(),
                                                                              archive_entry_free);
        archive_entry_set_pathname(entry.get(), file.name.c_str());
        archive_entry_set_filetype(entry.get(), file.type);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.bytes.size()));
        if (file.type == AE_IFLNK) {
            archive_entry_set_symlink(entry.get(), "elsewhere");
        }
        REQUIRE(archive_write_header(writer.get(), entry.get()) == ARCHIVE_OK);
        REQUIRE(archive_write_data(writer.get(), file.bytes.data(), file.bytes.size()) ==
                static_cast<la_ssize_t>(file.bytes.size()));
    }
    REQUIRE(archive_write_close(writer.get()) == ARCHIVE_OK);
    return path;
}

}  // namespace fsd::testing
