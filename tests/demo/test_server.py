"""The server of `fsdnet demo`: whom it lets in, what it takes, what it gives, and that nothing that arrives ends it."""
import json
import pathlib
import random
import re
import signal
import socket
import struct
import subprocess
import unittest
import zlib

from demo_process import MODELS, PROGRAM, Demo

BLACK = bytes(28 * 28)


class Server(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.demo = Demo("--threads", 1)

    @classmethod
    def tearDownClass(cls):
        assert cls.demo.end() == 0, "Ctrl-C ends it with code 0"

    def tearDown(self):
        self.assertEqual(self.demo.ask("GET", "model")[0], 200, "it still serves")

    def status(self, *arguments, **named):
        return self.demo.ask(*arguments, **named)[0]

    def test_the_page_and_its_files_come_with_headers_that_protect_them(self):
        status, page, headers = self.demo.ask("GET", "")
        self.assertEqual(status, 200)
        self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(headers["Cache-Control"], "no-store")
        named = re.findall(r'(?:src|href)="([^"]+)"', page.decode())
        self.assertGreaterEqual(len(named), 3)
        scripts = [name for name in named if name.endswith(".js")]
        while scripts:  # and what they import
            text = self.demo.ask("GET", scripts.pop())[1].decode()
            imported = [name for name in re.findall(r"from '\./([^']+)'", text) if name not in named]
            named += imported
            scripts += imported
        for name in named:
            with self.subTest(file=name):
                self.assertEqual(self.status("GET", name), 200)
                self.assertNotIn("://", name)
        self.assertEqual(self.demo.ask("HEAD", "style.css")[:2], (200, b""))

    def test_nothing_else_is_served(self):
        for name in ("page.html", "../model", "%2e%2e/model", "style.css/", "/etc/passwd", "model%00", "..%2fmodel"):
            with self.subTest(name=name):
                path = name if name.startswith("/") else self.demo.path + name
                self.assertIn(self.status("GET", path), (403, 404) if "%00" not in name else (200, 400, 403, 404))
        self.assertEqual(self.status("GET", "nothing"), 404)

    def test_requests_without_the_token_are_refused(self):
        token = self.demo.path.strip("/")
        self.assertRegex(token, "^[0-9a-f]{32}$")
        wrong = ("1" if token[0] == "0" else "0") + token[1:]
        for path in ("/", "/model", f"/{token[:-1]}/", f"/{wrong}/model", f"/{token}", f"/{token}0/", f"//{token}/",
                     f"/x/{token}/", f"/?{token}"):
            with self.subTest(path=path):
                status, body, _ = self.demo.ask("GET", path)
                self.assertEqual(status, 403)
                self.assertNotIn(token.encode(), body)
        self.assertEqual(self.status("POST", "/picture", BLACK), 403)

    def test_each_start_has_another_token(self):
        other = Demo("--threads", 1)
        self.assertNotEqual(other.path, self.demo.path)
        self.assertEqual(other.ask("GET", self.demo.path)[0], 403)
        self.assertEqual(other.end(signal.SIGTERM), 0)

    def test_names_bound_to_this_machine_by_others_are_refused(self):
        port = self.demo.port
        for host in (f"127.0.0.1:{port}", f"localhost:{port}"):
            self.assertEqual(self.status("GET", "", headers={"Host": host}), 200)
        for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"127.0.0.1:{port + 1}",
                     f"127.0.0.1:{port}.evil.example", f"evil@127.0.0.1:{port}", "", f"[::1]:{port}"):
            with self.subTest(host=host):
                self.assertEqual(self.status("GET", "", headers={"Host": host}), 403)

    def test_requests_of_other_pages_are_refused(self):
        port = self.demo.port
        self.assertEqual(self.status("POST", "picture", BLACK, {"Origin": f"http://127.0.0.1:{port}"}), 200)
        for origin in ("null", "http://evil.example", f"https://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}"):
            with self.subTest(origin=origin):
                self.assertEqual(self.status("POST", "picture", BLACK, {"Origin": origin}), 403)

    def test_it_listens_on_loopback_alone(self):
        tables = [pathlib.Path("/proc/net", name) for name in ("tcp", "tcp6")]
        lines = [line for table in tables if table.exists() for line in table.read_text().split("\n")]
        listening = [line.split()[1] for line in lines
                     if len(line.split()) > 3 and line.split()[3] == "0A"
                     and line.split()[1].endswith(f":{self.demo.port:04X}")]
        self.assertEqual(listening, [f"0100007F:{self.demo.port:04X}"])

    def test_methods(self):
        for method in ("PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "BREW"):
            with self.subTest(method=method):
                self.assertEqual(self.status(method, "picture"), 405)
        status, _, headers = self.demo.ask("GET", "picture")
        self.assertEqual((status, headers["Allow"]), (405, "POST"))
        status, _, headers = self.demo.ask("POST", "", b"")
        self.assertEqual((status, headers["Allow"]), (405, "GET, HEAD"))

    def test_a_picture_gives_a_posterior_and_the_entropy_of_each_layer(self):
        status, body, _ = self.demo.ask("POST", "picture", bytes(range(256)) * 3 + bytes(16))
        self.assertEqual(status, 200)
        reading = json.loads(body)
        self.assertEqual(len(reading["posterior"]), 10)
        self.assertAlmostEqual(sum(reading["posterior"]), 1, 5)
        self.assertEqual([layer["layer"] for layer in reading["entropies"]], [1, 4, 7])
        for layer in reading["entropies"]:
            self.assertTrue(0 <= layer["entropy"] <= layer["maximum"] * 1.000001)

    def test_unobserved_pixels_leave_the_prior(self):
        network = json.loads(self.demo.ask("GET", "model")[1])
        self.assertTrue(network["unobserved"])
        dark, bright = (json.loads(self.demo.ask("POST", "picture", pixels + BLACK)[1])
                        for pixels in (BLACK, b"\xff" * 784))
        self.assertEqual(dark["posterior"], bright["posterior"])  # nothing of the pixels gets through
        self.assertNotIn("novelty", dark)
        observed = json.loads(self.demo.ask("POST", "picture", BLACK + b"\x01" * 784)[1])
        whole = json.loads(self.demo.ask("POST", "picture", BLACK)[1])
        for one, other in zip(observed["posterior"], whole["posterior"]):
            self.assertAlmostEqual(one, other, 5)

    def test_evidence_adds_up_where_it_must(self):
        pixels = bytearray(784)
        for y in range(6, 22):
            pixels[y * 28 + 13:y * 28 + 16] = b"\xff\xff\xff"
        status, body, _ = self.demo.ask("POST", "evidence", bytes(pixels))
        self.assertEqual(status, 200)
        evidence = json.loads(body)
        self.assertEqual(len(evidence["nats"]), 784)
        self.assertNotEqual(evidence["label"], evidence["rival"])
        self.assertGreater(max(map(abs, evidence["nats"])), 1e-4)
        unobserved = json.loads(self.demo.ask("POST", "evidence", bytes(pixels) + BLACK)[1])
        self.assertEqual(set(unobserved["nats"]), {0.0})  # who saw nothing has no evidence

    def test_pictures_of_another_size_are_refused(self):
        for size in (0, 1, 783, 785, 1567):
            with self.subTest(size=size):
                self.assertEqual(self.status("POST", "picture", bytes(size)), 400)
        for name in ("picture", "evidence"):
            self.assertEqual(self.status("POST", name, bytes(1569)), 413)

    def test_photos(self):
        digit = b"P5\n40 60\n255\n" + b"".join(bytes(b"\x10" if 17 < x < 24 and 8 < y < 50 else b"\xf0")
                                               for y in range(60) for x in range(40))
        status, picture, _ = self.demo.ask("POST", "photo", digit)
        self.assertEqual((status, len(picture)), (200, 784))
        self.assertGreater(max(picture), 200)
        self.assertEqual(json.loads(self.demo.ask("POST", "picture", picture)[1])["posterior"].index(
            max(json.loads(self.demo.ask("POST", "picture", picture)[1])["posterior"])), 1)
        for file in (b"", b"no picture", b"P5\n40 60\n255\n", b"\x89PNG\r\n\x1a\n" + bytes(100),
                     b"P5\n99999999 99999999\n255\n", b"P5\n8 8\n255\n" + bytes(64)):
            with self.subTest(file=file[:20]):
                status, sentence, _ = self.demo.ask("POST", "photo", file)
                self.assertEqual(status, 400)
                self.assertRegex(sentence.decode(), r"photo")

    def test_transparent_pixels_of_a_photo_are_unobserved(self):
        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        def png(alpha):  # gray and alpha, 28 x 28, a stroke
            rows = b"".join(b"\0" + b"".join(bytes((255 * (12 < x < 16), alpha(x, y))) for x in range(28))
                            for y in range(28))
            return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 28, 28, 8, 4, 0, 0, 0)) +
                    chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))

        _, picture, _ = self.demo.ask("POST", "photo", png(lambda x, y: 0 if y < 5 else 255))
        self.assertEqual(picture[784:], b"\0" * 5 * 28 + b"\1" * 23 * 28)
        self.assertEqual(picture[20 * 28:21 * 28], bytes(255 * (12 < x < 16) for x in range(28)))
        self.assertEqual(len(self.demo.ask("POST", "photo", png(lambda x, y: 255))[1]), 784)

    def test_bodies_are_bounded_before_they_are_read(self):
        head = f"POST {self.demo.path}%s HTTP/1.1\r\nHost: 127.0.0.1:{self.demo.port}\r\n%s\r\n"
        for name, headers, status in (("picture", "Content-Length: 99999999999\r\n", b"413"),
                                      ("photo", "Content-Length: 33554433\r\n", b"413"),
                                      ("photo", "Content-Length: 99999999999999999999999\r\n", b"413"),
                                      ("photo", "Transfer-Encoding: chunked\r\n", b"411"),
                                      ("photo", "", b"411"), ("picture", "Content-Length: -1\r\n", b"400"),
                                      ("picture", "Content-Length: x\r\n", b"400")):
            with self.subTest(headers=headers):
                answer = self.demo.send((head % (name, headers)).encode())
                self.assertRegex(answer[:12], rb"HTTP/1.1 4\d\d")
                if status != b"400" and "999999999999999999999" not in headers:
                    self.assertEqual(answer[9:12], status)

    def test_malformed_requests_get_4xx_or_an_end(self):
        host = f"Host: 127.0.0.1:{self.demo.port}\r\n".encode()
        page = b"GET " + self.demo.path.encode()
        for raw in (b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\0" * 1000 + b"\r\n\r\n",
                    page + b" HTTP/1.1\r\n\r\n", page + b" HTTP/1.1\r\nHost\r\n\r\n", page + b"\r\n\r\n",
                    page + b" HTTP/1.1\r\n" + host + b"A" * 100000 + b": x\r\n\r\n",
                    page + b" HTTP/1.1\r\n" + host + b"A: x\r\n" * 20000 + b"\r\n",
                    page + b"?" + b"q" * 100000 + b" HTTP/1.1\r\n" + host + b"\r\n",
                    b"GET /" + b"%" * 5000 + b" HTTP/1.1\r\n" + host + b"\r\n"):
            with self.subTest(raw=raw[:60]):
                answer = self.demo.send(raw)
                self.assertRegex(answer[:12], rb"^(HTTP/1\.[01] (4\d\d|505))?")
                self.assertNotEqual(answer[9:10], b"2")

    def test_random_bytes_do_not_end_it(self):
        draw = random.Random(16)
        sound = (f"POST {self.demo.path}picture HTTP/1.1\r\nHost: 127.0.0.1:{self.demo.port}\r\n"
                 "Content-Length: 784\r\n\r\n").encode() + BLACK
        for _ in range(300):
            raw = bytearray(sound[:draw.randrange(1, len(sound) + 1)])
            for _ in range(draw.randrange(8)):
                raw[draw.randrange(len(raw))] = draw.randrange(256)
            if draw.random() < 0.2:
                raw = bytes(draw.randrange(256) for _ in range(draw.randrange(1, 2000)))
            answer = self.demo.send(bytes(raw))
            self.assertRegex(answer[:12], rb"^(HTTP/1\.[01] (200|4\d\d|505)|$)")

    def test_many_connections_are_served_in_their_turn(self):
        idle = [socket.create_connection(("127.0.0.1", self.demo.port)) for _ in range(40)]
        halves = [socket.create_connection(("127.0.0.1", self.demo.port)) for _ in range(10)]
        for half in halves:
            half.sendall(b"POST " + self.demo.path.encode())
        for _ in range(100):
            self.assertEqual(self.status("POST", "picture", BLACK), 200)
        for connection in idle + halves:
            connection.close()
        for _ in range(500):
            socket.create_connection(("127.0.0.1", self.demo.port)).close()


