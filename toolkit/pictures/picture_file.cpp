// Draws a canvas on Cairo's surfaces of pixels and of SVG.
#include "toolkit/pictures/picture_file.h"

#include "runtime/error.h"
#include "runtime/formats/output_file.h"
#include "toolkit/system/file_roles.h"
#include "toolkit/system/list_text.h"
#include "toolkit/system/markup_text.h"

#include <cairo-svg.h>

#include <map>
#include <memory>
#include <new>

namespace fsd {
namespace {

void check(cairo_status_t status) {
    if (status == CAIRO_STATUS_NO_MEMORY) {
        throw std::bad_alloc();
    }
    if (status != CAIRO_STATUS_SUCCESS) {
        throw Error(ExitCode::unsupported, text("The picture cannot be drawn; the library Cairo says: ",
                                                cairo_status_to_string(status), "."));
    }
}

using Surface = std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t *)>;

void draw(const Canvas &canvas, cairo_surface_t *surface) {
    const std::unique_ptr<cairo_t, void (*)(cairo_t *)> context(cairo_create(surface), cairo_destroy);
    canvas.draw(context.get());
    check(cairo_status(context.get()));
}

cairo_status_t append(void *bytes, const unsigned char *more, unsigned int size) {
    try {
        static_cast<std::string *>(bytes)->append(reinterpret_cast<const char *>(more), size);
        return CAIRO_STATUS_SUCCESS;
    } catch (const std::bad_alloc &) {
        return CAIRO_STATUS_NO_MEMORY;
    }
}

// Cairo names what it draws by a number that it counts through all pictures of a process; here each picture
// begins with 1.
std::string numbered_anew(const std::string &svg, const std::string &name) {
    std::map<std::string, std::size_t> numbers;
    std::string out;
    std::size_t rest = 0;
    for (std::size_t at = svg.find(name); at != std::string::npos; at = svg.find(name, at + 1)) {
        const std::size_t first = at + name.size(), end = svg.find_first_not_of("0123456789", first);
        const bool is_name = svg[at - 1] == '"' || svg[at - 1] == '#';
        if (is_name && end > first) {
            const std::size_t next = numbers.size() + 1;
            out.append(svg, rest, first - rest);
            out += std::to_string(numbers.emplace(svg.substr(first, end - first), next).first->second);
            rest = end;
        }
    }
    return out.append(svg, rest);
}

}  // namespace

const std::vector<std::string> picture_endings = {".png", ".svg"};

std::string png_bytes(const Canvas &canvas) {
    const Surface pixels(cairo_image_surface_create(CAIRO_FORMAT_RGB24, canvas.width(), canvas.height()),
                         cairo_surface_destroy);
    draw(canvas, pixels.get());
    std::string bytes;
    check(cairo_surface_write_to_png_stream(pixels.get(), append, &bytes));
    return bytes;
}

std::string svg_text(const Canvas &canvas) {
    std::string bytes;
    const Surface svg(cairo_svg_surface_create_for_stream(append, &bytes, canvas.width(), canvas.height()),
                      cairo_surface_destroy);
    cairo_svg_surface_set_document_unit(svg.get(), CAIRO_SVG_UNIT_PX);
    draw(canvas, svg.get());
    cairo_surface_finish(svg.get());
    check(cairo_surface_status(svg.get()));
    const std::string texts = "<desc>" + markup_text(joined_list(canvas.texts(), "\n")) + "</desc>\n";
    for (const char *name : {"surface", "image", "mask", "source-"}) {
        bytes = numbered_anew(bytes, name);
    }
    return bytes.insert(bytes.find(">\n", bytes.find("<svg")) + 2, texts);
}

void write_picture(const std::string &path, const Canvas &canvas) {
    write_file(path, ending_of(path) == ".svg" ? svg_text(canvas) : png_bytes(canvas));
}

}  // namespace fsd
