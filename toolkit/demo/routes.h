// The addresses that a server knows, and who is let in.
#pragma once

#include "toolkit/demo/http.h"

#include <functional>

namespace fsd::demo {

// One address, e.g. "picture" of http://127.0.0.1:PORT/TOKEN/picture.
struct Route {
    std::string name;    // empty: what stands behind TOKEN/ alone
    std::string method;  // "GET" (which serves HEAD, too) or "POST"
    std::uint64_t largest_body = 0;
    // May throw fsd::Error, of which the server makes a response.
    std::function<Response(const Bytes &body)> answer;
};

// Whom the server is for.
struct Admission {
    std::string token;
    int port = 0;
};

// The route that the request takes, or why it is refused, before its body is read:
//   403  the header Host is neither 127.0.0.1:PORT nor localhost:PORT (a page elsewhere whose name was bound
//        to this machine), Origin is another one, or the path does not begin with the token
//   404  no such address; 405 another method
//   411  a body without a length; 400 a length that is no number; 413 a body beyond the route's limit
struct Admitted {
    const Route *route = nullptr;  // where none: `refused`
    Response refused;
    std::uint64_t length = 0;  // of the body
};
Admitted admit(const RequestHead &head, const Admission &admission, const std::vector<Route> &routes);

}  // namespace fsd::demo
