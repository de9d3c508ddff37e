/* A user's C program: the C interface of the installed package answers. */
#include "runtime/fsdnet.h"

#include <stdio.h>
#include <string.h>

int main(void) {
    fsdnet_network *network = fsdnet_load("there-is-no-such-model.safetensors");
    printf("%s\n", fsdnet_last_error());
    return network == NULL && strstr(fsdnet_last_error(), "there-is-no-such-model") ? 0 : 1;
}
