# cmake -D "objects=..." -D output=<file> -P EmbedObjects.cmake: object files as arrays of a C++ source, each named by
# its source: .../opencl.c.o gives embedded_opencl.
set(text "// Object files, written by cmake/EmbedObjects.cmake.\n")
foreach (object IN LISTS objects)
    get_filename_component(name "${object}" NAME)
    string(REGEX REPLACE "\\..*" "" name "${name}")
    file(READ "${object}" bytes HEX)
    string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    string(APPEND text "extern const unsigned char embedded_${name}[];\nextern const unsigned long embedded_${name}_size;\n"
           "const unsigned char embedded_${name}[] = {\n${bytes}};\n"
           "const unsigned long embedded_${name}_size = sizeof embedded_${name};\n")
endforeach ()
file(WRITE "${output}" "${text}")
