// Writes whole files: nobody ever sees a partial one.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace fsd {

// Writes the file whole and gives it its name when it is on the disk (PendingFile). A symbolic link is
// followed; owner and mode of a file that is there are kept; "-" and /dev/stdout are the standard output;
// pipes, devices and what cannot be replaced are written in place. docs/formats.md has the policy. Throws
// Error(bad_input) that names the path and the system's reason; then a file that is not written in place is
// as it was.
void write_file(const std::string &path, const void *data, std::size_t size);
void write_file(const std::string &path, const std::string &contents);

struct OutputFile {
    std::string path, contents;
};

// The same for files that belong together: none is renamed before all are written, so where one cannot be
// written none of the regular files has changed. Throws as write_file does.
void write_files(const std::vector<OutputFile> &files);

// For paths that are written to after work: throws what write_file would throw where the path is a folder, or
// its own folder is missing, full or not writable. Leaves nothing, and removes temporary files that killed
// processes left there.
void check_writable(const std::string &path);

}  // namespace fsd
