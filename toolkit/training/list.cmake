# Lists of functions that each define one thing, written where their files are named, so that no linker drops one.

# fsdnet_write_list(<target> <property> <file> <header> <type> <function>): adds a file to the target that defines
# fsd::training::<function>(), which calls each fsd::training::<name>() of the global property's names.
function(fsdnet_write_list target property file header type function)
    get_property(names GLOBAL PROPERTY ${property})
    set(declarations "")
    set(calls "")
    foreach (name IN LISTS names)
        string(APPEND declarations "${type} ${name}();\n")
        string(APPEND calls "${name}(), ")
    endforeach ()
    file(CONFIGURE OUTPUT "${file}" @ONLY CONTENT
"// Written by CMake.
#include \"@header@\"

namespace fsd::training {

@declarations@
std::vector<@type@> @function@() {
    return {@calls@};
}

}  // namespace fsd::training
")
    target_sources(${target} PRIVATE "${file}")
endfunction()
