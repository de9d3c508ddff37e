// Writes whole files: nobody ever sees a partial one.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace fsd {

// Writes to a temporary file beside `path` and renames it; a symbolic link is followed. A path that exists
// and is no regular file (a pipe, /dev/stdout) is written to directly. Throws Error(bad_input) that names the
// path and the system's reason; then `path` is as it was.
void write_file(const std::string &path, const void *data, std::size_t size);
void write_file(const std::string &path, const std::string &contents);

struct OutputFile {
    std::string path, contents;
};

// The same for files that belong together: none is renamed before all are written, so where one cannot be
// written none of the regular files has changed. Throws as write_file does.
void write_files(const std::vector<OutputFile> &files);

// For paths that are written to after long work: throws what write_file would throw where the path is a
// folder, or its own folder is missing or not writable. Touches nothing.
void check_writable(const std::string &path);

}  // namespace fsd
