// One table: where the bytes stand, what they are, what the kind is called and who takes it.
#include "runtime/formats/content_kind.h"

#include "runtime/error.h"

#include <array>
#include <string_view>

namespace fsd {
namespace {

using namespace std::string_view_literals;

constexpr const char *images = "'fsdnet classify' takes images";
constexpr const char *arrays = "--data of 'fsdnet train' and 'fsdnet evaluate' takes arrays";
constexpr const char *packed = "unpack it first";

struct ContentKind {
    std::size_t position;
    std::string_view bytes;
    const char *name, *taker;
};

constexpr std::array<ContentKind, 20> kinds = {{
    {0, "\x89PNG\r\n"sv, "a PNG image", images},
    {0, "\xff\xd8\xff"sv, "a JPEG image", images},
    {0, "GIF8"sv, "a GIF image", "save it as PNG"},
    {0, "BM"sv, "a BMP image", images},
    {0, "II*\0"sv, "a TIFF image", images},
    {0, "MM\0*"sv, "a TIFF image", images},
    {8, "WEBP"sv, "a WebP image", images},
    {0, "P5\n"sv, "a PGM image", images},
    {0, "P6\n"sv, "a PPM image", images},
    {0, "\x93NUMPY"sv, "a NumPy array (.npy)", arrays},
    {0, "\0\0\x08\x03"sv, "an IDX file of images", "'fsdnet classify' and --data take such files"},
    {0, "\0\0\x08\x01"sv, "an IDX file of labels", "--data takes the folder that holds images and labels"},
    {0, "\x1f\x8b"sv, "compressed by gzip", packed},
    {0, "PK\x03\x04"sv, "a ZIP archive, as .npz files and PyTorch's are", packed},
    {257, "ustar"sv, "a tar archive", "--data takes archives of images"},
    {0, "!<arch>\n"sv, "a static library", "link it with your program"},
    {0,
     "\x7f"
     "ELF"sv,
     "a program or a shared library", "it is none of fsdnet's files"},
    {0, "%PDF"sv, "a PDF document", "save its pages as PNG"},
    {0, "{"sv, "JSON text, as descriptions are", "'fsdnet train --description' takes descriptions"},
    {8, "{\""sv, "a .safetensors file, as models are", "--model takes models"},
}};

}  // namespace

std::string content_kind(const std::string &first_bytes) {
    for (const ContentKind &kind : kinds) {
        if (first_bytes.size() >= kind.position + kind.bytes.size() &&
            first_bytes.compare(kind.position, kind.bytes.size(), kind.bytes) == 0) {
            return text(kind.name, "; ", kind.taker);
        }
    }
    return "";
}

}  // namespace fsd
