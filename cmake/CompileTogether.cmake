# compile_together(<target> <files>): the target's sources in batches of so many, each compiled as one file. Where the
# headers cost more than the code (CLI11, nlohmann-json: 2 to 5 seconds a file), a build from nothing takes a third of the
# time; after an edit it takes longer, so that the preset dev has it off. Names in an unnamed namespace must differ within
# a target.
option(FSDNET_BATCHES "Compile sources of the command line in batches: quicker from nothing, slower after an edit" ON)
function(compile_together target files)
    if (FSDNET_BATCHES)
        set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${files})
    endif ()
endfunction()
