// The table of addresses.
#include "toolkit/demo/demo_server.h"

#include "toolkit/demo/answers.h"
#include "toolkit/demo/page_files.h"
#include "toolkit/demo/picture_bytes.h"

namespace fsd::demo {
namespace {

constexpr std::uint64_t largest_photo = 32 << 20;  // bytes

Response json_response(const std::string &document) {
    return {200, "application/json", document, {}};
}

Response picture_response(const Picture &picture) {
    return {200, "application/octet-stream", bytes_of(picture), {}};
}

}  // namespace

std::vector<Route> page_routes(PictureReader &reader, const std::string &model_name) {
    std::vector<Route> routes;
    for (const PageFile &file : page_files()) {
        routes.push_back({file.name, "GET", 0, [&file](const Bytes &) {
                              return Response{200, file.type, file.content, {}};
                          }});
    }
    routes.push_back({"model", "GET", 0, [&reader, model_name](const Bytes &) {
                          return json_response(network_json(reader, model_name));
                      }});
    routes.push_back({"picture", "POST", picture_size(reader.model().input), [&reader](const Bytes &body) {
                          const Picture picture = picture_from(body, reader.model().input);
                          return json_response(reading_json(reader.read(picture)));
                      }});
    routes.push_back({"evidence", "POST", picture_size(reader.model().input), [&reader](const Bytes &body) {
                          const Picture picture = picture_from(body, reader.model().input);
                          return json_response(evidence_json(reader.evidence(picture)));
                      }});
    routes.push_back({"photo", "POST", largest_photo, [&reader](const Bytes &body) {
                          return picture_response(
                              picture_of_file(body, reader.model(), reader.takes_unobserved()));
                      }});
    return routes;
}

}  // namespace fsd::demo
