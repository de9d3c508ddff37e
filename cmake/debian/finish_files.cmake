# Read by CPack when the packages' files lie in folders, one per package: adds Debian's changelog and compresses what Debian wants
# compressed, without names and times. The date is SOURCE_DATE_EPOCH where that is set.
cmake_policy(VERSION 3.28)
find_program(gzip gzip REQUIRED)

# The themes of CHANGELOG.md as Debian's list of changes: "**Theme.** Text" becomes an item.
file(READ "${CPACK_FSDNET_CHANGES}" changes)
string(REGEX MATCHALL "\n\\*\\*[^*]+\\.\\*\\*" themes "${changes}")
if (NOT themes)
    message(FATAL_ERROR "${CPACK_FSDNET_CHANGES} should have paragraphs that begin with a theme, as '**Training.** ...'; "
                        "Debian's changelog is made of them.")
endif ()
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
set(changelog "fsdnet (${CPACK_PACKAGE_VERSION}) unstable; urgency=medium\n\n")
foreach (theme IN LISTS themes)
    string(REGEX REPLACE "[\n*]" "" theme "${theme}")
    string(APPEND changelog "  * ${theme}\n")
endforeach ()
string(APPEND changelog "\n -- ${CPACK_PACKAGE_CONTACT}  ${date}\n")

file(GLOB folders "${CPACK_TEMPORARY_DIRECTORY}/*${CPACK_PACKAGING_INSTALL_PREFIX}/share/doc/*/copyright")
foreach (copyright IN LISTS folders)
    cmake_path(GET copyright PARENT_PATH documents)
    cmake_path(GET documents FILENAME package)
    file(WRITE "${documents}/changelog" "${changelog}")
    # Of a package that brings manual pages, these too.
    file(GLOB pages "${documents}/../../man/man*/*.1")
    execute_process(COMMAND "${gzip}" --best --no-name --force "${documents}/changelog" ${pages}
                    COMMAND_ERROR_IS_FATAL ANY)
endforeach ()
