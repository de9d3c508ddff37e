#!/usr/bin/env python3
"""same_bytes.py FIRST SECOND: whether two finished builds, made in different folders, gave the same bytes: libraries (.a, .so),
programs, wheels (.whl) and Debian packages (.deb), wherever they lie in the two folders. Each that differs is named with a
reason: what diffoscope says, where it is installed, else the first byte, the members of a wheel, and whether one of the two
holds the name of its folder. What only one build has is counted.

Exit code 0: all are the same; 1: some differ; 2: usage; 3: the builds have nothing in common.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

# Work of the build and of searches: nothing that is delivered.
PASSED_OVER = {"CMakeFiles", "Testing", "tuning", "findings", "corpus", "seeds"}
ENDINGS = (".a", ".so", ".whl", ".deb")


def is_compared(path):
    if path.is_symlink() or not path.is_file():
        return False
    if path.name.endswith(ENDINGS) or ".so." in path.name:
        return True
    with open(path, "rb") as file:
        return file.read(4) == b"\x7fELF" and os.access(path, os.X_OK)


def produced(folder):
    """Path below the folder -> path."""
    found = {}
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in PASSED_OVER and not name.endswith(".dir"))
        paths = [pathlib.Path(here) / name for name in files]
        found.update({str(path.relative_to(folder)): path for path in paths if is_compared(path)})
    return found


def members_that_differ(first, second):
    """Of two ZIP archives: names whose bytes, times or modes differ, or that one has alone."""
    def contents(path):
        with zipfile.ZipFile(path) as archive:
            return {entry.filename: (entry.CRC, entry.date_time, entry.external_attr) for entry in archive.infolist()}
    one, other = contents(first), contents(second)
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def reason(first, second, folders):
    if shutil.which("diffoscope"):
        said = subprocess.run(["diffoscope", "--max-report-size", "4000", first, second], capture_output=True, text=True)
        return said.stdout.strip() or said.stderr.strip()
    one, other = first.read_bytes(), second.read_bytes()
    at = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
    reasons = [f"from byte {at} on" if len(one) == len(other) else f"{len(one)} and {len(other)} bytes"]
    if first.suffix == ".whl":
        reasons.append("members: " + ", ".join(members_that_differ(first, second)))
    reasons += [f"holds the name {folder}" for data, folder in zip((one, other), folders) if os.fsencode(folder) in data]
    return "; ".join(reasons)


def main(words):
    if len(words) != 2 or not all(pathlib.Path(word).is_dir() for word in words):
        print(__doc__.split("\n\n")[0], "Both must be folders.", sep="\n", file=sys.stderr)
        return 2
    folders = [pathlib.Path(word).resolve() for word in words]
    first, second = map(produced, folders)
    common = sorted(first.keys() & second.keys())
    if not common:
        print(f"same_bytes.py: {folders[0]} and {folders[1]} have no library, program or package of the same name; "
              "build the same targets in both.", file=sys.stderr)
        return 3
    different = [name for name in common if first[name].read_bytes() != second[name].read_bytes()]
    for name in different:
        print(f"{name}: {reason(first[name], second[name], folders)}")
    for folder, alone in ((folders[0], first.keys() - second.keys()), (folders[1], second.keys() - first.keys())):
        if alone:
            print(f"{len(alone)} only in {folder}, e.g. {min(alone)}")
    print(f"{len(common) - len(different)} of {len(common)} are the same")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
