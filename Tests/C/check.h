/*
 * Checks that print TAP, which prove(1) reads:
 *
 *     CHECK(length == 3, "error_get_message: the length is that of the text");
 *     return check_end();
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdarg.h>
#include <stdio.h>

static int check_count;
static int check_failures;

/*
 * Prints one result under a name, which is a printf format and its arguments. prove shows only the
 * name and not what was printed before it, so a name makes sense alone:
 * `lookup_find: a NULL address is refused`. A failure also prints the condition and its place.
 */
#define CHECK(condition, ...) \
  check_result(!!(condition), #condition, __FILE__, __LINE__, __VA_ARGS__)

__attribute__((format(printf, 5, 6))) static inline int check_result(
    int passed, const char *condition, const char *file, int line, const char *name, ...)
{
  va_list arguments;

  printf("%s %d - ", passed ? "ok" : "not ok", ++check_count);
  va_start(arguments, name);
  vprintf(name, arguments);
  va_end(arguments);
  putchar('\n');
  if (!passed)
    fprintf(stderr, "# %s:%d: %s\n", file, line, condition);
  check_failures += !passed;
  /* Otherwise a child process could repeat a line, and a crash could lose one. */
  fflush(stdout);
  return passed;
}

/** Prints how many checks there were, and returns what main() returns. */
static inline int check_end(void)
{
  printf("1..%d\n", check_count);
  return check_failures ? 1 : 0;
}

#endif
