// The files of the page, as they were when the program was built.
#pragma once

#include <string>
#include <vector>

namespace fsd::demo {

struct PageFile {
    std::string name;  // below the page's address; empty for the page itself
    std::string type;  // of its content, for the browser
    std::string content;
};

const std::vector<PageFile> &page_files();

}  // namespace fsd::demo
