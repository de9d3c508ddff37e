"""Runs the commands of README.md and docs/ in the order in which they stand there; each document in a folder of its own."""
import datetime
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

from commands import (DAYS, DOCUMENTS, EXIT_CODES, ROOT, SERVERS, TAKES_LONG, USES_COMPILED, as_run, commands_of,
                      left_out)
from scenery import cut_mnist, make_scenery

PROGRAM = pathlib.Path(os.environ.get("FSDNET_PROGRAM", ROOT / "build/release/bin/fsdnet"))
DATA = pathlib.Path(os.environ.get("FSDNET_DATA", ROOT / "../shared/data")) / "mnist"
# As tests/todays_turn.h has it; `all` runs everything.
DAY = os.environ.get("FSDNET_TEST_DAY") or datetime.datetime.now(datetime.timezone.utc).date().toordinal()
# Which documents: a regular expression.
ONLY = os.environ.get("FSDNET_DOCUMENTS", "")
# What a command needs beside the project's own tools.
TOOLS = ("aarch64-linux-gnu-gcc", "qemu-aarch64", "wasm-ld", "cc", "python3", "fsdnet_kernel_compiler")
ENVIRONMENT = {**os.environ, "PATH": os.pathsep.join((str(PROGRAM.parent), str(ROOT / ".venv/bin"), os.environ["PATH"]))}


def at(folder):
    """Nothing is written into the home of who runs the test."""
    return {"cwd": folder, "env": {**ENVIRONMENT, "HOME": str(folder)}, "stdin": subprocess.DEVNULL}


def shell(words, folder):
    return subprocess.run(["sh", "-c", words], **at(folder), capture_output=True,
                          encoding="utf-8", errors="backslashreplace", timeout=300)


def serve(words, folder):
    """Starts a server, waits for its address, and ends it; SIGINT is ignored in what runs in the background."""
    with subprocess.Popen(["sh", "-c", "exec " + words], **at(folder),
                          stdout=subprocess.PIPE, text=True) as process:
        first = process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        return first, process.wait(timeout=60)


def missing(words, folder):
    """What the machine lacks for a command, or None."""
    tool = words.split()[0]
    if tool in TOOLS and not shutil.which(tool, path=ENVIRONMENT["PATH"]):
        return f"there is no {tool} here"
    if "light_zfnet512.onnx" in words and not (folder / "light_zfnet512.onnx").exists():
        return "the package onnx, which holds the file, is not installed in .venv-onnx"
    if "-opencl" in words and "opencl" not in shell("fsdnet doctor", folder).stdout.split("kernels:")[1].splitlines()[0]:
        return "this build has no kernels for OpenCL"
    return None


class Readme(unittest.TestCase):
    def run_command(self, command, folder):
        words = as_run(command)
        if re.match(SERVERS, words):
            first, code = serve(words, folder)
            self.assertRegex(first, "page +http://127", str(command))
            self.assertEqual(code, 0, str(command))
            return
        expected = next((code for pattern, code in EXIT_CODES if re.match(pattern, words)), 0)
        ended = shell(words, folder)
        self.assertEqual(ended.returncode, expected, f"{command}\n(as: {words})\n{ended.stdout[-500:]}{ended.stderr[-1500:]}")

    def run_document(self, commands, folder, turns):
        """Runs what has its turn; the rest of a block needs what stands before it."""
        postponed = set()
        for command in commands:
            reason = left_out(command)
            if not reason and command.block in postponed and re.match(USES_COMPILED, command.words):
                reason = "what it needs is postponed"
            if not reason and re.search(TAKES_LONG, command.words):
                turns.append(command)
                if DAY != "all" and len(turns) % DAYS != int(DAY) % DAYS:
                    reason = "has its turn on another day"
                    if command.words.startswith("fsdnet compile"):
                        postponed.add(command.block)
            reason = reason or missing(command.words, folder)
            if reason:
                print(f"left out: {command}: {reason}")
                continue
            with self.subTest(command=str(command)):
                before = resource.getrusage(resource.RUSAGE_CHILDREN)
                self.run_command(command, folder)
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                print(f"{after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime:5.1f} s of CPU: {command}", flush=True)

    def test_every_command_does_what_its_document_says(self):
        if not (DATA / "train-images-idx3-ubyte.gz").exists():
            print(f"There are no MNIST files in {DATA}; FSDNET_DATA names the folder above it.")
            sys.exit(77)
        turns = []
        with tempfile.TemporaryDirectory() as work:
            mnist = pathlib.Path(work) / "shared/data/mnist"
            cut_mnist(DATA, mnist)
            for document in DOCUMENTS:
                commands = commands_of(document)
                if not re.search(ONLY, document.name) or all(map(left_out, commands)):
                    continue
                folder = pathlib.Path(work) / document.stem
                make_scenery(folder, mnist)
                shell("fsdnet export --model teacher.safetensors --out model.onnx", folder)
                self.run_document(commands, folder, turns)
        self.assertTrue(ONLY or len(turns) > DAYS)


if __name__ == "__main__":
    unittest.main()
