/*
 * Checks that print TAP, which prove(1) reads:
 *
 *     CHECK(length == 3, "the length is that of the text");
 *     return check_end();
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>

static int check_count;
static int check_failures;

/** Prints one result; on failure also, where prove shows it, the condition and where it stands. */
#define CHECK(condition, name) check_result(!!(condition), (name), #condition, __FILE__, __LINE__)

static inline int check_result(
    int passed, const char *name, const char *condition, const char *file, int line)
{
  printf("%s %d - %s\n", passed ? "ok" : "not ok", ++check_count, name);
  if (!passed)
    fprintf(stderr, "# %s:%d: %s\n", file, line, condition);
  check_failures += !passed;
  /* A child process, or a crash, must not repeat or lose a line. */
  fflush(stdout);
  return passed;
}

/** Prints how many checks there were; what main() returns. */
static inline int check_end(void)
{
  printf("1..%d\n", check_count);
  return check_failures ? 1 : 0;
}

#endif
