/*
 * Runs a program and writes what it cost into a file, in one line: the seconds of CPU that it and
 * its children took, the seconds that passed, and the peak of its memory in KiB.
 *
 *     measure FILE COMMAND [ARGUMENT...]
 *
 * /usr/bin/time knows hundredths of a second only. Linux counts the memory of a process from before
 * exec, so the program that forks must be a small one: this one. It kills what takes ten minutes.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { limit_in_seconds = 600 };

static pid_t child;

static void kill_child(int number)
{
  (void)number;
  kill(child, SIGKILL);
}

static double now(void)
{
  struct timespec time;

  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds(struct timeval time)
{
  return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int count, char **arguments)
{
  struct rusage usage;
  double start;
  double end;
  int status;
  FILE *file;

  if (count < 3) {
    fprintf(stderr, "usage: %s FILE COMMAND [ARGUMENT...]\n", arguments[0]);
    return 2;
  }
  start = now();
  child = vfork();
  if (child == 0) {
    execvp(arguments[2], arguments + 2);
    _exit(127);
  }
  if (child < 0) {
    perror("vfork");
    return 2;
  }
  signal(SIGALRM, kill_child);
  signal(SIGTERM, kill_child);
  signal(SIGINT, kill_child);
  alarm(limit_in_seconds);
  while (wait4(child, &status, 0, &usage) < 0) {
    if (errno != EINTR) {
      perror("wait4");
      return 2;
    }
  }
  end = now();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;

  file = fopen(arguments[1], "w");
  if (file == NULL
      || fprintf(
             file, "%.6f %.6f %ld\n", seconds(usage.ru_utime) + seconds(usage.ru_stime),
             end - start, usage.ru_maxrss)
          < 0
      || fclose(file) != 0) {
    fprintf(stderr, "%s: %s\n", arguments[1], strerror(errno));
    return 2;
  }
  return 0;
}
