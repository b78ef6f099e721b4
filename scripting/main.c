/* The program. */
#include "scripting/cli.h"

int main(int argc, char **argv) { return scr_cli_main(argc, argv); }
