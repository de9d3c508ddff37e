# The interfaces to GPUs that a schedule in schedules/gpu/ is compiled for. A kernel library holds OpenCL's C or CUDA's PTX,
# which the driver compiles for the device when the kernel first runs: neither an SDK nor a device is needed here.
set(fsdnet_gpu_apis opencl cuda)
if (NOT FSDNET_GPU)
    set(fsdnet_gpu_apis)
elseif (NOT FSDNET_GPU STREQUAL "ON")
    foreach (api IN LISTS FSDNET_GPU)
        if (NOT api IN_LIST fsdnet_gpu_apis)
            message(FATAL_ERROR "FSDNET_GPU is OFF, ON or a list of ${fsdnet_gpu_apis}; found '${FSDNET_GPU}'.")
        endif ()
    endforeach ()
    set(fsdnet_gpu_apis ${FSDNET_GPU})
endif ()

# cl_doubles: the places of sites and the information measures are computed in float64.
set(fsdnet_opencl_targets x86-64-linux-opencl-cl_doubles)
# Everything since Maxwell (2014).
set(fsdnet_cuda_targets x86-64-linux-cuda-cuda_capability_50)

# The part of Halide's runtime that speaks to devices; it loads the driver's library when a kernel asks for a device.
set(fsdnet_runtime_target x86-64-linux)
foreach (api IN LISTS fsdnet_gpu_apis)
    string(APPEND fsdnet_runtime_target -${api})
endforeach ()
