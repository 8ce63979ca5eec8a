/*
 * A host whose files may not grow past a limit (`ulimit -f`). Every file that the library writes
 * ends with an error then, and no signal reaches the host.
 */
#include "host.h"
#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static volatile sig_atomic_t signals;

static void count(int number)
{
  (void)number;
  signals++;
}

static void limit_files(rlim_t bytes)
{
  struct rlimit limit;

  getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes;
  setrlimit(RLIMIT_FSIZE, &limit);
}

static void keep(const char *path, const char *text)
{
  FILE *file = fopen(path, "w");

  if (file != NULL) {
    fputs(text, file);
    fclose(file);
  }
}

static int holds(const char *path, const char *text)
{
  char content[256];
  FILE *file = fopen(path, "r");
  size_t length = 0;

  if (file != NULL) {
    length = fread(content, 1, sizeof content - 1, file);
    fclose(file);
  }
  content[length] = '\0';
  return strcmp(content, text) == 0;
}

/* How many files a folder holds. */
static int files(const char *path)
{
  DIR *folder = opendir(path);
  struct dirent *entry;
  int number = 0;

  while (folder != NULL && (entry = readdir(folder)) != NULL)
    number += entry->d_name[0] != '.' || strlen(entry->d_name) > 2;
  if (folder != NULL)
    closedir(folder);
  return number;
}

static int warned;

static void look_for_warning(entrasync_log_level level, const char *message, void *user_data)
{
  (void)user_data;
  warned |= level == ENTRASYNC_LOG_WARNING && strstr(message, "File too large") != NULL;
}

static void refused(const char *name, const char *configuration, rlim_t bytes)
{
  char message[1024];
  host host = host_open(configuration, "limited/list.txt");
  entrasync_status status;

  mkdir("limited", 0700);
  keep("limited/list.txt", "old@example.com\n");
  remove("audit.log");
  signals = 0;
  limit_files(bytes);
  status = host_do(host, WRITE, message);
  limit_files(RLIM_INFINITY);
  CHECK(
      (status == ENTRASYNC_FILE || status == ENTRASYNC_GUARD) && strstr(message, "File too large"),
      "%s: the limit is an error (%s)", name, message);
  CHECK(holds("limited/list.txt", "old@example.com\n"), "%s: the list stays as it was", name);
  CHECK(files("limited") == 1, "%s: no temporary file is left", name);
  CHECK(signals == 0, "%s: SIGXFSZ does not reach the host", name);
  host_close(host);
}

int main(void)
{
  struct sigaction action;
  sigset_t blocked, pending;
  host host;

  setvbuf(stdout, NULL, _IOLBF, 0);
  memset(&action, 0, sizeof action);
  action.sa_handler = count;
  /* As a host that knows nothing of such signals: it would end here. */
  refused("a list", "good", 20);
  refused("a list, where nothing may be written", "good", 0);
  refused("an audit", "audited", 10);
  refused("a proposal", "guarded", 20);
  sigaction(SIGXFSZ, &action, NULL);
  refused("a list of a host with a handler", "good", 20);

  /* The runs above could not remember themselves in it. */
  unlink("state/history.sqlite");
  host = host_open("shared", "limited/list.txt");
  entrasync_client_set_log(host.client, look_for_warning, NULL);
  signals = 0;
  limit_files(100);
  CHECK(host_do(host, FIND, NULL) == ENTRASYNC_OK, "a token: a lookup goes on without keeping it");
  limit_files(RLIM_INFINITY);
  CHECK(warned, "a token: a warning names the limit");
  CHECK(files("state") == 0, "a token: no temporary file is left");
  CHECK(signals == 0, "a token: SIGXFSZ does not reach the host");
  host_close(host);

  /* The acceptance is taken before the list is written. */
  host = host_open("guarded", "limited/list.txt");
  CHECK(host_do(host, WRITE, NULL) == ENTRASYNC_GUARD, "an acceptance: there is a proposal");
  keep("limited/list.txt.accept", "");
  limit_files(5);
  CHECK(host_do(host, WRITE, NULL) == ENTRASYNC_FILE, "an acceptance: the limit is an error");
  limit_files(RLIM_INFINITY);
  CHECK(holds("limited/list.txt", "old@example.com\n"), "an acceptance: the list stays as it was");
  host_close(host);

  sigemptyset(&blocked);
  sigaddset(&blocked, SIGXFSZ);
  pthread_sigmask(SIG_BLOCK, &blocked, NULL);
  refused("a list of a host that blocks SIGXFSZ", "good", 20);
  sigpending(&pending);
  CHECK(!sigismember(&pending, SIGXFSZ), "a host that blocks SIGXFSZ: none is pending after it");
  raise(SIGXFSZ);
  refused("a list of a host with a pending SIGXFSZ", "good", 20);
  sigpending(&pending);
  CHECK(sigismember(&pending, SIGXFSZ), "a host with a pending SIGXFSZ: it is still pending");
  pthread_sigmask(SIG_UNBLOCK, &blocked, NULL);
  CHECK(signals == 1, "a host with a pending SIGXFSZ: its handler runs once");
  return check_end();
}
