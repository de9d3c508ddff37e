"""`fsdnet demo` in a process of its own, and requests to it, whole or byte by byte."""
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import urllib.parse

PROGRAM = os.environ["FSDNET_PROGRAM"]
MODELS = pathlib.Path(os.environ["FSDNET_MODELS"])


class Demo:
    def __init__(self, *words):
        # Whoever started the tests in the background had SIGINT ignored.
        self.process = subprocess.Popen([PROGRAM, "demo", "--json", *map(str, words)], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True,
                                        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        text = ""
        while not text.endswith("}\n"):
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError(f"no address: {self.process.stderr.read()}")
            text += line
        self.address = json.loads(text)["address"]
        self.port = json.loads(text)["port"]
        self.path = urllib.parse.urlparse(self.address).path

    def end(self, number=signal.SIGINT):
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(20)
        finally:
            self.process.kill()
            self.process.stdout.close()
            self.process.stderr.close()

    def ask(self, method, name, body=None, headers=None):
        """The status and the body; `name` below the token, or a whole path."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, name if name.startswith("/") else self.path + name, body, headers or {})
            response = connection.getresponse()
            return response.status, response.read(), response.headers
        finally:
            connection.close()

    def send(self, raw, half_closed=True):
        """What comes back for these bytes; empty where the connection was closed without an answer."""
        answer = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            try:
                connection.sendall(raw)
                if half_closed:
                    connection.shutdown(socket.SHUT_WR)
                while piece := connection.recv(65536):
                    answer += piece
            except OSError:
                pass
            return answer
