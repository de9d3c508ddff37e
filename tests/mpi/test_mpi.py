"""`mpirun fsdnet train`: the bits of one process, whatever their number, and an end in order."""
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from processes import LAUNCH, LIMIT, PROGRAM, children, image_data, launched, run, sentences, start, training

# As many epochs as never end while a test watches.
ENDLESS = 100000


class Processes(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.data = image_data(self.at("data"))

    def at(self, name):
        return pathlib.Path(self.folder.name) / name

    def model(self, ended, name="model.safetensors"):
        self.assertEqual(ended.returncode, 0, ended.stderr)
        return self.at(name).read_bytes()

    def train(self, processes, *more, **given):
        words = training(self.data, self.at("model.safetensors"), *more, **given)
        return launched(processes, words) if processes > 1 else run(words)

    def wait_for_checkpoint(self, process):
        deadline = time.monotonic() + LIMIT
        while not self.at("model.safetensors.checkpoint").exists():
            self.assertIsNone(process.poll(), "the training ended by itself")
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)

    # Stops an endless training behind its first epoch; returns what was said.
    def interrupted(self, processes, stop, *more):
        process = start(processes, training(self.data, self.at("model.safetensors"), *more, epochs=ENDLESS))
        self.wait_for_checkpoint(process)
        stop(process)
        errors = process.communicate(timeout=LIMIT)[1]
        self.assertNotEqual(process.returncode, 0)
        self.assertFalse(self.at("model.safetensors").exists())
        return sentences(errors)


class SameBits(Processes):
    def test_the_model_file_of_any_number_of_processes(self):
        one = self.model(self.train(1, "--parts", 4))
        for processes in (2, 3, 4):
            with self.subTest(processes=processes):
                self.assertEqual(self.model(self.train(processes, "--parts", 4)), one)

    def test_the_command_that_a_model_keeps_gives_it_again_in_one_process(self):
        by_two = self.model(self.train(2, "--refit", "--optimizer", "sgd", "--rate", "0.1"))
        self.assertIn(b"--parts 2", by_two)
        self.assertEqual(self.model(self.train(1, "--refit", "--optimizer", "sgd", "--rate", "0.1", "--parts", 2)), by_two)

    def test_one_part_is_what_it_always_was(self):
        plain = self.model(self.train(1))
        self.assertNotIn(b"--parts", plain)
        self.assertEqual(self.model(self.train(1, "--parts", 1)), plain)


