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
 * Prints one result under a name, which is a printf format and its arguments. A failure also prints
 * the name, the condition and its place on the standard error, which is all that prove shows. A
 * name therefore makes sense alone: `lookup_find: a NULL address is refused`.
 */
#define CHECK(condition, ...) \
  check_result(!!(condition), #condition, __FILE__, __LINE__, __VA_ARGS__)

__attribute__((format(printf, 5, 6))) static inline int check_result(
    int passed, const char *condition, const char *file, int line, const char *format, ...)
{
  char name[1024];
  va_list arguments;

  va_start(arguments, format);
  vsnprintf(name, sizeof name, format, arguments);
  va_end(arguments);
  printf("%s %d - %s\n", passed ? "ok" : "not ok", ++check_count, name);
  if (!passed)
    fprintf(stderr, "# %s\n#   %s:%d: %s\n", name, file, line, condition);
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
