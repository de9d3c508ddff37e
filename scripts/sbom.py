#!/usr/bin/env python3
"""sbom.py <build folder> <file>: the software bill of materials in CycloneDX 1.5: Python packages that the requirements files
pin, and the Debian packages of the libraries that the built programs load. The same tree on the same system gives the same bytes."""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
# Each requirements file, and what it is for. Only the first is part of what is built.
REQUIREMENTS = {"requirements.txt": "required", "python/requirements.txt": "optional", "docs/requirements.txt": "excluded",
                "tests/onnx/requirements.txt": "excluded", "tests/independent/requirements.txt": "excluded"}
PROGRAMS = ("fsdnet", "fsdnet_compiler", "fsdnet_kernel_compiler")


def version_of_fsdnet():
    return re.search(r"project\(fsdnet\s+VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text(), re.I)[1]


def python_packages():
    for file, scope in REQUIREMENTS.items():
        for name, version, hashes in re.findall(r"^([\w.-]+)==(\S+) \\\n((?: +--hash=\S+(?: \\)?\n?)+)", (ROOT / file).read_text(), re.M):
            yield {"type": "library", "bom-ref": f"{file}:{name}", "name": name, "version": version, "scope": scope,
                   "purl": f"pkg:pypi/{name.lower()}@{version}",
                   "properties": [{"name": "fsdnet:pinned-in", "value": file}] +
                                 [{"name": "fsdnet:wheel-sha256", "value": value} for value in re.findall(r"sha256:(\w+)", hashes)]}


def output_of(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def libraries_of(program):
    """The files that the loader would load."""
    return {pathlib.Path(path).resolve() for path in re.findall(r"=> (/\S+)", output_of("ldd", str(program)))}


def package_of(library):
    """The Debian package that holds a file; the system's /lib may be a link to /usr/lib."""
    for name in {str(library), str(library).removeprefix("/usr")}:
        found = subprocess.run(["dpkg-query", "-S", name], capture_output=True, text=True)
        if found.returncode == 0:
            return found.stdout.split(": ")[0].split(",")[0]
    return None


def debian_packages(build):
    libraries = set().union(*(libraries_of(build / "bin" / name) for name in PROGRAMS if (build / "bin" / name).exists()))
    packages = sorted({package_of(library) for library in libraries} - {None})
    for package in packages:
        name, version, architecture, source = output_of(
            "dpkg-query", "-W", "-f", "${Package}\t${Version}\t${Architecture}\t${source:Package}", package).split("\t")
        yield {"type": "library", "bom-ref": f"debian:{name}", "name": name, "version": version, "scope": "required",
               "purl": f"pkg:deb/debian/{name}@{version}?arch={architecture}",
               "properties": [{"name": "fsdnet:source-package", "value": source}]}


def main():
    if len(sys.argv) != 3:
        sys.exit("sbom.py needs the build folder and the file to write: scripts/sbom.py build/release build/sbom.json")
    build, target = map(pathlib.Path, sys.argv[1:])
    if not (build / "bin/fsdnet").exists():
        sys.exit(f"There is no program {build}/bin/fsdnet, whose libraries would be listed; 'make build' makes it.")
    version = version_of_fsdnet()
    components = sorted([*python_packages(), *debian_packages(build)], key=lambda component: component["bom-ref"])
    document = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
                "metadata": {"component": {"type": "application", "bom-ref": "fsdnet", "name": "fsdnet", "version": version,
                                           "licenses": [{"license": {"id": "MIT"}}]}},
                "components": components,
                "dependencies": [{"ref": "fsdnet", "dependsOn": [component["bom-ref"] for component in components
                                                                 if component["scope"] == "required"]}]}
    target.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{target}: {len(components)} components")


if __name__ == "__main__":
    main()
