// How verbs write pictures.
#pragma once

#include "toolkit/pictures/picture_file.h"

namespace fsd::command_line {

// As write_picture(); notes a text with characters that no font of this machine has.
void save_picture(const std::string &path, const Canvas &picture);

// How a card names a file: by its folder and its own name.
std::string caption_of(const std::string &path);

}  // namespace fsd::command_line
