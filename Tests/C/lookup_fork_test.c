/*
 * A lookup that a process has used goes on in its child. The child closes the connection that it
 * inherited without sending anything on it.
 */
#include "check.h"
#include <arpa/inet.h>
#include <entrasync.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Her sign-in name is not her address, so that finding her takes two requests. */
static const char *const address[] = {"ainoa.jasen@example.com"};

/* How many connections this process has. `port` receives this side's port of the last one. */
static int connections(int *port)
{
  int descriptor, count = 0;

  for (descriptor = 3; descriptor < 256; descriptor++) {
    struct sockaddr_in own, peer;
    socklen_t length = sizeof own;

    memset(&own, 0, sizeof own);
    if (getsockname(descriptor, (struct sockaddr *)&own, &length) != 0 || own.sin_family != AF_INET)
      continue;
    length = sizeof peer;
    if (getpeername(descriptor, (struct sockaddr *)&peer, &length) != 0)
      continue;
    *port = ntohs(own.sin_port);
    count++;
  }
  return count;
}

/* Looks up a member's address: how many requests that took, or -1 after a failure. */
static int find(entrasync_lookup *lookup)
{
  entrasync_report *report = NULL;
  int requests = -1;

  if (entrasync_lookup_find(lookup, address, 1, &report, NULL) == ENTRASYNC_OK
      && entrasync_lookup_get_answer(lookup, 0) == ENTRASYNC_ANSWER_MEMBER)
    requests = (int)entrasync_report_get_count(report, ENTRASYNC_COUNT_REQUESTS);
  entrasync_report_free(report);
  return requests;
}

/* Forks a child that looks up `times` times, and frees everything if `frees`; its exit status. */
static int child_after(int times, int frees, entrasync_client *client, entrasync_lookup *lookup)
{
  int ended = -1, port = 0;
  pid_t child = fork();

  if (child == 0) {
    int inherited = 0;

    connections(&inherited);
    /* The child has the token, and opens a connection of its own. */
    while (times-- > 0)
      if (find(lookup) != 2 || connections(&port) != 1 || port == inherited)
        _exit(1);
    if (frees) {
      entrasync_lookup_free(lookup);
      entrasync_client_free(client);
      if (connections(&port) != 0)
        _exit(2);
    }
    _exit(0);
  }
  if (waitpid(child, &ended, 0) != child || !WIFEXITED(ended))
    return -1;
  return WEXITSTATUS(ended);
}

/* Forks a child that begins as a daemon does: it closes all open files and opens others. */
static int daemon_after(entrasync_client *client, entrasync_lookup *lookup)
{
  enum { LAST = 64 };
  int ended = -1, port = 0;
  pid_t child = fork();

  if (child == 0) {
    FILE *file = tmpfile();
    int descriptor;

    if (file == NULL || dup2(fileno(file), LAST) != LAST)
      _exit(1);
    for (descriptor = 3; descriptor < LAST; descriptor++) {
      close(descriptor);
      if (dup2(LAST, descriptor) != descriptor)
        _exit(2);
    }
    if (find(lookup) != 2 || connections(&port) != 1)
      _exit(3);
    entrasync_lookup_free(lookup);
    entrasync_client_free(client);
    for (descriptor = 3; descriptor < LAST; descriptor++)
      if (lseek(descriptor, 0, SEEK_END) != 0)
        _exit(4);
    /* The library leaves memory behind on purpose; in another program, valgrind does not see it. */
    execl("/bin/true", "true", (char *)NULL);
    _exit(5);
  }
  if (waitpid(child, &ended, 0) != child || !WIFEXITED(ended))
    return -1;
  return WEXITSTATUS(ended);
}

/* What fork() returned in the log callback: 0 in the child. */
static pid_t forked = -1;

static void fork_once(entrasync_log_level level, const char *message, void *user_data)
{
  (void)level;
  (void)message;
  (void)user_data;
  if (forked < 0)
    forked = fork();
}

