// IPv4's 127.0.0.1: every Linux has it, and one address is one thing to check.
#include "toolkit/demo/listener.h"

#include "runtime/error.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace fsd::demo {
namespace {

constexpr int waiting_connections = 128;

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<in_port_t>(port));
    return address;
}

}  // namespace

LoopbackListener::LoopbackListener(int port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const int yes = 1;
    sockaddr_in address = loopback(port);
    auto *const place = reinterpret_cast<sockaddr *>(&address);
    socklen_t size = sizeof address;
    // So that a server that was ended can be started again on its port at once.
    if (socket_ < 0 || setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        bind(socket_, place, size) != 0 || listen(socket_, waiting_connections) != 0 ||
        getsockname(socket_, place, &size) != 0) {
        const int reason = errno;
        close(release());
        throw Error(ExitCode::unsupported,
                    port == 0 ? text("No port of 127.0.0.1 can be listened on: ", std::strerror(reason), ".")
                              : text("The port ", port, " of 127.0.0.1 cannot be listened on: ",
                                     std::strerror(reason), ". Without --port a free one is taken."));
    }
    port_ = ntohs(address.sin_port);
}

LoopbackListener::~LoopbackListener() {
    if (socket_ >= 0) {
        close(socket_);
    }
}

int LoopbackListener::release() {
    return std::exchange(socket_, -1);
}

}  // namespace fsd::demo
