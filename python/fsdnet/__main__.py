"""The command line `fsdnet`: the program that the package carries."""
import os
import sys
from typing import NoReturn

from fsdnet._program import PROGRAM


def main() -> NoReturn:
    os.execv(PROGRAM, [str(PROGRAM), *sys.argv[1:]])


if __name__ == "__main__":
    main()
