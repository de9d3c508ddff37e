"""A user's Python program without the wheel: loads libfsdnet.so, runs a network, and gets a distribution.
consumer.py FOLDER-OF-LIBRARIES MODEL"""
import ctypes
import math
import sys

library = ctypes.CDLL(sys.argv[1] + "/libfsdnet.so")
library.fsdnet_load.restype = ctypes.c_void_p
library.fsdnet_load.argtypes = [ctypes.c_char_p]
library.fsdnet_last_error.restype = ctypes.c_char_p
library.fsdnet_result_size.argtypes = library.fsdnet_free.argtypes = [ctypes.c_void_p]
library.fsdnet_input_size.argtypes = [ctypes.c_void_p] + 3 * [ctypes.POINTER(ctypes.c_int)]
library.fsdnet_run.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(ctypes.c_float)]

assert not library.fsdnet_load(b"there-is-no-such-model.safetensors")
assert b"there-is-no-such-model" in library.fsdnet_last_error()
network = library.fsdnet_load(sys.argv[2].encode())
assert network, library.fsdnet_last_error()
height, width, colors = ctypes.c_int(), ctypes.c_int(), ctypes.c_int()
library.fsdnet_input_size(network, ctypes.byref(height), ctypes.byref(width), ctypes.byref(colors))
log_posterior = (ctypes.c_float * library.fsdnet_result_size(network))()
status = library.fsdnet_run(network, bytes(height.value * width.value * colors.value), 1, log_posterior)
assert status == 0, library.fsdnet_last_error()
assert abs(sum(map(math.exp, log_posterior)) - 1) < 1e-5, list(log_posterior)
library.fsdnet_free(network)
