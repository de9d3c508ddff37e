// Asks the system.
#include "apps/fsdnet/program_place.h"

namespace fsd::command_line {

std::filesystem::path program_folder() {
    std::error_code ignored;
    return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
}

}  // namespace fsd::command_line
