/*
 * A host whose signal handler forks, wherever it interrupts the library or another fork(). Both
 * processes go on with what was interrupted, and can fork again.
 */
#include "host.h"
#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FORKS = 3000 };

static volatile sig_atomic_t forks, failures, in_child, is_set;

/* Waits for a child, which may hold back all signals; whether it ends with 0. */
static int ends_well(pid_t child)
{
  int ended = -1;
  long waits;

  for (waits = 0; waitpid(child, &ended, WNOHANG) == 0; waits++) {
    usleep(100);
    if (waits == 200000)
      kill(child, SIGKILL);
  }
  return ended == 0;
}

/* The child goes on with what was interrupted, and tells by its end whether it could. */
static void fork_here(int signal)
{
  pid_t child;

  (void)signal;
  if (in_child || forks >= FORKS)
    return;
  forks++;
  is_set = 0;
  child = fork();
  if (child == 0) {
    in_child = 1;
    return;
  }
  failures += !ends_well(child);
  /* Each of them would wait for that long. */
  if (failures > 2)
    forks = FORKS;
}

/* Forks as a program does; whether the child could. */
static int fork_again(void)
{
  pid_t child = fork();

  if (child == 0)
    _exit(0);
  return ends_well(child);
}

/* The next signal comes only after the host has gone on for some time, or all would interrupt the
 * same place. */
static void set_timer(long microseconds)
{
  struct itimerval timer = {{0, 0}, {0, 0}};

  is_set = 1;
  timer.it_value.tv_usec = microseconds;
  setitimer(ITIMER_REAL, &timer, NULL);
}

int main(void)
{
  struct sigaction action;
  int wrong = 0;

  memset(&action, 0, sizeof action);
  action.sa_handler = fork_here;
  action.sa_flags = SA_RESTART;
  sigaction(SIGALRM, &action, NULL);
  while (forks < FORKS) {
    if (!is_set && !in_child)
      set_timer(20 + forks % 97);
    /* The shortest of all calls: it is often interrupted where it begins and where it ends. */
    wrong += entrasync_list_add_client(NULL, NULL, NULL) != ENTRASYNC_INVALID_ARGUMENT;
    if (in_child) {
      signal(SIGALRM, SIG_DFL);
      wrong += entrasync_list_add_client(NULL, NULL, NULL) != ENTRASYNC_INVALID_ARGUMENT;
      _exit(wrong == 0 && fork_again() ? 0 : 1);
    }
  }
  set_timer(0);
  CHECK(wrong == 0, "calls that a handler interrupts come to their end");
  CHECK(
      failures == 0, "%d forks in a handler: every child goes on with the call and can fork again",
      (int)forks);
  CHECK(fork_again(), "and so can the parent");
  return check_end();
}
