/*
 * A host whose callback forks, and whose child returns from the callback as if nothing had
 * happened. Whichever callback it is, the child's call ends there, and the run is its parent's.
 */
#include "host.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { IN_PARENT = -2, NOT_YET = -1, IN_CHILD = 0 };

/* Which callback forks, how many there were, and what fork() returned. */
static int forking, called, forked, called_in_child, lock_lost, changed;

/* Describes the files that a run may change: their names, numbers, sizes and times. */
static unsigned long long state_of(const char *path)
{
  unsigned long long sum = 0;
  struct dirent *entry;
  DIR *folder = opendir(path);

  while (folder != NULL && (entry = readdir(folder)) != NULL) {
    struct stat status;
    const char *byte;
    unsigned long long hash = 5381;

    if (strcmp(entry->d_name, "..") == 0
        || fstatat(dirfd(folder), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
      continue;
    for (byte = entry->d_name; *byte != '\0'; byte++)
      hash = hash * 33 + (unsigned char)*byte;
    hash = hash * 33 + status.st_ino;
    hash = hash * 33 + (unsigned long long)status.st_size;
    hash = hash * 33 + (unsigned long long)status.st_mtim.tv_nsec;
    hash = hash * 33 + (unsigned long long)status.st_ctim.tv_nsec;
    sum += hash;
  }
  if (folder != NULL)
    closedir(folder);
  return sum;
}

static unsigned long long state(void)
{
  return state_of("lists") * 31 + state_of("state") * 7 + state_of(".");
}

/* Whether another process could lock the list now. */
static int is_free(void)
{
  int ended = -1;
  pid_t other = fork();

  if (other == 0) {
    int file = open("lists/list.txt", O_RDONLY);

    _exit(file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0 ? 0 : 1);
  }
  waitpid(other, &ended, 0);
  return WIFEXITED(ended) && WEXITSTATUS(ended) == 0;
}

static void call_back(void)
{
  int ended = -1, was_free;
  unsigned long long before;

  if (forked == IN_CHILD) {
    called_in_child = 1;
    return;
  }
  if (called++ != forking)
    return;
  was_free = is_free();
  before = state();
  forked = fork();
  if (forked == IN_CHILD)
    return;
  /* The parent waits in the callback, so that whatever changes is the child's doing. */
  waitpid(forked, &ended, 0);
  changed |= before != state();
  lock_lost |= !was_free && is_free();
  if (!WIFEXITED(ended) || WEXITSTATUS(ended) != 0)
    fprintf(stderr, "#   callback %d: the child ended with %#x\n", forking, (unsigned int)ended);
  forked = WIFEXITED(ended) && WEXITSTATUS(ended) == 0 ? IN_PARENT : ended;
}

static void log_line(entrasync_log_level level, const char *message, void *user_data)
{
  (void)level;
  (void)message;
  (void)user_data;
  call_back();
}

static int progress(const entrasync_progress *progress, void *user_data)
{
  (void)progress;
  (void)user_data;
  call_back();
  return 0;
}

static void keep(const char *path, const char *text)
{
  FILE *file = fopen(path, "w");

  if (file != NULL) {
    fputs(text, file);
    fclose(file);
  }
}

/* One run during which the callback of this number forks; how many callbacks there were, -1 after a
 * failure. */
static int run(const char *name, action action)
{
  char message[1024];
  entrasync_status status;
  host host;

  keep("lists/list.txt", "ainoa.jasen@example.com\n");
  if (!host_make(&host, name, "lists/list.txt"))
    return -1;
  entrasync_client_set_log(host.client, log_line, NULL);
  entrasync_client_set_progress(host.client, progress, NULL);
  called = 0;
  forked = NOT_YET;
  status = host_do(host, action, message);
  if (forked == IN_CHILD) {
    if (status != ENTRASYNC_INVALID_ARGUMENT || strstr(message, "forked") == NULL) {
      fprintf(stderr, "#   the child was told %d: %s\n", (int)status, message);
      _exit(1);
    }
    if (called_in_child)
      _exit(2);
    if (action < FIND && entrasync_list_get_line_count(host.list) != 0)
      _exit(3);
    if (action == FIND && entrasync_lookup_get_answer(host.lookup, 0) != ENTRASYNC_ANSWER_UNKNOWN)
      _exit(4);
    host_close(host);
    _exit(0);
  }
  host_close(host);
  if (status != ENTRASYNC_OK && !(action == WRITE && status == ENTRASYNC_GUARD)) {
    fprintf(stderr, "#   callback %d: the parent ended with %d: %s\n", forking, status, message);
    return -1;
  }
  return forked == NOT_YET || forked == IN_PARENT ? called : -1;
}

static void every_callback(const char *name, action action)
{
  int callbacks;

  changed = lock_lost = forking = 0;
  while ((callbacks = run(name, action)) > forking)
    forking++;
  CHECK(
      callbacks >= 0 && forking > 1, "%s, %s: at each of the %d callbacks, the child is stopped",
      name, action_names[action], forking);
  CHECK(!changed, "%s, %s: no child changes a file", name, action_names[action]);
  CHECK(!lock_lost, "%s, %s: no child unlocks the list", name, action_names[action]);
}

int main(void)
{
  mkdir("lists", 0700);
  every_callback("audited", FETCH);
  every_callback("audited", PREVIEW);
  every_callback("audited", WRITE);
  every_callback("guarded", WRITE);
  every_callback("audited", CLEAR);
  every_callback("audited", FIND);
  every_callback("audited", LOOK);
  return check_end();
}
