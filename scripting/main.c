/* The program. */
#include <stdio.h>

int main(void) {
  puts("headscope " HEADSCOPE_VERSION);
  return 0;
}
