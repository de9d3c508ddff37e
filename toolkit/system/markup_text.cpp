// What elements and attributes in double quotes need.
#include "toolkit/system/markup_text.h"

namespace fsd {

std::string markup_text(const std::string &plain) {
    std::string out;
    for (const char character : plain) {
        switch (character) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += character;
        }
    }
    return out;
}

}  // namespace fsd
