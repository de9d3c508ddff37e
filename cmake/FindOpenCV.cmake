# Finds OpenCV's core, imgproc and imgcodecs: the targets OpenCV::core, OpenCV::imgproc, OpenCV::imgcodecs.
# Debian ships OpenCVConfig.cmake in libopencv-dev only, which needs a gigabyte of other packages; the three small
# packages libopencv-core-dev, libopencv-imgproc-dev and libopencv-imgcodecs-dev are enough for this project.
find_path(OpenCV_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4)
mark_as_advanced(OpenCV_INCLUDE_DIR)

foreach (component IN ITEMS core imgproc imgcodecs)
    find_library(OpenCV_${component}_LIBRARY opencv_${component})
    mark_as_advanced(OpenCV_${component}_LIBRARY)
    if (OpenCV_INCLUDE_DIR AND OpenCV_${component}_LIBRARY)
        set(OpenCV_${component}_FOUND TRUE)
        if (NOT TARGET OpenCV::${component})
            add_library(OpenCV::${component} UNKNOWN IMPORTED)
            set_target_properties(OpenCV::${component} PROPERTIES
                                  IMPORTED_LOCATION "${OpenCV_${component}_LIBRARY}"
                                  INTERFACE_INCLUDE_DIRECTORIES "${OpenCV_INCLUDE_DIR}"
                                  INTERFACE_LINK_LIBRARIES "$<$<NOT:$<STREQUAL:${component},core>>:OpenCV::core>")
        endif ()
    endif ()
endforeach ()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OpenCV REQUIRED_VARS OpenCV_INCLUDE_DIR HANDLE_COMPONENTS)
