// Every call of libarchive has to work. Also for programs that are no tests.
#include "tests/datasets/pack.h"

#include <archive.h>

#include <memory>
#include <stdexcept>

namespace fsd::testing {
namespace {

using Writer = std::unique_ptr<archive, int (*)(archive *)>;

void require(const Writer &writer, la_ssize_t result, la_ssize_t expected = ARCHIVE_OK) {
    if (result != expected) {
        const char *reason = archive_error_string(writer.get());
        throw std::runtime_error(std::string("An archive cannot be written: ") +
                                 (reason ? reason : "no reason given"));
    }
}

}  // namespace

std::string pack(const TemporaryFolder &folder, const std::string &format, const std::string &filter,
                 const std::vector<Packed> &files, const char *options) {
    const std::string path = folder / ("set-" + format + "-" + filter);
    const Writer writer(archive_write_new(), archive_write_free);
    require(writer, archive_write_set_format_by_name(writer.get(), format.c_str()));
    if (!filter.empty()) {
        require(writer, archive_write_add_filter_by_name(writer.get(), filter.c_str()));
    }
    if (options) {
        require(writer, archive_write_set_options(writer.get(), options));
        require(writer, archive_write_set_passphrase(writer.get(), "secret"));
    }
    require(writer, archive_write_open_filename(writer.get(), path.c_str()));
    for (const Packed &file : files) {
        const std::unique_ptr<archive_entry, void (*)(archive_entry *)> entry(archive_entry_new(),
                                                                              archive_entry_free);
        archive_entry_set_pathname(entry.get(), file.name.c_str());
        archive_entry_set_filetype(entry.get(), file.type);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.bytes.size()));
        if (file.type == AE_IFLNK) {
            archive_entry_set_symlink(entry.get(), file.link.empty() ? "elsewhere" : file.link.c_str());
        } else if (!file.link.empty()) {
            archive_entry_set_hardlink(entry.get(), file.link.c_str());
        }
        if (file.hole > 0) {
            archive_entry_sparse_add_entry(entry.get(), file.hole,
                                           static_cast<la_int64_t>(file.bytes.size()) - file.hole);
        }
        require(writer, archive_write_header(writer.get(), entry.get()));
        require(writer, archive_write_data(writer.get(), file.bytes.data(), file.bytes.size()),
                static_cast<la_ssize_t>(file.bytes.size()));
    }
    require(writer, archive_write_close(writer.get()));
    return path;
}

}  // namespace fsd::testing
