/*
 * Nothing in the environment that speaks to the Swift runtime reaches the process through the
 * library: no signal gets a handler or a stack of its own, and nothing is printed.
 */
#include "check.h"
#include <entrasync.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIGNALS 65

typedef struct setting {
  const char *name;
  const char *value;
} setting;

/* What the child prints if the library has changed something, and nothing otherwise. */
static int look(void)
{
  int number;
  stack_t stack;
  struct sigaction action;
  entrasync_client *client = NULL;

  if (entrasync_client_open("good.entraidconf", &client, NULL) != ENTRASYNC_OK)
    printf("the configuration does not open\n");
  entrasync_client_free(client);
  for (number = 1; number < SIGNALS; number++)
    if (sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_DFL
        && action.sa_handler != SIG_IGN)
      printf("signal %d has a handler\n", number);
  if (sigaltstack(NULL, &stack) != 0 || (stack.ss_flags & SS_DISABLE) == 0)
    printf("signals have a stack of their own\n");
  return 0;
}

/* Everything that this program prints when it is started again with one variable set. */
static int starts_quietly(const setting *set, char *printed, size_t size)
{
  char self[4096];
  int ends[2];
  int status = -1;
  size_t length = 0;
  ssize_t count;
  pid_t child;

  printed[0] = '\0';
  /* To follow the link finds this program below valgrind too, whose own file is linked there. */
  count = readlink("/proc/self/exe", self, sizeof self - 1);
  if (count <= 0 || pipe(ends) != 0 || (child = fork()) == -1)
    return 0;
  self[count] = '\0';
  if (child == 0) {
    setenv(set->name, set->value, 1);
    dup2(ends[1], STDOUT_FILENO);
    dup2(ends[1], STDERR_FILENO);
    close(ends[0]);
    close(ends[1]);
    execl(self, "environment_test", "look", (char *)NULL);
    _exit(127);
  }
  close(ends[1]);
  while ((count = read(ends[0], printed + length, size - 1 - length)) > 0)
    length += (size_t)count;
  printed[length] = '\0';
  close(ends[0]);
  waitpid(child, &status, 0);
  return status == 0 && length == 0;
}

int main(int count, char **arguments)
{
  static const setting settings[] = {
      {"ENTRASYNC_NOTHING", ""},
      {"SWIFT_BACKTRACE", "enable=yes"},
      {"SWIFT_BACKTRACE", "enable=yes,swift-backtrace=/bin/true"},
      {"SWIFT_BACKTRACE", "swift-backtrace=/bin/true"},
      {"SWIFT_BACKTRACE", "nonsense=1"},
      {"SWIFT_ROOT", "root"},
      {"SWIFT_DEBUG_HELP", "YES"},
      {"SWIFT_DEBUG_NONSENSE", "1"},
      {"SWIFT_DEBUG_ENABLE_COW_CHECKS", "perhaps"},
      {"SWIFT_DEBUG_ENABLE_LIB_PRESPECIALIZED_LOGGING", "1"},
      {"SWIFT_BINARY_COMPATIBILITY_VERSION", "-1"},
  };
  char printed[4096];
  size_t index;

  (void)arguments;
  if (count > 1)
    return look();
  /* A root with the program that the runtime would start at a crash. */
  mkdir("root", 0700);
  mkdir("root/libexec", 0700);
  mkdir("root/libexec/swift", 0700);
  mkdir("root/libexec/swift/linux", 0700);
  CHECK(
      symlink("/bin/true", "root/libexec/swift/linux/swift-backtrace") == 0,
      "a swift-backtrace can be found below SWIFT_ROOT");
  for (index = 0; index < sizeof settings / sizeof settings[0]; index++) {
    const setting *set = &settings[index];
    int quiet = starts_quietly(set, printed, sizeof printed);

    CHECK(
        quiet, "with %s=%s the library handles no signal and prints nothing", set->name,
        set->value);
    if (!quiet)
      fprintf(stderr, "# it printed: %.300s\n", printed);
  }
  return check_end();
}
