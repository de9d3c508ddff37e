// Exists so that the precompiled Halide.h has a program to belong to; Halide::Generator brings the main
// function.
