"""`fsdnet compile` that is interrupted, or has no place for its temporary files."""
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest

from program import MODELS, PROGRAM, fsdnet, limits

TARGETS = "x86-64-linux-avx2-fma-f16c-avx-sse41,x86-64-linux"


def children_of(pid):
    """All processes below one, by /proc."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rsplit(")", 1)[1].split()[1])
    found, waiting = [], [pid]
    while waiting:
        parent = waiting.pop()
        below = [child for child, its_parent in parents.items() if its_parent == parent]
        found, waiting = found + below, waiting + below
    return found


def is_alive(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class Compiling(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.temporary = pathlib.Path(folder.name) / "temporary"
        self.output = pathlib.Path(folder.name) / "output"
        self.temporary.mkdir()
        self.words = ["compile", str(MODELS / "mnist.safetensors"), "--name", "digits", "--target", TARGETS,
                      "-o", str(self.output)]

    def start(self, preexec=None):
        process = subprocess.Popen([PROGRAM, *self.words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env={**os.environ, "TMPDIR": str(self.temporary)}, preexec_fn=preexec)
        while not list(self.temporary.glob("*/*")) and process.poll() is None:
            time.sleep(0.005)
        self.assertIsNone(process.poll(), "it ended before it could be interrupted")
        return process, children_of(process.pid)

    def check_nothing_is_left(self, children):
        self.assertGreaterEqual(len(children), 2)
        deadline = time.monotonic() + 30
        while any(map(is_alive, children)) and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertFalse([child for child in children if is_alive(child)])
        self.assertEqual(list(self.temporary.iterdir()), [])
        self.assertFalse(self.output.exists() and list(self.output.iterdir()))

    def test_a_signal_ends_all_of_it(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(signal=number):
                process, children = self.start()
                process.send_signal(number)
                self.assertEqual(process.wait(60), -number)
                self.check_nothing_is_left(children)

    def test_the_compiler_ends_with_the_program(self):
        process, children = self.start()
        process.kill()
        process.wait(60)
        self.check_nothing_is_left(children)

    def test_an_ignored_signal_stays_ignored(self):
        process, _ = self.start(lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
        for target in [process.pid, *children_of(process.pid)]:
            os.kill(target, signal.SIGINT)
        self.assertEqual(process.wait(120), 0)
        self.assertTrue((self.output / "libdigits.a").exists())

    def refused(self, place, **given):
        ended = fsdnet(*self.words, environment={"TMPDIR": str(place)}, **given)
        self.assertEqual(ended.returncode, 4, ended.stderr)
        self.assertRegex(ended.stderr, r"fsdnet: .*[Tt]emporary files.*TMPDIR.*\.\n$")
        self.assertNotIn("report it", ended.stderr)
        self.assertFalse(self.output.exists() and list(self.output.iterdir()))

    def test_no_place_for_temporary_files(self):
        self.refused(self.temporary / "absent")
        (self.temporary / "file").touch()
        self.refused(self.temporary / "file")

    def test_a_limit_on_the_size_of_files(self):
        self.refused(self.temporary, file_bytes=8192)
        self.assertEqual(list(self.temporary.iterdir()), [])

    def test_a_full_disk(self):
        disk = self.temporary / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True).returncode:
            self.skipTest("a small disk cannot be mounted here")
        try:
            self.refused(disk)
            self.assertEqual(list(disk.iterdir()), [])
        finally:
            subprocess.run(["umount", disk], check=True)


if __name__ == "__main__":
    unittest.main()
