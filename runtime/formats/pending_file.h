// A file that is complete before anybody sees it.
#pragma once

#include "runtime/formats/output_place.h"

#include <cstddef>
#include <string>

namespace fsd {

// The bytes on the disk, but not under their name yet: a file without a name (O_TMPFILE) in the target's
// folder, which the system removes whatever happens; where the file system has none, a file with a name that
// cannot be guessed. What cannot be replaced as a whole - pipes, mount points, files in a folder that may not
// be written to, files of an owner that we cannot give ours to - is written in place by publish().
class PendingFile {
public:
    // `data` must stay until publish(). Throws Error(bad_input).
    PendingFile(const std::string &path, const void *data, std::size_t size);
    ~PendingFile();
    PendingFile(PendingFile &&other) noexcept;
    PendingFile(const PendingFile &) = delete;
    PendingFile &operator=(const PendingFile &) = delete;
    PendingFile &operator=(PendingFile &&) = delete;

    // Gives the file its name and brings the name to the disk. Throws Error(bad_input).
    void publish();

    // Whether publish() writes in place.
    bool is_in_place() const { return file_ < 0; }

private:
    bool create();
    bool take_owner_and_mode() const;
    std::string temporary_path() const;
    void give_name();
    void rename_over();
    void write_in_place() const;
    void discard();

    OutputPlace place_;
    const void *data_;
    std::size_t size_;
    int file_ = -1;
    std::string temporary_;  // its name in the folder; empty: it has none
};

// Removes what killed processes left in the folder: temporary files of ours that are an hour old.
void remove_stale_files(const std::string &folder);

}  // namespace fsd
