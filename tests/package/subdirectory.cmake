# add_subdirectory(): the project is configured every day; that it builds and runs has its turn one day in four, as the runtime takes
# 50 s of a core. The day is that of tests/todays_turn.h.
set(day "$ENV{FSDNET_TEST_DAY}")
if (day STREQUAL "")
    string(TIMESTAMP seconds "%s" UTC)
    math(EXPR day "${seconds} / 86400 + 719163")
endif ()
run("${CMAKE_COMMAND}" -S "${CMAKE_CURRENT_LIST_DIR}/subdirectory" -B "${work}/subdirectory" -G "${generator}"
    "-DCMAKE_MAKE_PROGRAM=${make_program}" -DCMAKE_BUILD_TYPE=Debug "-Dfsdnet_sources=${CMAKE_CURRENT_LIST_DIR}/../..")
if (NOT day STREQUAL "all")
    math(EXPR turn "${day} % 4")
endif ()
if (day STREQUAL "all" OR turn EQUAL 2)
    run("${CMAKE_COMMAND}" --build "${work}/subdirectory" --target consumer)
    run("${work}/subdirectory/consumer")
else ()
    message(STATUS "Skipped: building a project with add_subdirectory() has its turn on another day (FSDNET_TEST_DAY=2).")
endif ()
