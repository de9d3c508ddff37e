// One call of the C compiler's driver.
#include "toolkit/networks/shared_library.h"

#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "toolkit/npy/close_numbers.h"
#include "toolkit/system/process.h"
#include "toolkit/system/work_folder.h"

#include <filesystem>

namespace fsd {
namespace {

namespace fs = std::filesystem;

// The network's name where the function is one of its others.
std::string without_ending(const std::string &function, const std::string &ending) {
    const std::size_t size = function.size() < ending.size() ? 0 : function.size() - ending.size();
    return function.compare(size, ending.size(), ending) == 0 ? function.substr(0, size) : function;
}

}  // namespace

void link_shared(const std::string &archive, const std::string &name, const std::string &shared) {
    const WorkFolder folder("fsdnet-link");
    const std::string exports = folder.file("exports.map");
    std::string shown;
    for (const char *const ending : {"", "_floats", "_judge", "_masked", "_is_of"}) {
        shown += name + ending + "; ";
    }
    write_file(exports, text("{ global: ", shown, "local: *; };\n"));
    const ProcessOutcome outcome =
        run_process({"cc", "-shared", "-o", shared, "-Wl,--whole-archive", fs::absolute(archive).string(),
                     "-Wl,--no-whole-archive", "-Wl,--version-script=" + exports, "-Wl,-z,relro,-z,now"});
    if (outcome.code != 0) {
        throw Error(ExitCode::bad_input,
                    text("The static library ", archive, " could not be linked; cc says: ",
                         outcome.output.substr(0, outcome.output.find('\n'))));
    }
}

CompiledLibrary open_library(const std::string &path, const std::string &function) {
    if (!fs::is_regular_file(path)) {
        throw Error(ExitCode::bad_input,
                    text("There is no library ", path, ". 'fsdnet compile' makes one of a model."));
    }
    if (fs::path(path).extension() != ".a") {
        return CompiledLibrary(path, function);
    }
    const std::string stem = fs::path(path).stem().string();
    const std::string name = !function.empty() ? function : stem.rfind("lib", 0) == 0 ? stem.substr(3) : stem;
    const WorkFolder folder("fsdnet-link");
    link_shared(path, without_ending(name, "_floats"), folder.file("network.so"));
    return CompiledLibrary(folder.file("network.so"), name);
}

void need_same_result(const CompiledLibrary &library, const Tensor &inputs, const Tensor &expected) {
    constexpr double tolerance = 1e-4;
    Tensor result = make_tensor<float>(shape_of(expected));
    library.run(inputs, result);
    need_close(result, expected, tolerance, tolerance);
}

}  // namespace fsd
