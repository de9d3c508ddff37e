"""What is measured: something that can be called, and whose result can be looked at."""


class Missing(Exception):
    """A rival that cannot take part; the text says why."""


class Contender:
    """`run()` computes once; `result()` gives what the last run computed, in our layout. `keep` is kept alive."""

    def __init__(self, name, run, result, keep=None):
        self.name = name
        self.run = run
        self.result = result
        self.keep = keep
