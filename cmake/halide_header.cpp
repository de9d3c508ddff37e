// Exists so that the precompiled Halide.h has a program to belong to.
int main() {
    return 0;
}
