/* A warm lookup in a parent and its child: the child closes what it inherited without a word. */
#include "check.h"
#include <arpa/inet.h>
#include <entrasync.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* She signs in with another name than her address, so that it takes two requests to find her. */
static const char *const address[] = {"ainoa.jasen@example.com"};

/* How many connections this process has to other ports; the own port of the last is left there. */
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

/* Looks up what is a member's: the requests that it took, or -1. */
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

/* Forks a child that looks up `times` times and frees everything, and waits for its end. */
static int child_after(int times, int frees, entrasync_client *client, entrasync_lookup *lookup)
{
  int ended = -1, port = 0;
  pid_t child = fork();

  if (child == 0) {
    int inherited = 0;

    connections(&inherited);
    /* It has the token, and opens a connection of its own. */
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

int main(void)
{
  entrasync_client *client = NULL;
  entrasync_lookup *lookup = NULL;
  int before = 0, after = 0, index;

  CHECK(entrasync_client_open("desk.entraidconf", &client, NULL) == ENTRASYNC_OK, "it opens");
  CHECK(entrasync_lookup_create(NULL, &lookup, NULL) == ENTRASYNC_OK, "a lookup");
  CHECK(entrasync_lookup_add_client(lookup, client, NULL) == ENTRASYNC_OK, "goes together");
  CHECK(connections(&before) == 0, "nothing is open before");
  CHECK(find(lookup) == 3, "the first lookup signs in");
  CHECK(connections(&before) == 1, "and leaves one connection open");
  CHECK(find(lookup) == 2, "the next does not");
  CHECK(connections(&after) == 1 && after == before, "on the same connection");

  for (index = 0; index < 4; index++) {
    int status = child_after(index / 2 * 2, index % 2, client, lookup);

    if (!CHECK(status == 0, "a child looks up, or not, and gives back what it has, or not"))
      fprintf(stderr, "# the child's status was %d\n", status);
    CHECK(find(lookup) == 2, "the parent still needs no sign-in");
    CHECK(connections(&after) == 1 && after == before, "on the connection of before");
  }
  entrasync_lookup_free(lookup);
  entrasync_client_free(client);
  CHECK(connections(&after) == 0, "nothing stays open");
  return check_end();
}