/* A callback forks, and the child goes on with the run, which it must not do. */
static void a_child_that_goes_on_is_stopped(entrasync_client *client, entrasync_lookup *lookup)
{
  entrasync_error *error = NULL;
  entrasync_report *report = NULL;
  int before = 0, after = 0, ended = -1;
  entrasync_status status;

  CHECK(connections(&before) == 1, "a fork inside a callback: one connection is open before");
  entrasync_client_set_log(client, fork_once, NULL);
  status = entrasync_lookup_find(lookup, address, 1, &report, &error);
  if (forked == 0) {
    if (status != ENTRASYNC_INVALID_ARGUMENT || report != NULL)
      _exit(1);
    if (strstr(entrasync_error_get_message(error, NULL), "forked") == NULL)
      _exit(2);
    if (entrasync_lookup_get_answer(lookup, 0) != ENTRASYNC_ANSWER_UNKNOWN)
      _exit(3);
    entrasync_client_set_log(client, NULL, NULL);
    _exit(find(lookup) == 2 ? 0 : 4);
  }
  CHECK(status == ENTRASYNC_OK, "a fork inside a callback: the parent's lookup succeeds");
  CHECK(
      entrasync_report_get_count(report, ENTRASYNC_COUNT_REQUESTS) == 2,
      "a fork inside a callback: the parent's lookup takes no second try");
  entrasync_report_free(report);
  entrasync_client_set_log(client, NULL, NULL);
  CHECK(
      forked > 0 && waitpid(forked, &ended, 0) == forked,
      "a fork inside a callback: the child has ended");
  if (!CHECK(
          WIFEXITED(ended) && WEXITSTATUS(ended) == 0,
          "a fork inside a callback: the child's lookup is refused, and its next one succeeds"))
    fprintf(stderr, "# the child ended with %d\n", ended);
  CHECK(
      connections(&after) == 1 && after == before,
      "a fork inside a callback: the parent's connection is still the same");
}

int main(void)
{
  entrasync_client *client = NULL;
  entrasync_lookup *lookup = NULL;
  int before = 0, after = 0, index;

  CHECK(
      entrasync_client_open("desk.entraidconf", &client, NULL) == ENTRASYNC_OK,
      "client_open: a configuration opens");
  CHECK(
      entrasync_lookup_create(NULL, &lookup, NULL) == ENTRASYNC_OK,
      "lookup_create: a lookup is created");
  CHECK(
      entrasync_lookup_add_client(lookup, client, NULL) == ENTRASYNC_OK,
      "lookup_add_client: the client is added to the lookup");
  CHECK(connections(&before) == 0, "no connection is open before the first lookup");
  CHECK(find(lookup) == 3, "the first lookup signs in");
  CHECK(connections(&before) == 1, "the first lookup leaves one connection open");
  CHECK(find(lookup) == 2, "the second lookup does not sign in again");
  CHECK(
      connections(&after) == 1 && after == before,
      "the second lookup uses the connection of the first");

  for (index = 0; index < 4; index++) {
    int status = child_after(index / 2 * 2, index % 2, client, lookup);

    if (!CHECK(
            status == 0, "child %d: it %s, and %s what it inherited", index,
            index / 2 ? "looks up twice" : "looks nothing up", index % 2 ? "frees" : "keeps"))
      fprintf(stderr, "# the child's status was %d\n", status);
    CHECK(find(lookup) == 2, "child %d: the parent does not sign in again after it", index);
    CHECK(
        connections(&after) == 1 && after == before,
        "child %d: the parent's connection is still the same", index);
  }
  index = daemon_after(client, lookup);
  if (!CHECK(index == 0, "a daemon's own files are not mistaken for connections"))
    fprintf(stderr, "# the child's status was %d\n", index);
  CHECK(find(lookup) == 2, "the parent does not sign in again after the daemon");
  CHECK(
      connections(&after) == 1 && after == before,
      "the parent's connection is still the same after the daemon");
  a_child_that_goes_on_is_stopped(client, lookup);
  entrasync_lookup_free(lookup);
  entrasync_client_free(client);
  CHECK(connections(&after) == 0, "no connection is open after the last handle is freed");
  return check_end();
}
