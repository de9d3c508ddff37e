# cmake -D "files=..." -D output=<file> -P EmbedFiles.cmake: files as arrays of a C++ source, each named by what its name
# begins with: .../opencl.c.o gives embedded_opencl.
set(text "// Files as arrays, written by cmake/EmbedFiles.cmake.\n")
foreach (file IN LISTS files)
    get_filename_component(name "${file}" NAME)
    string(REGEX REPLACE "\\..*" "" name "${name}")
    file(READ "${file}" bytes HEX)
    string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    string(APPEND text "extern const unsigned char embedded_${name}[];\nextern const unsigned long embedded_${name}_size;\n"
           "const unsigned char embedded_${name}[] = {\n${bytes}};\n"
           "const unsigned long embedded_${name}_size = sizeof embedded_${name};\n")
endforeach ()
file(WRITE "${output}" "${text}")
