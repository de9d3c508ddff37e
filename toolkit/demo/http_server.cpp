// What libmicrohttpd calls: a request's head, pieces of its body, its end.
#include "toolkit/demo/http_server.h"

#include "runtime/error.h"
#include "runtime/failure.h"
#include "toolkit/demo/listener.h"

#include <microhttpd.h>

#include <array>
#include <utility>

namespace fsd::demo {
namespace {

constexpr unsigned most_connections = 64, idle_seconds = 20;
constexpr std::size_t head_memory = 32768;

using ResponsePointer = std::unique_ptr<MHD_Response, decltype(&MHD_destroy_response)>;

constexpr std::array<std::pair<const char *, const char *>, 7> standing_headers = {{
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
     "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
    {"Cache-Control", "no-store"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
}};

std::string header(MHD_Connection *connection, const char *name) {
    const char *const value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
    return value ? value : "";
}

// Throws std::bad_alloc, of which the caller makes an end of the connection.
ResponsePointer as_library_has_it(const Response &response) {
    ResponsePointer made(MHD_create_response_from_buffer(response.body.size(),
                                                         const_cast<char *>(response.body.data()),
                                                         MHD_RESPMEM_MUST_COPY),
                         &MHD_destroy_response);
    if (!made) {
        throw std::bad_alloc();
    }
    for (const auto &[name, value] : standing_headers) {
        MHD_add_response_header(made.get(), name, value);
    }
    MHD_add_response_header(made.get(), "Content-Type", response.type.c_str());
    if (!response.allow.empty()) {
        MHD_add_response_header(made.get(), "Allow", response.allow.c_str());
    }
    return made;
}

// One request from its head to its end.
struct Exchange {
    const Route *route;
    Bytes body;
};

Response answer_of(const Exchange &exchange) {
    try {
        return exchange.route->answer(exchange.body);
    } catch (const Error &error) {
        return refusal(error.code() == ExitCode::internal ? 500 : 400, error.what());
    } catch (...) {
        std::array<char, 1024> sentence{};
        describe_failure(sentence.data(), sentence.size());
        return refusal(500, sentence.data());
    }
}

}  // namespace

struct HttpServer::Service {
    Admission admission;
    std::vector<Route> routes;
    MHD_Daemon *daemon = nullptr;

    static MHD_Result send(MHD_Connection *connection, const Response &response) {
        const ResponsePointer made = as_library_has_it(response);
        return MHD_queue_response(connection, static_cast<unsigned>(response.status), made.get());
    }

    // The head: whoever is refused is told so before any of the body is read.
    MHD_Result begin(MHD_Connection *connection, const char *path, const char *method, void **state) const {
        const RequestHead head = {method,
                                  path,
                                  header(connection, "Host"),
                                  header(connection, "Origin"),
                                  header(connection, "Transfer-Encoding"),
                                  header(connection, "Content-Length")};
        Admitted admitted = admit(head, admission, routes);
        if (!admitted.route) {
            return send(connection, admitted.refused);
        }
        *state = std::make_unique<Exchange>(Exchange{admitted.route, {}}).release();
        return MHD_YES;
    }

    static MHD_Result proceed(MHD_Connection *connection, Exchange &exchange, const char *piece,
                              std::size_t *size) {
        if (*size == 0) {
            return send(connection, answer_of(exchange));
        }
        if (*size > exchange.route->largest_body - exchange.body.size()) {
            return MHD_NO;  // the library reads no further than Content-Length, which was admitted
        }
        exchange.body.insert(exchange.body.end(), piece, piece + *size);
        *size = 0;
        return MHD_YES;
    }

    static MHD_Result take(void *service, MHD_Connection *connection, const char *path, const char *method,
                           const char *, const char *piece, std::size_t *size, void **state) {
        try {
            return *state ? proceed(connection, *static_cast<Exchange *>(*state), piece, size)
                          : static_cast<Service *>(service)->begin(connection, path, method, state);
        } catch (...) {
            return MHD_NO;  // no memory for a response: the connection ends, the server does not
        }
    }

    static void end(void *, MHD_Connection *, void **state, MHD_RequestTerminationCode) {
        const std::unique_ptr<Exchange> ended(static_cast<Exchange *>(std::exchange(*state, nullptr)));
    }
};

HttpServer::HttpServer(int port, const std::string &token, std::vector<Route> routes)
    : service_(std::make_unique<Service>()) {
    LoopbackListener listener(port);
    service_->admission = {token, listener.port()};
    service_->routes = std::move(routes);
    const int socket = listener.release();
    // poll(2) sees at once where the other side has closed; with epoll that can take until the idle time is
    // over.
    service_->daemon = MHD_start_daemon(
        MHD_USE_POLL_INTERNAL_THREAD, 0, nullptr, nullptr, &Service::take, service_.get(),
        MHD_OPTION_LISTEN_SOCKET, socket, MHD_OPTION_NOTIFY_COMPLETED, &Service::end, nullptr,
        MHD_OPTION_CONNECTION_LIMIT, most_connections, MHD_OPTION_CONNECTION_TIMEOUT, idle_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, head_memory, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (!service_->daemon) {
        throw Error(ExitCode::unsupported, "The server cannot be started: the system gives it no thread.");
    }
}

HttpServer::~HttpServer() {
    MHD_stop_daemon(service_->daemon);
}

int HttpServer::port() const {
    return service_->admission.port;
}

std::string HttpServer::address() const {
    return text("http://127.0.0.1:", port(), '/', service_->admission.token, '/');
}

}  // namespace fsd::demo
