# The Debian packages, unpacked in place of being installed: consumers build against them and run, the program finds its models.
# Lintian finds no error, and two runs give the same bytes.
find_program(dpkg_shlibdeps dpkg-shlibdeps)
if (NOT dpkg_shlibdeps)
    message(STATUS "Skipped: dpkg-dev is not installed, which Debian packages are made with.")
    return ()
endif ()

get_filename_component(tools "${CMAKE_COMMAND}" DIRECTORY)
# Without compression, which takes minutes.
function(make_packages folder components)
    set(ENV{SOURCE_DATE_EPOCH} 1700000000)
    execute_process(COMMAND "${tools}/cpack" --config "${build}/CPackConfig.cmake" -B "${folder}"
                            -D CPACK_DEBIAN_COMPRESSION_TYPE=none -D "CPACK_COMPONENTS_ALL=${components}"
                    COMMAND_ERROR_IS_FATAL ANY)
endfunction()
# But for the compiler, whose Halide has 160 MB: the same rules lay it down, and check.cmake has tried them.
set(small "program;fsdnet_terms;library;libfsdnet0_terms;documentation;fsdnet_doc_terms")
make_packages("${work}/debian" "${small};development;libfsdnet_dev_terms")
make_packages("${work}/debian_again" "${small}")
file(GLOB packages "${work}/debian/*.deb")
list(LENGTH packages count)
if (NOT count EQUAL 4)
    message(FATAL_ERROR "fsdnet, its library, development and documentation should have been made; found '${packages}'.")
endif ()
file(GLOB packages_again "${work}/debian_again/*.deb")
list(LENGTH packages_again count)
if (NOT count EQUAL 3)
    message(FATAL_ERROR "fsdnet, its library and its documentation should have been made again; found '${packages_again}'.")
endif ()
foreach (package IN LISTS packages_again)
    get_filename_component(name "${package}" NAME)
    run("${CMAKE_COMMAND}" -E compare_files "${work}/debian/${name}" "${package}")
endforeach ()

find_program(lintian lintian)
if (lintian)
    # Root may run the tests; what is compressed is another matter here (above).
    execute_process(COMMAND "${lintian}" --allow-root --fail-on error --tag-display-limit 0
                            --suppress-tags uses-no-compression-for-data-tarball,uses-no-compression-for-control-tarball ${packages}
                    RESULT_VARIABLE status OUTPUT_VARIABLE found ERROR_VARIABLE found)
    message(STATUS "lintian: ${status}\n${found}")
    if (NOT status EQUAL 0)
        message(FATAL_ERROR "lintian finds errors, the lines above that begin with E; cmake/DebianPackages.cmake makes the packages.")
    endif ()
else ()
    message(STATUS "Skipped: lintian is not installed, which examines Debian packages.")
endif ()

set(unpacked "${work}/unpacked")
foreach (package IN LISTS packages)
    run(dpkg-deb -x "${package}" "${unpacked}")
endforeach ()
file(GLOB first "${work}/debian/fsdnet_*.deb")
execute_process(COMMAND dpkg-deb -f "${first}" Depends OUTPUT_VARIABLE dependencies COMMAND_ERROR_IS_FATAL ANY)
if (NOT dependencies MATCHES "libc6 \\(>=")
    message(FATAL_ERROR "The dependencies of ${first} should name libc6 with its version; they are '${dependencies}'.")
endif ()
run("${unpacked}/usr/bin/fsdnet" inspect --quiet)
foreach (file IN ITEMS man/man1/fsdnet.1.gz man/man1/fsdnet-analyze-moments.1.gz bash-completion/completions/fsdnet
                       doc/fsdnet/copyright doc/libfsdnet0/changelog.gz)
    if (NOT EXISTS "${unpacked}/usr/share/${file}")
        message(FATAL_ERROR "The packages should have /usr/share/${file}.")
    endif ()
endforeach ()
file(MAKE_DIRECTORY "${work}/of_debian")
check_consumers("${unpacked}/usr" "${work}/of_debian")
