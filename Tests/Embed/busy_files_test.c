/*
 * A host with threads that pass bytes over their own sockets while the library looks for the files
 * of libcurl. It takes none of the host's for them, and finds libcurl's nevertheless.
 */
#include "host.h"
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAIRS = 100, RUNS = 1500, LAST = 512 };

static int pairs[PAIRS][2];
static struct stat states[PAIRS][2];
static volatile int is_over, is_calm, broken, claimed_new, is_settled;

/* Passes a byte from one end of a pair to the other; sometimes another thread works in between. */
static int pass(const int pair[2], int number)
{
  char byte = 'x';

  if (write(pair[0], &byte, 1) != 1)
    return 0;
  if (number % 3 == 0)
    sched_yield();
  return read(pair[1], &byte, 1) == 1;
}

/* A thread with every second pair. */
static void *talk(void *argument)
{
  int first = argument != NULL, number = first;

  while (!is_over) {
    broken |= !pass(pairs[number % PAIRS], number / 2);
    number += 2;
  }
  return NULL;
}

/* A thread that opens pairs, uses them and closes them again. */
static void *come_and_go(void *unused)
{
  int number = 0;

  (void)unused;
  while (!is_over) {
    int pair[2], round;

    is_settled = is_calm;
    if (is_calm || socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) {
      sched_yield();
      continue;
    }
    for (round = 0; round < 20; round++)
      broken |= !pass(pair, number++);
    claimed_new |= fcntl(pair[0], F_GETFD) != 0 || fcntl(pair[1], F_GETFD) != 0;
    close(pair[0]);
    close(pair[1]);
  }
  return NULL;
}

/* How many of the host's files have a flag that it has not set, or are others. */
static int claimed(void)
{
  int number, count = 0;

  for (number = 0; number < 2 * PAIRS; number++) {
    int file = pairs[number / 2][number % 2];
    const struct stat *before = &states[number / 2][number % 2];
    struct stat now;

    if (fcntl(file, F_GETFD) != 0 || fstat(file, &now) != 0 || now.st_ino != before->st_ino) {
      count++;
      fcntl(file, F_SETFD, 0);
    }
  }
  return count;
}

/* How many files of the library a program that the host starts would inherit; -1 if it has none. */
static int inherited(const char host_files[LAST])
{
  int number, count = 0, own = 0;

  for (number = 0; number < LAST; number++) {
    int flags = host_files[number] ? -1 : fcntl(number, F_GETFD);

    own += flags != -1;
    count += flags != -1 && (flags & FD_CLOEXEC) == 0;
  }
  return own > 0 ? count : -1;
}

static int cancel(const entrasync_progress *progress, void *user_data)
{
  (void)progress;
  (void)user_data;
  return 1;
}

int main(void)
{
  char host_files[LAST];
  pthread_t threads[3];
  int number, times = 0, cancelled = 0, open = 0, missed = 0;
  host stopping = host_open("desk", "list.txt");

  entrasync_client_set_progress(stopping.client, cancel, NULL);
  for (number = 0; number < PAIRS; number++)
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pairs[number]) == 0) {
      fstat(pairs[number][0], &states[number][0]);
      fstat(pairs[number][1], &states[number][1]);
    }
  for (number = 0; number < LAST; number++)
    host_files[number] = fcntl(number, F_GETFD) != -1;
  pthread_create(&threads[0], NULL, talk, NULL);
  pthread_create(&threads[1], NULL, talk, &threads);
  pthread_create(&threads[2], NULL, come_and_go, NULL);

  /* Each run makes a handle of libcurl, and ends at its first callback. */
  for (number = 0; number < RUNS; number++) {
    cancelled += host_do(stopping, number % 2 ? FETCH : FIND, NULL) == ENTRASYNC_CANCELLED;
    times += claimed() > 0;
  }
  CHECK(cancelled == RUNS, "every run ends at its first callback (%d of %d)", cancelled, RUNS);
  CHECK(times == 0, "no file of the host is taken for libcurl's (%d of %d runs)", times, RUNS);
  CHECK(!claimed_new, "nor is one that the host opens meanwhile");

  is_calm = 1;
  while (!is_settled)
    sched_yield();
  for (number = 0; number < 20; number++) {
    host host = host_open("desk", NULL);

    open += host_do(host, FIND, NULL) == ENTRASYNC_OK;
    missed += inherited(host_files) != 0;
    host_close(host);
  }
  CHECK(open == 20, "lookups succeed meanwhile");
  CHECK(missed == 0, "libcurl's files are found, and no program inherits them (%d of 20)", missed);
  CHECK(times + claimed() == 0, "and no file of the host is changed");

  is_over = 1;
  for (number = 0; number < 3; number++)
    pthread_join(threads[number], NULL);
  CHECK(!broken, "every byte of the host arrives");
  host_close(stopping);
  return check_end();
}
