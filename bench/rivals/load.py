"""How much others took of the machine while something ran: what a measurement's reader has to know."""
import os
import pathlib

QUIET_LOAD = 0.5  # programs that want a CPU, on average over the minute before
QUIET_SHARE = 0.03  # of all CPUs' time, taken by others


def busy_seconds():
    """CPU time of all programs since the machine started, the hypervisor's share among it."""
    fields = pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    user, nice, system, _idle, _wait, interrupts, soft, stolen = map(int, fields)
    return (user + nice + system + interrupts + soft + stolen) / os.sysconf("SC_CLK_TCK")


def own_seconds():
    """CPU time of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


class Watch:
    """From its making on."""

    def __init__(self):
        self.load = os.getloadavg()[0]
        self.begin = os.times().elapsed, busy_seconds(), own_seconds()

    def own_seconds_since(self):
        return own_seconds() - self.begin[2]

    def others(self):
        """The share of all CPUs' time that other programs took."""
        elapsed = os.times().elapsed - self.begin[0]
        taken = busy_seconds() - self.begin[1] - self.own_seconds_since()
        return max(0.0, taken / max(elapsed * os.cpu_count(), 1e-9))


def is_quiet(load, others):
    return load < QUIET_LOAD and others < QUIET_SHARE
