// A sparse file costs its sender nothing.
#include "toolkit/system/limited_file.h"

#include "runtime/error.h"
#include "runtime/formats/input_file.h"

namespace fsd {

std::string read_limited(const std::string &path, std::uint64_t most_bytes, const std::string &kind) {
    const InputFile file(path);
    if (file.size() > most_bytes) {
        throw Error(ExitCode::bad_input, text(file.path(), ": has ", file.size(), " bytes; ", kind,
                                              " has at most ", most_bytes, "."));
    }
    return file.whole();
}

}  // namespace fsd
