"""What the produced programs and libraries say of themselves: where they look for others, and how they are hardened."""
import os
import pathlib
import subprocess
import unittest

BUILD = pathlib.Path(os.environ["FSDNET_BUILD"])
DELIVERED = ["bin/fsdnet", "bin/fsdnet_compiler", "bin/tuning_worker", "lib/libfsdnet.so"]


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


class Reproduction(unittest.TestCase):
    """What two builds in different folders, at different times, could differ in."""

    def libraries(self):
        found = [*(BUILD / "generators").glob("*.a"), *(BUILD / "runtime").glob("*.a")]
        self.assertGreater(len(found), 50)
        return [*found, BUILD / "lib/libfsdnet.so"]

    def test_no_library_or_program_names_the_folder_that_it_was_built_in(self):
        source = BUILD.parent.parent
        programs = [BUILD / "bin" / name for name in ("fsdnet", "fsdnet_compiler", "fsdnet_kernel_compiler")]
        for path in [*self.libraries(), *(program for program in programs if program.exists())]:
            with self.subTest(file=path.name):
                self.assertFalse(os.fsencode(source) + b"/" in path.read_bytes())

    def test_no_archive_has_times_or_owners(self):
        for path in self.libraries():
            with self.subTest(archive=path.name):
                data, at = path.read_bytes(), 8
                while data[:8] == b"!<arch>\n" and at < len(data):
                    header = data[at:at + 60]
                    self.assertIn(header[16:40].split(), ([b"0", b"0", b"0"], []), header)
                    at += 60 + int(header[48:58]) + int(header[48:58]) % 2


class Hardening(unittest.TestCase):
    def each(self):
        for name in DELIVERED:
            if (BUILD / name).exists():
                with self.subTest(program=name):
                    yield BUILD / name

    def test_code_is_loaded_anywhere(self):
        for path in self.each():
            self.assertRegex(read(path, "--file-header"), r"Type:\s+DYN")

    def test_relocations_are_read_only_after_the_start(self):
        for path in self.each():
            self.assertIn("GNU_RELRO", read(path, "--program-headers"))
            self.assertRegex(read(path, "--dynamic"), r"BIND_NOW|FLAGS_1\).*NOW")

    def test_the_stack_is_no_code(self):
        for path in self.each():
            self.assertRegex(read(path, "--program-headers"), r"GNU_STACK\s.*\sRW\s")

    def test_stacks_are_guarded(self):
        for path in self.each():
            self.assertIn("__stack_chk_fail", read(path, "--dyn-syms"))

    def test_lengths_are_checked_where_the_compiler_knows_them(self):
        if os.environ["FSDNET_BUILD_TYPE"] == "Debug":
            self.skipTest("only optimized builds check lengths")
        for path in self.each():
            self.assertRegex(read(path, "--dyn-syms"), r"__\w+_chk@")


if __name__ == "__main__":
    unittest.main()
