# What `cmake --install` lays down: the command line with its models, and the package that gives a user's
# find_package(fsdnet) the targets fsdnet::runtime, fsdnet::kernels and the other sets of kernels. None needs Halide or its
# compiler; the component `compiler` adds fsdnet_add_network() and fsdnet_add_kernel().
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_folder "${PROJECT_BINARY_DIR}/package")
set(package_destination "${CMAKE_INSTALL_LIBDIR}/cmake/fsdnet")

# require_built(<component> <files>...): an installation of the component ends before its first file where one of these is
# not built yet. Stands before what installs them.
function(require_built component)
    list(JOIN ARGN "\" \"" files)
    install(CODE "foreach (file IN ITEMS \"${files}\")
        if (NOT EXISTS \"\${file}\")
            message(FATAL_ERROR \"Nothing was installed: \${file} is not built. 'make install PREFIX=<folder>' builds and \"
                                \"installs; 'cmake --build <build> --target fsdnet fsdnet_compiler fsdnet_kernel_compiler \"
                                \"package_files shared_library package_texts' builds.\")
        endif ()
    endforeach ()" COMPONENT ${component})
endfunction()

# package_kernels(<set> <libraries>...): what a program that links the set takes.
function(package_kernels set)
    set(kernels "${package_folder}/libfsdnet_${set}_kernels.a")
    set(registrations "${package_folder}/fsdnet_${set}_registrations.o")
    # All kernels in one archive, from which a program takes what it uses.
    set(script "create ${kernels}\n")
    foreach (library IN LISTS ARGN)
        string(APPEND script "addlib $<TARGET_FILE:${library}>\n")
    endforeach ()
    file(GENERATE OUTPUT "${package_folder}/${set}.mri" CONTENT "${script}save\nend\n")
    add_custom_command(OUTPUT "${kernels}"
                       COMMAND "${CMAKE_AR}" -M < "${package_folder}/${set}.mri"
                       DEPENDS ${ARGN} "${package_folder}/${set}.mri"
                       COMMENT "Collecting the ${set} kernels for the package" VERBATIM)
    # The registrations run before main and are named by nothing, so that an archive would drop them: one object file.
    set(objects $<TARGET_OBJECTS:${set}_registrations.objects> $<TARGET_OBJECTS:${set}_signatures.objects>)
    add_custom_command(OUTPUT "${registrations}"
                       COMMAND "${CMAKE_LINKER}" -r -o "${registrations}" ${objects}
                       DEPENDS ${objects}
                       COMMAND_EXPAND_LISTS
                       COMMENT "Collecting the ${set} kernels' registrations for the package" VERBATIM)
    install(FILES "${kernels}" "${registrations}" DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development)
    set_property(GLOBAL APPEND PROPERTY fsdnet_package_files "${kernels}" "${registrations}")
endfunction()

get_property(kernel_sets GLOBAL PROPERTY fsdnet_kernel_sets)
set(package_archives ${kernel_sets})
list(TRANSFORM package_archives PREPEND "${package_folder}/libfsdnet_")
list(TRANSFORM package_archives APPEND "_kernels.a")
require_built(program $<TARGET_FILE:fsdnet>)
require_built(development $<TARGET_FILE:runtime> ${package_archives})
require_built(compiler $<TARGET_FILE:fsdnet_compiler> $<TARGET_FILE:fsdnet_kernel_compiler>)

foreach (set IN LISTS kernel_sets)
    get_target_property(libraries ${set}_libraries INTERFACE_LINK_LIBRARIES)
    if (set STREQUAL inference)
        # Which every kernel calls, as every set comes with this one.
        list(APPEND libraries halide_runtime)
    endif ()
    package_kernels(${set} ${libraries})
endforeach ()
# For programs that choose their kernels by fsdnet_link_kernels(): what checks the calls, which is small.
set(signatures "${package_folder}/fsdnet_inference_signatures.o")
add_custom_command(OUTPUT "${signatures}"
                   COMMAND "${CMAKE_LINKER}" -r -o "${signatures}" $<TARGET_OBJECTS:inference_signatures.objects>
                   DEPENDS $<TARGET_OBJECTS:inference_signatures.objects>
                   COMMAND_EXPAND_LISTS
                   COMMENT "Collecting the inference kernels' signatures for the package" VERBATIM)
install(FILES "${signatures}" DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development)
get_target_property(fsdnet_inference_kernels inference_libraries INTERFACE_LINK_LIBRARIES)
list(FILTER fsdnet_inference_kernels INCLUDE REGEX "_(cpu|opencl|cuda)$")
get_property(package_files GLOBAL PROPERTY fsdnet_package_files)
list(APPEND package_files "${signatures}")
add_custom_target(package_files ALL DEPENDS ${package_files})

configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/fsdnetConfig.cmake.in" "${package_folder}/fsdnetConfig.cmake"
                              INSTALL_DESTINATION "${package_destination}"
                              PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_LIBEXECDIR)
# For other build systems: `pkg-config --cflags --libs fsdnet` gives the shared library, fsdnet-static what fsdnet::kernels is.
file(RELATIVE_PATH package_prefix "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
foreach (name IN ITEMS fsdnet fsdnet-static)
    configure_file("${CMAKE_CURRENT_LIST_DIR}/${name}.pc.in" "${package_folder}/${name}.pc" @ONLY)
    install(FILES "${package_folder}/${name}.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT development)
endforeach ()
require_built(library $<TARGET_FILE:shared_library>)
install(TARGETS shared_library LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT library
        NAMELINK_COMPONENT development)
write_basic_package_version_file("${package_folder}/fsdnetConfigVersion.cmake" COMPATIBILITY SameMinorVersion)

set_target_properties(runtime PROPERTIES OUTPUT_NAME fsdnet_runtime)
install(TARGETS runtime ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development)
install(FILES "${package_folder}/fsdnetConfig.cmake" "${package_folder}/fsdnetConfigVersion.cmake"
        DESTINATION "${package_destination}" COMPONENT development)

# Included as in the source tree: "runtime/network.h" from C++, "runtime/fsdnet.h" from C.
list(TRANSFORM fsdnet_public_headers PREPEND "${PROJECT_SOURCE_DIR}/runtime/" OUTPUT_VARIABLE public_headers)
install(FILES ${public_headers} DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/fsdnet/runtime" COMPONENT development)
get_target_property(halide_include Halide::Runtime INTERFACE_INCLUDE_DIRECTORIES)
install(FILES "${halide_include}/HalideRuntime.h" "${halide_include}/HalideBuffer.h"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/fsdnet" COMPONENT development)
install(FILES "${halide_include}/../share/doc/Halide/LICENSE.txt" RENAME LICENSE.Halide
        DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT development)
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT development)

# The compilers of networks (2.5 MB) and of kernels for one shape (6 MB), with the one library that they need (160 MB) and the
# autoschedulers for CPUs (1.5 MB): for `fsdnet compile`, fsdnet_add_network() and fsdnet_add_kernel().
#
# They look for that library in their own tree, built or installed, by one path that the installation need not edit: CMake pads
# paths that are to be edited with a colon, and the loader reads an empty element as the current folder.
function(imported_property target property variable)
    foreach (configuration IN ITEMS _RELEASE "")
        get_target_property(value ${target} ${property}${configuration})
        if (value)
            break ()
        endif ()
    endforeach ()
    set(${variable} "${value}" PARENT_SCOPE)
endfunction()
imported_property(Halide::Halide IMPORTED_LOCATION halide_library)
imported_property(Halide::Halide IMPORTED_SONAME halide_library_name)
file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/lib/fsdnet")
file(CREATE_LINK "${halide_library}" "${PROJECT_BINARY_DIR}/lib/fsdnet/${halide_library_name}" SYMBOLIC)
foreach (name IN ITEMS Adams2019 Li2018 Mullapudi2016)
    imported_property(Halide::${name} IMPORTED_LOCATION plugin)
    get_filename_component(plugin_name "${plugin}" NAME)
    file(CREATE_LINK "${plugin}" "${PROJECT_BINARY_DIR}/lib/fsdnet/${plugin_name}" SYMBOLIC)
    install(FILES "${plugin}" DESTINATION "${CMAKE_INSTALL_LIBDIR}/fsdnet" COMPONENT compiler)
endforeach ()
set_target_properties(fsdnet_compiler fsdnet_kernel_compiler PROPERTIES BUILD_WITH_INSTALL_RPATH ON INSTALL_RPATH
                      "$ORIGIN/../lib/fsdnet;$ORIGIN/../../${CMAKE_INSTALL_LIBDIR}/fsdnet")
install(TARGETS fsdnet_compiler fsdnet_kernel_compiler RUNTIME DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}/fsdnet"
        COMPONENT compiler)
install(IMPORTED_RUNTIME_ARTIFACTS Halide::Halide
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}/fsdnet" COMPONENT compiler)
foreach (file IN ITEMS AddNetwork AddShapeKernel CompiledLibrary LinkKernels)
    install(FILES "${CMAKE_CURRENT_LIST_DIR}/${file}.cmake" DESTINATION "${package_destination}" COMPONENT development)
endforeach ()

# Training in several processes needs MPI: installed where it was asked for, else only as the component `mpi`.
if (TARGET fsdnet_mpi)
    if (FSDNET_MPI STREQUAL AUTO)
        set(unless_asked_for EXCLUDE_FROM_ALL)
    endif ()
    install(TARGETS fsdnet_mpi LIBRARY DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}/fsdnet" COMPONENT mpi ${unless_asked_for})
endif ()

install(TARGETS fsdnet RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT program)
# What the program says of itself: manual pages, and completion for three shells. Installed names are those that man, bash, zsh
# and fish look for.
set(texts "${package_folder}/texts")
set(completions "${texts}/bash/fsdnet" "${texts}/zsh/_fsdnet" "${texts}/fish/fsdnet.fish")
add_custom_command(OUTPUT "${texts}/man/fsdnet.1" ${completions}
                   COMMAND "${CMAKE_COMMAND}" -E rm -rf "${texts}"
                   COMMAND "${CMAKE_COMMAND}" -E make_directory "${texts}/man" "${texts}/bash" "${texts}/zsh" "${texts}/fish"
                   COMMAND fsdnet manual --folder "${texts}/man"
                   COMMAND fsdnet completion bash > "${texts}/bash/fsdnet"
                   COMMAND fsdnet completion zsh > "${texts}/zsh/_fsdnet"
                   COMMAND fsdnet completion fish > "${texts}/fish/fsdnet.fish"
                   DEPENDS fsdnet
                   COMMENT "Writing manual pages and completions" VERBATIM)
add_custom_target(package_texts ALL DEPENDS "${texts}/man/fsdnet.1")
require_built(program "${texts}/man/fsdnet.1")
install(DIRECTORY "${texts}/man/" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT program)
install(FILES "${texts}/bash/fsdnet" DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" COMPONENT program)
# Zsh looks in the first below /usr/local, Debian's in the second below /usr.
foreach (folder IN ITEMS site-functions vendor-completions)
    install(FILES "${texts}/zsh/_fsdnet" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/${folder}" COMPONENT program)
endforeach ()
install(FILES "${texts}/fish/fsdnet.fish" DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d" COMPONENT program)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/models" DESTINATION "${CMAKE_INSTALL_DATADIR}/fsdnet" COMPONENT program
        FILES_MATCHING PATTERN "*.safetensors" PATTERN "*.json" PATTERN "*.md")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/docs" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT documentation)
install(FILES "${PROJECT_SOURCE_DIR}/README.md" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT documentation)
include(DebianPackages)
