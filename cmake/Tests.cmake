# add_fsdnet_test(<name> SOURCES ... LINKS ...) makes the program test_<name> and the ctest <name>.
# EACH_INSTRUCTION_SET makes the ctests <name>.avx512 and so on of it: the same program limited to that set, in processes of
# their own because a kernel's dispatcher decides at its first call; of the baseline, which few machines still need, a third of
# the test cases has its turn each day (todays_turn.h). EACH_DEVICE adds <name>.opencl and so on, for the
# interfaces that kernels are built for: the same program with its networks there; skipped where there is no device.
# EMULATED_CUDA adds <name>.emulated_cuda: the same program with tests/cuda in place of NVIDIA's driver. An emulated kernel takes
# a hundred times as long as a compiled one, so that one test case in six has its turn each day (todays_turn.h);
# `ctest` with FSDNET_TEST_DAY=0 to 5 runs them all.
# Each has a label, so that `ctest -L '^training$'` runs what a folder holds: the folder that has the test's name, else that
# of the first source.
function(add_fsdnet_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "EACH_DEVICE;EACH_INSTRUCTION_SET;EMULATED_CUDA" "" "SOURCES;LINKS")
    add_executable(test_${name} ${arg_SOURCES})
    target_link_libraries(test_${name} PRIVATE test_main ${arg_LINKS} fsdnet_warnings)
    target_compile_options(test_${name} PRIVATE ${test_options})
    target_precompile_headers(test_${name} REUSE_FROM catch2_header)
    list(GET arg_SOURCES 0 label)
    if (IS_DIRECTORY "${PROJECT_SOURCE_DIR}/tests/${name}")
        set(label ${name})
    endif ()
    string(REGEX REPLACE "/.*" "" label "${label}")
    set(tests)
    if (NOT arg_EACH_INSTRUCTION_SET)
        set(tests ${name})
        add_test(NAME ${name} COMMAND test_${name})
    else ()
        foreach (set IN LISTS fsdnet_families)
            add_test(NAME ${name}.${set} COMMAND test_${name})
            set(environment FSDNET_INSTRUCTION_SET=${set})
            if (set STREQUAL baseline)
                list(APPEND environment FSDNET_TEST_ONE_IN=3)
            endif ()
            set_tests_properties(${name}.${set} PROPERTIES ENVIRONMENT "${environment}" SKIP_RETURN_CODE 77)
            list(APPEND tests ${name}.${set})
        endforeach ()
    endif ()
    if (arg_EACH_DEVICE)
        foreach (device IN LISTS fsdnet_gpu_apis)
            add_test(NAME ${name}.${device} COMMAND test_${name})
            set_tests_properties(${name}.${device} PROPERTIES ENVIRONMENT FSDNET_DEVICE=${device} SKIP_RETURN_CODE 77)
            list(APPEND tests ${name}.${device})
        endforeach ()
    endif ()
    if (arg_EMULATED_CUDA AND "cuda" IN_LIST fsdnet_gpu_apis)
        add_test(NAME ${name}.emulated_cuda COMMAND test_${name})
        set_tests_properties(${name}.emulated_cuda PROPERTIES
                             ENVIRONMENT "FSDNET_DEVICE=cuda;EMULATED_CUDA_CHECKS_EXIT=1;FSDNET_TEST_ONE_IN=6"
                             ENVIRONMENT_MODIFICATION
                             "LD_LIBRARY_PATH=path_list_prepend:${PROJECT_BINARY_DIR}/tests/cuda")
        add_dependencies(test_${name} emulated_cuda)
        list(APPEND tests ${name}.emulated_cuda)
    endif ()
    set_tests_properties(${tests} PROPERTIES LABELS ${label})
endfunction()
