# quick_to_compile: linked by targets whose own code is not what anyone waits for: command line, the compiler's rooms (Halide and
# LLVM do the work), the tuner's bookkeeping. The optimizer takes half of their compile time at -O3 (measured: 28 to 17 s for
# eight verbs, 6.1 to 4.5 s for a file of the compiler) and gives nothing back.
add_library(quick_to_compile INTERFACE)
target_compile_options(quick_to_compile INTERFACE $<$<NOT:$<CONFIG:Debug>>:-O1>)
