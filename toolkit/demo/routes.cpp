// Asks for what the sender can know before what the server has.
#include "toolkit/demo/routes.h"

#include "runtime/error.h"
#include "toolkit/system/number_text.h"

#include <algorithm>

namespace fsd::demo {
namespace {

// Takes the same time wherever the two differ.
bool equal_in_constant_time(const std::string &a, const std::string &b) {
    unsigned difference = a.size() == b.size() ? 0 : 1;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); i++) {
        difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    }
    return difference == 0;
}

bool is_here(const std::string &host, int port) {
    return host == text("127.0.0.1:", port) || host == text("localhost:", port);
}

Admitted refused(int status, const std::string &sentence, const std::string &allow = {}) {
    Admitted result;
    result.refused = refusal(status, sentence);
    result.refused.allow = allow;
    return result;
}

Admitted with_body(const Route &route, const RequestHead &head) {
    if (head.content_length.empty() || !head.transfer_encoding.empty()) {
        return refused(411, "A body needs the header Content-Length, and no transfer encoding.");
    }
    const std::optional<std::uint64_t> length = whole_number<std::uint64_t>(head.content_length);
    if (!length) {
        return refused(400, "The header Content-Length is no number of bytes.");
    }
    if (*length > route.largest_body) {
        return refused(
            413, text("The body has ", *length, " bytes; at most ", route.largest_body, " are read here."));
    }
    return {&route, {}, *length};
}

bool has_body(const RequestHead &head) {
    return !head.transfer_encoding.empty() || (!head.content_length.empty() && head.content_length != "0");
}

}  // namespace

Admitted admit(const RequestHead &head, const Admission &admission, const std::vector<Route> &routes) {
    if (!is_here(head.host, admission.port)) {
        return refused(403, "The header Host is not this server's.");
    }
    if (!head.origin.empty() &&
        (head.origin.rfind("http://", 0) != 0 || !is_here(head.origin.substr(7), admission.port))) {
        return refused(403, "The request comes from another page.");
    }
    const std::size_t end = head.path.find('/', 1);
    if (end == std::string::npos ||
        !equal_in_constant_time(head.path.substr(0, end), "/" + admission.token)) {
        return refused(403, "The address lacks the token that 'fsdnet demo' printed.");
    }
    const std::string name = head.path.substr(end + 1);
    const auto route = std::find_if(routes.begin(), routes.end(),
                                    [&](const Route &candidate) { return candidate.name == name; });
    if (route == routes.end()) {
        return refused(404, "There is nothing at this address.");
    }
    if (route->method == "POST") {
        return head.method == "POST" ? with_body(*route, head)
                                     : refused(405, "This address takes POST.", "POST");
    }
    if (head.method != "GET" && head.method != "HEAD") {
        return refused(405, "This address takes GET.", "GET, HEAD");
    }
    return has_body(head) ? refused(413, "A request for a file has no body.") : Admitted{&*route, {}, 0};
}

}  // namespace fsd::demo
