"""What goes wrong, with the sentences of the command line.

    Error
     +- InputError(ValueError)              an argument, number or file's content that cannot be used
     |   +- FileError(OSError)              a file that the system does not let us read or write
     +- UnsupportedError(RuntimeError)      this build or machine lacks what was asked for
     +- CheckError(RuntimeError)            what was checked does not hold, e.g. a loss that is no number any more
     +- InternalError(RuntimeError)         a fault of fsdnet

MemoryError is Python's own. A wrong type of argument is Python's TypeError.
"""


class Error(Exception):
    """Every failure that fsdnet words itself."""


class InputError(Error, ValueError):
    """An argument, a number or a file's content that cannot be used."""


class FileError(InputError, OSError):
    """A file that the system does not let us read or write."""


class UnsupportedError(Error, RuntimeError):
    """This build or machine lacks what was asked for, or the network does."""


class CheckError(Error, RuntimeError):
    """Everything was done as asked, and what was checked does not hold."""


class InternalError(Error, RuntimeError):
    """A fault of fsdnet itself; please report it."""


def error_of(code: int, sentence: str) -> Error:
    """The exception for an exit code of the command line (2, 3: input; 4: unsupported; 1: check; else internal)."""
    kinds: dict[int, type[Error]] = {1: CheckError, 2: InputError, 3: InputError, 4: UnsupportedError}
    return kinds.get(code, InternalError)(sentence)
