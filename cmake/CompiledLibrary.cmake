# fsdnet_compiled_library(<target> FOLDER <folder> NAME <name> COMMENT <what is done> DEPENDS <files>... COMMAND <words>...)
#
# The library <target>, which a command makes while the project is built: lib<name>.a and <name>.h in the folder.
function(fsdnet_compiled_library target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "FOLDER;NAME;COMMENT" "DEPENDS;COMMAND")
    set(library "${arg_FOLDER}/lib${arg_NAME}.a")
    file(MAKE_DIRECTORY "${arg_FOLDER}")
    add_custom_command(OUTPUT "${library}" "${arg_FOLDER}/${arg_NAME}.h" COMMAND ${arg_COMMAND} DEPENDS ${arg_DEPENDS}
                       COMMENT "${arg_COMMENT}" VERBATIM)
    add_custom_target(${target}.files DEPENDS "${library}" "${arg_FOLDER}/${arg_NAME}.h")

    # Choosing the instruction set while running takes Halide's runtime, which knows threads and plug-ins.
    find_package(Threads REQUIRED)
    add_library(${target} STATIC IMPORTED GLOBAL)
    set_target_properties(${target} PROPERTIES
                          IMPORTED_LOCATION "${library}"
                          INTERFACE_INCLUDE_DIRECTORIES "${arg_FOLDER}"
                          INTERFACE_LINK_LIBRARIES "Threads::Threads;${CMAKE_DL_LIBS}")
    add_dependencies(${target} ${target}.files)
endfunction()
