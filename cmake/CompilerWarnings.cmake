# fsdnet_warnings: what every target of the project is compiled with.
add_library(fsdnet_warnings INTERFACE)
target_compile_options(fsdnet_warnings INTERFACE -Wall -Wextra -Wpedantic)
