"""Times two contenders turn by turn and gives the ratio of their times with a confidence interval."""
import time

import numpy

TURN_SECONDS = 0.02  # a turn repeats the call for so long, so that the clock's grain and the first call do not count
PAUSE_SECONDS = 0.002  # threads that wait by spinning stop before the other one's turn
RESAMPLES = 2000


def clock(threads):
    """With one thread the CPU time of the process: what other programs take does not count. Otherwise the wall's."""
    return time.process_time if threads == 1 else time.perf_counter


def calls_per_turn(run, now):
    calls = 1
    while True:
        seconds = turn(run, calls, now)
        if seconds >= TURN_SECONDS / 4:
            return max(1, round(calls * TURN_SECONDS / seconds))
        calls *= 4


def turn(run, calls, now):
    start = now()
    for _ in range(calls):
        run()
    return now() - start


def interval(ratios):
    """The median's 95 % interval by bootstrap over the rounds; seeded, so that the same times give the same text."""
    random = numpy.random.default_rng(1)
    medians = numpy.median(random.choice(ratios, (RESAMPLES, len(ratios))), axis=1)
    return [float(edge) for edge in numpy.quantile(medians, [0.025, 0.975])]


def compare(ours, rival, threads, rounds):
    """Seconds per call of both (medians), and rival / ours per round: above 1 we are faster."""
    now = clock(threads)
    contenders = (ours, rival)
    calls = [calls_per_turn(contender.run, now) for contender in contenders]
    times = numpy.empty((rounds, 2))
    for index in range(rounds):
        order = (0, 1) if index % 2 == 0 else (1, 0)
        for which in order:
            time.sleep(PAUSE_SECONDS)
            times[index, which] = turn(contenders[which].run, calls[which], now) / calls[which]
    ratios = times[:, 1] / times[:, 0]
    return {"ours_seconds": float(numpy.median(times[:, 0])), "rival_seconds": float(numpy.median(times[:, 1])),
            "ratio": float(numpy.median(ratios)), "interval": interval(ratios), "rounds": rounds}
