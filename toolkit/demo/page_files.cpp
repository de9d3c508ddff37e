// The table of the page's files; their bytes come from page/ by cmake/EmbedFiles.cmake.
#include "toolkit/demo/page_files.h"

extern const unsigned char embedded_answers[], embedded_icon[], embedded_main[], embedded_page[],
    embedded_pen[], embedded_picture[], embedded_server[], embedded_style[], embedded_view[];
extern const unsigned long embedded_answers_size, embedded_icon_size, embedded_main_size, embedded_page_size,
    embedded_pen_size, embedded_picture_size, embedded_server_size, embedded_style_size, embedded_view_size;

namespace fsd::demo {
namespace {

PageFile file(const char *name, const char *type, const unsigned char *bytes, unsigned long size) {
    return {name, type, std::string(reinterpret_cast<const char *>(bytes), size)};
}

}  // namespace

const std::vector<PageFile> &page_files() {
    static constexpr const char *script = "text/javascript; charset=utf-8";
    static const std::vector<PageFile> files = {
        file("", "text/html; charset=utf-8", embedded_page, embedded_page_size),
        file("style.css", "text/css; charset=utf-8", embedded_style, embedded_style_size),
        file("icon.svg", "image/svg+xml", embedded_icon, embedded_icon_size),
        file("answers.js", script, embedded_answers, embedded_answers_size),
        file("main.js", script, embedded_main, embedded_main_size),
        file("pen.js", script, embedded_pen, embedded_pen_size),
        file("picture.js", script, embedded_picture, embedded_picture_size),
        file("server.js", script, embedded_server, embedded_server_size),
        file("view.js", script, embedded_view, embedded_view_size),
    };
    return files;
}

}  // namespace fsd::demo
