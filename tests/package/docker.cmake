# The Dockerfile by its steps, as no engine may run here: what it has made is made by the Makefile, where it looks for it; the last
# image installs that and nothing is missing; its program answers. Needs what debian.cmake unpacked.
set(dockerfile "${CMAKE_CURRENT_LIST_DIR}/../../Dockerfile")
file(READ "${dockerfile}" steps)

# step(<variable> <pattern>): what the pattern's first group catches; the Dockerfile must have it.
function(step variable pattern)
    if (NOT steps MATCHES "${pattern}")
        message(FATAL_ERROR "${dockerfile} should have a step like '${pattern}'.")
    endif ()
    set(${variable} "${CMAKE_MATCH_1}" PARENT_SCOPE)
endfunction()

step(target "\nRUN make ([a-z]+)\n")
step(packed "\nCOPY --from=build /source/([^ ]+) /packages/\n")
step(program "\nENTRYPOINT \\[\"([a-z]+)\"\\]\n")
step(arguments "\nCMD \\[\"([^\"]+)\"\\]")
file(READ "${CMAKE_CURRENT_LIST_DIR}/../../Makefile" makefile)
if (NOT makefile MATCHES "\n${target}:[^\n]*\n[^\n]*packages\\.sh deb")
    message(FATAL_ERROR "${dockerfile} runs 'make ${target}', which should be the Makefile's target that makes Debian packages.")
endif ()

# The preset's build folder, into which CPack writes, and the packages' names.
get_filename_component(packed_folder "${packed}" DIRECTORY)
get_filename_component(packed_names "${packed}" NAME)
file(READ "${build}/CPackConfig.cmake" settings)
if (NOT settings MATCHES "CPACK_PACKAGE_DIRECTORY \"[^\"]*/build/[a-z]+/debian\"" OR NOT packed_folder STREQUAL "build/release/debian")
    message(FATAL_ERROR "${dockerfile} should take the packages from build/release/debian, where CPack writes them.")
endif ()
file(GLOB taken "${work}/debian/${packed_names}")
if (NOT taken)
    message(FATAL_ERROR "No package is called ${packed_names}, which ${dockerfile} installs.")
endif ()

# What the packages depend on is on this machine, which built them: a dependency that no Debian package satisfies, or another of
# ours that the image lacks, fails here as it would there.
find_program(apt_get apt-get)
if (apt_get)
    execute_process(COMMAND "${apt_get}" --simulate --no-install-recommends install ${taken}
                    RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
    if (NOT status EQUAL 0)
        message(FATAL_ERROR "The step that installs ${taken} fails: ${said}")
    endif ()
endif ()
set(alone "${work}/of_docker")
foreach (package IN LISTS taken)
    run(dpkg-deb -x "${package}" "${alone}")
endforeach ()
run("${alone}/usr/bin/${program}" ${arguments})
# The command of docs/install.md.
run("${alone}/usr/bin/${program}" doctor)
