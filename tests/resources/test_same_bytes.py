"""scripts/same_bytes.py on two small builds: what it compares, what it says, its exit codes."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import zipfile

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts/same_bytes.py"


def wheel(path, text, year=2000):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("same.py", (2000, 1, 1, 0, 0, 0)), "same")
        archive.writestr(zipfile.ZipInfo("package.py", (year, 1, 1, 0, 0, 0)), text)


class SameBytes(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.builds = [pathlib.Path(folder.name) / name for name in ("one", "other")]
        for build in self.builds:
            self.write(build, "lib/libx.a", b"!<arch>\nx")
            self.write(build, "bin/program", b"\x7fELF of a program", mode=0o755)
            self.write(build, "bin/script.sh", os.urandom(8), mode=0o755)
            self.write(build, "CMakeFiles/probe.a", os.urandom(8))
            self.write(build, "x.deb", b"!<arch>\ndebian")
            wheel(build / "x.whl", "text")

    def write(self, build, name, data, mode=0o644):
        path = build / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(mode)

    def compare(self, *words):
        """Without diffoscope, which is not everywhere."""
        return subprocess.run([sys.executable, SCRIPT, *(words or self.builds)], capture_output=True, text=True,
                              env={"PATH": ""})

    def test_the_same_files_are_the_same_whatever_else_differs(self):
        said = self.compare()
        self.assertEqual((said.returncode, said.stdout), (0, "4 of 4 are the same\n"), said.stderr)

    def test_each_kind_that_differs_is_named_with_its_reason(self):
        self.write(self.builds[1], "lib/libx.a", b"!<arch>\ny")
        self.write(self.builds[1], "bin/program", b"\x7fELF built in " + os.fsencode(self.builds[1].resolve()), mode=0o755)
        self.write(self.builds[1], "x.deb", b"!<arch>\ndebian package")
        wheel(self.builds[1] / "x.whl", "text", year=2001)
        said = self.compare()
        self.assertEqual(said.returncode, 1)
        lines = said.stdout.splitlines()
        self.assertIn("lib/libx.a: from byte 8 on", lines)
        self.assertIn("x.deb: 14 and 22 bytes", lines)
        self.assertTrue(any(line.startswith("bin/program: ") and line.endswith(f"holds the name {self.builds[1].resolve()}")
                            for line in lines), lines)
        self.assertTrue(any(line.startswith("x.whl: ") and line.endswith("members: package.py") for line in lines), lines)
        self.assertEqual(lines[-1], "0 of 4 are the same")

    def test_what_one_build_has_alone_is_counted(self):
        self.write(self.builds[0], "lib/liby.so.0", b"y")
        said = self.compare()
        self.assertEqual(said.returncode, 0)
        self.assertIn(f"1 only in {self.builds[0].resolve()}, e.g. lib/liby.so.0", said.stdout)

    def test_nothing_to_compare_is_no_success(self):
        empty = self.builds[0].parent / "empty"
        empty.mkdir()
        self.assertEqual(self.compare(self.builds[0], empty).returncode, 3)
        self.assertEqual(self.compare(self.builds[0]).returncode, 2)
        self.assertEqual(self.compare(self.builds[0], self.builds[0] / "x.deb").returncode, 2)


if __name__ == "__main__":
    unittest.main()
