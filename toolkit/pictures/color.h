// The colors of pictures.
#pragma once

#include <array>

namespace fsd {

struct Color {
    int red, green, blue;  // 0..255
};

// The colors that all pictures share.
constexpr Color paper{255, 255, 255}, text_color{33, 37, 41}, faint_text{95, 101, 108}, track{234, 237, 240},
    accent{43, 108, 176}, right_color{47, 133, 90}, wrong_color{197, 48, 48};

// Okabe and Ito's colors, which remain distinct for color-blind people.
constexpr std::array<Color, 7> series_colors{
    {{0, 114, 178}, {213, 94, 0}, {0, 158, 115}, {204, 121, 167}, {230, 159, 0}, {86, 180, 233}, {0, 0, 0}}};

// The color at `share` (0..1) of the way from one to another.
Color mixed(const Color &from, const Color &to, double share);

}  // namespace fsd