class Start(unittest.TestCase):
    def refusal(self, *words):
        ended = subprocess.run([PROGRAM, "demo", *map(str, words)], capture_output=True, text=True, timeout=60)
        self.assertEqual(ended.stdout, "")
        return ended.returncode, ended.stderr

    def test_a_port_of_ones_own(self):
        first = Demo()
        code, sentence = self.refusal("--port", first.port)
        self.assertEqual(code, 4)
        self.assertIn(f"The port {first.port} of 127.0.0.1", sentence)
        self.assertEqual(first.end(), 0)
        again = Demo("--port", first.port)
        self.assertEqual(again.port, first.port)
        self.assertEqual(again.end(), 0)

    def test_arguments_that_make_no_sense(self):
        self.assertEqual(self.refusal("--port", 0)[0], 2)
        self.assertEqual(self.refusal("--port", 65536)[0], 2)
        self.assertEqual(self.refusal("--model", "absent.safetensors")[0], 3)

    def test_networks_of_other_kinds(self):
        quantized = Demo("--model", MODELS / "mnist-16-32-8bit.safetensors")
        self.assertFalse(json.loads(quantized.ask("GET", "model")[1])["unobserved"])
        reading = json.loads(quantized.ask("POST", "picture", BLACK)[1])
        self.assertAlmostEqual(sum(reading["posterior"]), 1, 5)
        self.assertEqual(reading["entropies"], [])
        self.assertEqual(quantized.ask("POST", "picture", BLACK + BLACK)[0], 400)
        self.assertEqual(quantized.ask("POST", "evidence", BLACK)[0], 400)
        self.assertEqual(quantized.end(), 0)

    def test_it_ends_while_connections_are_open(self):
        demo = Demo()
        with socket.create_connection(("127.0.0.1", demo.port)) as connection:
            connection.sendall(b"GET / HT")
            self.assertEqual(demo.end(), 0)


if __name__ == "__main__":
    unittest.main()