class Ends(Processes):
    def check_sentences(self, said, ranks, processes):
        self.assertEqual(len(said), len(ranks), said)
        for rank in ranks:
            self.assertTrue(any(line.startswith(f"rank {rank} of {processes}: Interrupted") for line in said), said)
        self.assertTrue(any("--resume" in line for line in said), said)

    def test_where_the_first_rank_is_killed_the_second_one_keeps_the_state(self):
        said = self.interrupted(3, lambda job: os.kill(children(job)[0], signal.SIGKILL), "--parts", 4)
        self.check_sentences(said, [1, 2], 3)

    def test_a_killed_rank_ends_the_job_and_any_number_of_others_goes_on(self):
        epochs = 150
        process = start(3, training(self.data, self.at("model.safetensors"), "--parts", 4, epochs=epochs))
        self.wait_for_checkpoint(process)
        os.kill(children(process)[1], signal.SIGKILL)
        errors = process.communicate(timeout=LIMIT)[1]
        if self.at("model.safetensors").exists():
            self.skipTest("the training was over before it could be ended")
        self.check_sentences(sentences(errors), [0, 2], 3)
        # Without --parts: the checkpoint knows them.
        resumed = self.model(self.train(2, "--resume", epochs=epochs))
        self.assertEqual(self.model(self.train(1, "--parts", 4, epochs=epochs)), resumed)

    # mpirun ends without passing on all that was said.
    def test_a_stopped_job_keeps_a_checkpoint(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(signal=number.name):
                for line in self.interrupted(2, lambda job: job.send_signal(number), "--parts", 4):
                    self.assertIn("Interrupted after step", line)
                ended = self.train(1, "--resume", "--parts", 3, epochs=ENDLESS)
                self.assertIn("its parts is 4, not 3", ended.stderr)
                self.at("model.safetensors.checkpoint").unlink()

    def test_a_rank_that_cannot_begin_says_why_once(self):
        ended = self.train(3, "--loss", "no_such_loss")
        self.assertEqual(ended.returncode, 2, ended.stderr)
        said = sentences(ended.stderr)
        self.assertEqual(len(said), 1, said)
        self.assertIn("rank 0 of 3: There is no loss 'no_such_loss'", said[0])

    def test_more_processes_than_parts_are_refused(self):
        ended = self.train(3, "--parts", 2)
        self.assertEqual(ended.returncode, 2, ended.stderr)
        self.assertIn("found 2 parts", sentences(ended.stderr)[0])

    def test_without_the_module_nobody_trains_alone(self):
        bare = shutil.copy(PROGRAM, self.at("fsdnet"))
        words = training(self.data, self.at("model.safetensors"))
        ended = launched(2, [str(bare), *words[1:]])
        self.assertEqual(ended.returncode, 4, ended.stderr)
        self.assertIn("FSDNET_MPI", sentences(ended.stderr)[0])
        self.assertEqual(run([str(bare), *words[1:]]).returncode, 0)


class TwoNetworks(Processes):
    """A rank in each of two network namespaces with a cable between them: MPI over TCP, as between machines."""

    AGENT = """#!/bin/sh
# What mpirun calls in the place of ssh: <host> <command>.
shift
exec ip netns exec {namespace} sh -c "$*"
"""

    def ip(self, *words):
        return run(["ip", *words])

    def setUp(self):
        super().setUp()
        self.here, self.there = (f"fsdnet{os.getpid()}{end}" for end in "ab")
        made = self.ip("netns", "add", self.here) if os.geteuid() == 0 and self.has_ip() else None
        if made is None or made.returncode != 0:
            self.skipTest("making network namespaces needs root, iproute2 and a kernel that allows it")
        self.addCleanup(self.ip, "netns", "del", self.here)
        self.ip("netns", "add", self.there)
        self.addCleanup(self.ip, "netns", "del", self.there)
        cable = self.ip("link", "add", "cable", "netns", self.here, "type", "veth", "peer", "name", "cable", "netns", self.there)
        if cable.returncode != 0:
            self.skipTest(f"a cable between network namespaces cannot be made: {cable.stderr.strip()}")
        for name, address in ((self.here, "10.213.7.1/24"), (self.there, "10.213.7.2/24")):
            for words in (["addr", "add", address, "dev", "cable"], ["link", "set", "cable", "up"], ["link", "set", "lo", "up"]):
                done = self.ip("-n", name, *words)
                self.assertEqual(done.returncode, 0, done.stderr)

    @staticmethod
    def has_ip():
        try:
            return subprocess.run(["ip", "-V"], capture_output=True).returncode == 0
        except FileNotFoundError:
            return False

    def test_the_bits_are_those_of_one_process(self):
        one = self.model(self.train(1, "--parts", 2))
        agent = self.at("agent")
        agent.write_text(self.AGENT.format(namespace=self.there))
        agent.chmod(0o755)
        ended = run(["ip", "netns", "exec", self.here, *LAUNCH, "-np", "2", "--host", "10.213.7.1:1,10.213.7.2:1",
                     "--mca", "plm_rsh_agent", str(agent), "--mca", "btl", "tcp,self", "--mca", "btl_tcp_if_include", "cable",
                     "--mca", "oob_tcp_if_include", "cable", *training(self.data, self.at("model.safetensors"), "--parts", 2)])
        self.assertEqual(self.model(ended), one)


if __name__ == "__main__":
    unittest.main()
