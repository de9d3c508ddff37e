// Writes, then tells what could not be shown.
#include "apps/fsdnet/picture_output.h"

#include "apps/fsdnet/verb.h"
#include "runtime/error.h"
#include "runtime/formats/printable_text.h"

#include <filesystem>

namespace fsd::command_line {

void save_picture(const std::string &path, const Canvas &picture) {
    write_picture(path, picture);
    if (!picture.text_without_font().empty()) {
        note(text("The picture '", printable_text(path),
                  "' has boxes in place of characters that no font of this ", "machine has, as in '",
                  printable_text(picture.text_without_font()),
                  "'; install a font that has them, e.g. Debian's fonts-noto-core or fonts-noto-cjk."));
    }
}

std::string caption_of(const std::string &path) {
    const std::filesystem::path file(path);
    return (file.parent_path().filename() / file.filename()).string();
}

}  // namespace fsd::command_line
