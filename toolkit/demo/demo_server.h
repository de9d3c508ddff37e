// The page of `fsdnet demo`: its files, and what a network says about the pictures that it sends.
#pragma once

#include "toolkit/demo/http_server.h"
#include "toolkit/demo/reading.h"

namespace fsd::demo {

// The addresses below the token:
//   GET  (the page's files), model           what the page needs to know of the network, as JSON
//   POST picture                             picture_bytes.h -> posterior, entropies, ... as JSON
//   POST evidence                            the same -> what each pixel said, as JSON
//   POST photo                               an image file -> the picture that the network sees of it
// `reader` lives as long as the routes are served.
std::vector<Route> page_routes(PictureReader &reader, const std::string &model_name);

}  // namespace fsd::demo
