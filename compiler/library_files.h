// The two files that a network becomes.
#pragma once

#include <string>

namespace fsd::compiler {

struct LibraryFiles {
    std::string library, header;  // FOLDER/libNAME.a, FOLDER/NAME.h
};

// Before the work: makes the folder if need be. Throws Error(bad_input) where it or the files cannot be
// written.
LibraryFiles prepare_library_files(const std::string &folder, const std::string &name);

// Both or none: a library and a header that do not belong together would be worse than none.
void write_library_files(const LibraryFiles &files, const std::string &library, const std::string &header);

}  // namespace fsd::compiler
