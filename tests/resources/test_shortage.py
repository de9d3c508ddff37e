"""Memory, threads, file descriptors and places for temporary files that are missing: a code and a sentence."""
import json
import shutil
import subprocess
import tempfile
import unittest

from program import MODELS, PROGRAM, fault_of, fsdnet, idx_data, network_file, with_faults


class Shortage(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.digit = network_file(self.folder.name)

    def at(self, name):
        return f"{self.folder.name}/{name}"

    def training(self):
        return ["train", "--data", idx_data(self.folder.name), "--description", MODELS / "mnist-8-16.json",
                "--epochs", 1, "--batch", 20, "--holdout", 0, "--output", self.at("out.safetensors")]

    def check(self, ended):
        self.assertIsNone(fault_of(ended))

    def test_allocations_that_fail_once(self):
        for number in [*range(1, 20), *range(20, 400, 37), *range(400, 4000, 487)]:
            with self.subTest(number=number):
                self.check(fsdnet("classify", self.digit, environment=with_faults(FAIL_AT=number)))

    def test_no_more_memory_from_some_allocation_on(self):
        for number in [*range(1, 12), *range(12, 400, 61), *range(400, 4000, 811)]:
            with self.subTest(number=number):
                self.check(fsdnet("classify", self.digit, environment=with_faults(FAIL_AT=number, FAIL_FROM=1)))

    def test_address_space(self):
        for kilobytes in (200000, 220000, 240000, 300000, 400000):
            with self.subTest(kilobytes=kilobytes):
                self.check(fsdnet("classify", self.digit, memory=kilobytes * 1024))
                self.check(fsdnet(*self.training(), memory=kilobytes * 1024))

    def test_threads_that_cannot_be_created(self):
        for words in (["classify", self.digit, "--json"], self.training(),
                      ["quantize", MODELS / "mnist.safetensors", "--data", self.folder.name, "--json",
                       "--out", self.at("8bit.safetensors")]):
            with self.subTest(verb=words[0]):
                usual = fsdnet(*words, "--threads", 4)
                alone = fsdnet(*words, "--threads", 4, environment=with_faults(FAIL_CALL="pthread_create"))
                self.assertEqual(alone.returncode, 0, alone.stderr)
                if words[0] == "classify":
                    self.assertEqual(alone.stdout, usual.stdout)

    def test_file_descriptors(self):
        for files in range(3, 12):
            with self.subTest(files=files):
                self.check(fsdnet("classify", self.digit, files=files))
        for files in (3, 6, 10):
            with self.subTest(compile=files):
                self.check(fsdnet("compile", MODELS / "mnist.safetensors", "--target", "x86-64-linux",
                                  "-o", self.at("compiled"), files=files))

    def test_instruction_set_of_the_environment(self):
        doctor = fsdnet("doctor", "--json", environment={"FSDNET_INSTRUCTION_SET": "baseline"})
        found = json.loads(doctor.stdout)
        self.assertEqual((found["instruction_set"], found["instruction_set_limit"]), ("baseline", "baseline"))
        limited = fsdnet("classify", self.digit, environment={"FSDNET_INSTRUCTION_SET": "baseline"})
        self.assertEqual(limited.returncode, 0, limited.stderr)
        for verb in (["classify", self.digit], ["doctor"]):
            wrong = fsdnet(*verb, environment={"FSDNET_INSTRUCTION_SET": "sse9"})
            self.assertEqual(wrong.returncode, 2, wrong.stderr)
            self.assertIn("FSDNET_INSTRUCTION_SET", wrong.stderr)

    def test_a_processor_whose_wide_registers_are_not_saved(self):
        if not shutil.which("qemu-x86_64"):
            self.skipTest("qemu-x86_64 (Debian package qemu-user) is not installed")
        # CPUID still says AVX and AVX2; the instructions are illegal.
        ended = subprocess.run(["qemu-x86_64", "-cpu", "Haswell,-xsave", PROGRAM, "doctor", "--json"],
                               capture_output=True, text=True)
        self.assertEqual(json.loads(ended.stdout)["instruction_sets"], ["baseline"])
        ended = subprocess.run(["qemu-x86_64", "-cpu", "Haswell,-xsave", PROGRAM, "classify", self.digit],
                               capture_output=True, text=True)
        self.assertEqual(ended.returncode, 0, ended.stderr)


if __name__ == "__main__":
    unittest.main()
