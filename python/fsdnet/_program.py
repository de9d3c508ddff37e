"""Where the command line lies that the package carries."""
import pathlib

PROGRAM = pathlib.Path(__file__).parent / "bin" / "fsdnet"
