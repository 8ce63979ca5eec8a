/* A used client serves on in a child process and in its parent, as a preforking server needs. */
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

  CHECK(entrasync_client_open("good.entraidconf", &client, NULL) == ENTRASYNC_OK, "it opens");
  CHECK(entrasync_list_create(NULL, NULL, &list, NULL) == ENTRASYNC_OK, "a list");
  CHECK(entrasync_list_add_client(list, client, NULL) == ENTRASYNC_OK, "goes together");
  CHECK(entrasync_list_fetch(list, NULL, NULL) == ENTRASYNC_OK, "it runs before the fork");
  lines = entrasync_list_get_line_count(list);
  CHECK(lines > 0, "and finds people");

  child = fork();
  if (child == 0) {
    int status = (int)entrasync_list_fetch(list, NULL, NULL);

    if (status == ENTRASYNC_OK && entrasync_list_get_line_count(list) != lines)
      status = 100;
    entrasync_list_free(list);
    entrasync_client_free(client);
    _exit(status);
  }
  /* Both run at once: what they shared would get mixed up. */
  CHECK(entrasync_list_fetch(list, NULL, NULL) == ENTRASYNC_OK, "it runs in the parent");
  CHECK(entrasync_list_get_line_count(list) == lines, "and finds the same people");
  CHECK(waitpid(child, &ended, 0) == child && WIFEXITED(ended), "the child ends by itself");
  if (!CHECK(WEXITSTATUS(ended) == 0, "it ran there too, and found the same people"))
    fprintf(stderr, "# the child's status was %d\n", WEXITSTATUS(ended));
  CHECK(entrasync_list_fetch(list, NULL, NULL) == ENTRASYNC_OK, "it runs after the child is gone");

  entrasync_list_free(list);
  entrasync_client_free(client);
  return check_end();
}
