/*
 * A host with threads forks while another thread is in its first call of the library. The child has
 * no such thread, and must not wait for what that would have finished.
 */
#include "host.h"
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 80 };

/* Opens a configuration, does something with it and reads what came of it: the status, or -1. */
static int use(action action)
{
  host host;
  int status = -1;

  if (host_make(&host, "desk", NULL))
    status = (int)host_do(host, action, NULL);
  entrasync_client_get_attribute(host.client, 0, NULL);
  entrasync_lookup_get_line(host.lookup, 0, 0, NULL);
  entrasync_lookup_get_value(host.lookup, 0, "Mail", 0, NULL);
  entrasync_list_get_line(host.list, 0, NULL);
  entrasync_check_get_sample(host.check, 0, NULL);
  entrasync_status_get_name(ENTRASYNC_OK);
  host_close(host);
  return status;
}

static void *first_call(void *unused)
{
  (void)unused;
  use(FIND);
  return NULL;
}

/* A fresh process, in which nothing has been called yet. It forks after some microseconds. */
static int round_of(long delay)
{
  struct timespec wait = {0, 0};
  pthread_t thread;
  pid_t child;
  int ended = -1;

  /* A process that waits for ever is killed. */
  alarm(60);
  if (pthread_create(&thread, NULL, first_call, NULL) != 0)
    return 1;
  wait.tv_nsec = delay * 1000;
  nanosleep(&wait, NULL);
  child = fork();
  if (child == 0) {
    alarm(20);
    _exit(use(FIND) == ENTRASYNC_OK ? 0 : 2);
  }
  waitpid(child, &ended, 0);
  pthread_join(thread, NULL);
  if (ended != 0)
    fprintf(stderr, "#   after %ld us, the child ended with %#x\n", delay, (unsigned int)ended);
  return ended == 0 ? 0 : 3;
}

int main(void)
{
  int number, failures = 0;

  for (number = 0; number < ROUNDS; number++) {
    int ended = -1;
    pid_t process = fork();

    if (process == 0)
      /* Most of what happens once happens early. */
      _exit(round_of(number < ROUNDS / 2 ? number * 25 : (number - ROUNDS / 2) * 800));
    waitpid(process, &ended, 0);
    failures += ended != 0;
  }
  CHECK(failures == 0, "a fork during another thread's first call: no child waits for ever");
  return check_end();
}
