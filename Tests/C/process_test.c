/*
 * A run changes nothing in its process: signals, locale, umask, working directory, environment,
 * threads and open files are the same before and after it.
 */
#include "check.h"
#include "run_list.h"
#include <dirent.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SIGNALS 65

extern char **environ;

typedef struct process_state {
  struct sigaction actions[SIGNALS];
  sigset_t mask;
  char locale[256];
  char folder[4096];
  mode_t umask;
  int threads;
  int files;
  char environment[65536];
} process_state;

static int entries(const char *path)
{
  DIR *folder = opendir(path);
  int count = 0;

  while (folder != NULL && readdir(folder) != NULL)
    count++;
  if (folder != NULL)
    closedir(folder);
  return count;
}

static void look(process_state *state)
{
  char **variable;
  int number;

  memset(state, 0, sizeof *state);
  for (number = 1; number < SIGNALS; number++)
    sigaction(number, NULL, &state->actions[number]);
  sigprocmask(SIG_SETMASK, NULL, &state->mask);
  strncpy(state->locale, setlocale(LC_ALL, NULL), sizeof state->locale - 1);
  if (getcwd(state->folder, sizeof state->folder) == NULL)
    perror("getcwd");
  state->umask = umask(0);
  umask(state->umask);
  state->threads = entries("/proc/self/task");
  state->files = entries("/proc/self/fd");
  for (variable = environ; *variable != NULL; variable++) {
    size_t left = sizeof state->environment - strlen(state->environment);

    strncat(state->environment, *variable, left - 2);
    strcat(state->environment, "\n");
  }
}

static int same_actions(const process_state *before, const process_state *after)
{
  int number, same = 1;

  for (number = 1; number < SIGNALS; number++)
    if (before->actions[number].sa_handler != after->actions[number].sa_handler
        || before->actions[number].sa_flags != after->actions[number].sa_flags) {
      fprintf(stderr, "# signal %d was handled another way before\n", number);
      same = 0;
    }
  return same;
}

static int same_mask(const process_state *before, const process_state *after)
{
  int number, same = 1;

  for (number = 1; number < SIGNALS; number++)
    same = same && sigismember(&before->mask, number) == sigismember(&after->mask, number);
  return same;
}

static int threads_during_run;

static int count_threads(const entrasync_progress *progress, void *user_data)
{
  int threads = entries("/proc/self/task");

  (void)progress;
  (void)user_data;
  if (threads > threads_during_run)
    threads_during_run = threads;
  return 0;
}

static void no_thread_is_started(int threads)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;

  CHECK(
      entrasync_client_open("good.entraidconf", &client, NULL) == ENTRASYNC_OK,
      "a configuration opens");
  entrasync_client_set_progress(client, count_threads, NULL);
  CHECK(
      entrasync_list_create(NULL, NULL, &list, NULL) == ENTRASYNC_OK,
      "a list without a path is created");
  CHECK(
      entrasync_list_add_client(list, client, NULL) == ENTRASYNC_OK,
      "the client is added to the list");
  CHECK(
      entrasync_list_fetch(list, NULL, NULL) == ENTRASYNC_OK, "a run that counts threads succeeds");
  CHECK(threads_during_run == threads, "no thread is started during a run");
  entrasync_list_free(list);
  entrasync_client_free(client);
}

int main(void)
{
  static process_state before, after;
  static const char *const configurations[] = {
      "good.entraidconf",
      "wrong-secret.entraidconf",
      "stopped.entraidconf",
      "no.such.entraidconf",
  };
  size_t index;

  umask(027);
  look(&before);
  for (index = 0; index < sizeof configurations / sizeof configurations[0]; index++) {
    run_free(run_list(configurations[index], "process.txt", "{mail}", 0));
    look(&after);
    CHECK(
        same_actions(&before, &after), "%s: a run changes no signal handler",
        configurations[index]);
    CHECK(same_mask(&before, &after), "%s: a run changes no signal mask", configurations[index]);
    CHECK(
        strcmp(before.locale, after.locale) == 0, "%s: a run does not change the locale",
        configurations[index]);
    CHECK(
        strcmp(before.folder, after.folder) == 0, "%s: a run does not change the working directory",
        configurations[index]);
    CHECK(
        before.umask == after.umask, "%s: a run does not change the umask", configurations[index]);
    CHECK(
        strcmp(before.environment, after.environment) == 0,
        "%s: a run does not change the environment", configurations[index]);
    CHECK(
        before.threads == after.threads, "%s: a run leaves no thread behind",
        configurations[index]);
    CHECK(before.files == after.files, "%s: a run leaves no file open", configurations[index]);
  }
  no_thread_is_started(before.threads);
  return check_end();
}
