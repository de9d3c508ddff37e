"""What the produced programs and libraries say of themselves: where they look for others."""
import os
import pathlib
import subprocess
import unittest

BUILD = pathlib.Path(os.environ["FSDNET_BUILD"])


def read(path, *options):
    return subprocess.run(["readelf", "--wide", *options, path], capture_output=True, text=True, check=True).stdout


def is_elf(path):
    if not path.is_file() or path.is_symlink():
        return False
    with open(path, "rb") as file:
        return file.read(4) == b"\x7fELF"


def produced():
    return [path for folder in ("bin", "lib") for path in (BUILD / folder).rglob("*") if is_elf(path)]


class SearchPaths(unittest.TestCase):
    def test_no_element_is_empty_or_relative(self):
        self.assertTrue(produced())
        for path in produced():
            for line in read(path, "--dynamic").splitlines():
                if "(RUNPATH)" in line or "(RPATH)" in line:
                    for element in line.split("[", 1)[1].rsplit("]", 1)[0].split(":"):
                        with self.subTest(program=path.name, element=element):
                            self.assertTrue(element.startswith(("/", "$ORIGIN/")) or element == "$ORIGIN")


if __name__ == "__main__":
    unittest.main()
