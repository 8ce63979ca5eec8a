/* After a fork, a client works on in the child and the parent, as a preforking server needs. */
#include "check.h"
#include <entrasync.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  size_t lines;
  pid_t child;
  int ended = -1;

  CHECK(
      entrasync_client_open("good.entraidconf", &client, NULL) == ENTRASYNC_OK,
      "a configuration opens");
  CHECK(
      entrasync_list_create(NULL, NULL, &list, NULL) == ENTRASYNC_OK,
      "a list without a path is created");
  CHECK(
      entrasync_list_add_client(list, client, NULL) == ENTRASYNC_OK,
      "the client is added to the list");
  CHECK(entrasync_list_fetch(list, NULL, NULL) == ENTRASYNC_OK, "a fetch before the fork succeeds");
  lines = entrasync_list_get_line_count(list);
  CHECK(lines > 0, "a fetch before the fork finds people");

  child = fork();
  if (child == 0) {
    int status = (int)entrasync_list_fetch(list, NULL, NULL);

    if (status == ENTRASYNC_OK && entrasync_list_get_line_count(list) != lines)
      status = 100;
    entrasync_list_free(list);
    entrasync_client_free(client);
    _exit(status);
  }
  /* Both run at once, so that anything they shared, such as a connection, would get mixed up. */
  CHECK(
      entrasync_list_fetch(list, NULL, NULL) == ENTRASYNC_OK,
      "a fetch in the parent succeeds after the fork");
  CHECK(
      entrasync_list_get_line_count(list) == lines,
      "a fetch in the parent finds the same people after the fork");
  CHECK(waitpid(child, &ended, 0) == child && WIFEXITED(ended), "the child ends by itself");
  if (!CHECK(WEXITSTATUS(ended) == 0, "a fetch in the child succeeds and finds the same people"))
    fprintf(stderr, "# the child's status was %d\n", WEXITSTATUS(ended));
  CHECK(
      entrasync_list_fetch(list, NULL, NULL) == ENTRASYNC_OK,
      "a fetch in the parent succeeds after the child has ended");

  entrasync_list_free(list);
  entrasync_client_free(client);
  return check_end();
}
