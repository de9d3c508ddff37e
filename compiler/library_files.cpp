// Checked before the work, written after it.
#include "compiler/library_files.h"

#include "runtime/error.h"
#include "runtime/formats/output_file.h"

#include <filesystem>

namespace fsd::compiler {

namespace fs = std::filesystem;

LibraryFiles prepare_library_files(const std::string &folder, const std::string &name) {
    std::error_code error, ignored;
    fs::create_directories(folder, error);
    if (!fs::is_directory(folder, ignored)) {
        throw Error(ExitCode::bad_input, text("The folder '", folder, "' cannot be made: ",
                                              error ? error.message() : "a file is there", "."));
    }
    LibraryFiles files{(fs::path(folder) / ("lib" + name + ".a")).string(),
                       (fs::path(folder) / (name + ".h")).string()};
    check_writable(files.library);
    check_writable(files.header);
    return files;
}

void write_library_files(const LibraryFiles &files, const std::string &library, const std::string &header) {
    write_files({{files.header, header}, {files.library, library}});
}

}  // namespace fsd::compiler
