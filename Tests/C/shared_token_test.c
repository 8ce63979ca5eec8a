/* Processes of one user share a token in STATEDIR, and none of them says what it is. */
#include "check.h"
#include "file_state.h"
#include "run_list.h"
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char warnings[4096];

static void on_log(entrasync_log_level level, const char *message, void *user_data)
{
  (void)user_data;
  if (level == ENTRASYNC_LOG_WARNING && strlen(warnings) + strlen(message) < sizeof warnings)
    strcat(warnings, message);
}

/* How many requests a run of its own makes; -1 where it fails or warns of something. */
static int requests(const char *configuration)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  entrasync_report *report = NULL;
  int count = -1;

  warnings[0] = '\0';
  if (entrasync_client_open(configuration, &client, NULL) == ENTRASYNC_OK
      && entrasync_list_create(NULL, "{mail}", &list, NULL) == ENTRASYNC_OK
      && entrasync_list_add_client(list, client, NULL) == ENTRASYNC_OK) {
    entrasync_client_set_log(client, on_log, NULL);
    if (entrasync_list_fetch(list, &report, NULL) == ENTRASYNC_OK && warnings[0] == '\0')
      count = (int)entrasync_report_get_count(report, ENTRASYNC_COUNT_REQUESTS);
  }
  entrasync_report_free(report);
  entrasync_list_free(list);
  entrasync_client_free(client);
  return count;
}

/* The same in a process of its own. */
static int requests_elsewhere(const char *configuration)
{
  int ended = -1;
  pid_t child = fork();

  if (child == 0)
    _exit(requests(configuration) & 0xFF);
  return waitpid(child, &ended, 0) == child && WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
}

/* The path of the one file in the folder, whatever its name; "" where there is none, or another. */
static const char *only_file(const char *folder)
{
  static char path[512];
  DIR *stream = opendir(folder);
  struct dirent *entry;
  int count = 0;

  path[0] = '\0';
  while (stream != NULL && (entry = readdir(stream)) != NULL)
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
      snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
      count++;
    }
  if (stream != NULL)
    closedir(stream);
  return count == 1 ? path : "";
}

/* A client that was opened before a fork borrows in both processes. */
static void is_shared_across_fork(void)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  pid_t child;
  int ended = -1;

  CHECK(entrasync_client_open("shared.entraidconf", &client, NULL) == ENTRASYNC_OK, "it opens");
  CHECK(entrasync_list_create(NULL, NULL, &list, NULL) == ENTRASYNC_OK, "a list");
  CHECK(entrasync_list_add_client(list, client, NULL) == ENTRASYNC_OK, "goes together");
  child = fork();
  if (child == 0) {
    int status = (int)entrasync_list_fetch(list, NULL, NULL);

    entrasync_list_free(list);
    entrasync_client_free(client);
    _exit(status);
  }
  CHECK(entrasync_list_fetch(list, NULL, NULL) == ENTRASYNC_OK, "it runs in the parent");
  CHECK(waitpid(child, &ended, 0) == child && WIFEXITED(ended), "the child ends by itself");
  CHECK(WEXITSTATUS(ended) == 0, "and it ran there too");
  entrasync_list_free(list);
  entrasync_client_free(client);
}

int main(void)
{
  struct stat status;
  file_state before, after;
  mode_t mask = umask(0);
  int alone = requests("good.entraidconf");

  CHECK(alone > 1, "a process of its own signs in and reads");
  CHECK(requests("good.entraidconf") == alone, "and so does the next one");
  CHECK(requests_elsewhere("shared.entraidconf") == alone, "the first with STATEDIR does too");
  CHECK(stat("state", &status) == 0 && (status.st_mode & 07777) == 0700, "it makes the folder");
  CHECK(stat(only_file("state"), &status) == 0, "which holds one file");
  CHECK(S_ISREG(status.st_mode) && (status.st_mode & 07777) == 0600, "for its owner alone");
  before = file_look(only_file("state"));
  CHECK(before.bytes != NULL && strstr(before.bytes, "\neyJ") != NULL, "the token is in it");

  CHECK(requests_elsewhere("shared.entraidconf") == alone - 1, "the second need not sign in");
  CHECK(requests("shared.entraidconf") == alone - 1, "nor the third");
  is_shared_across_fork();
  after = file_look(only_file("state"));
  CHECK(file_untouched(before, after), "and the file is as it was");
  file_forget(after);

  CHECK(chmod(only_file("state"), 0644) == 0, "where others could read the token");
  CHECK(requests("shared.entraidconf") == -1, "that is warned of");
  CHECK(strstr(warnings, "its file has mode 644 in place of 600") != NULL, "with the reason");
  CHECK(strstr(warnings, "eyJ") == NULL, "and without the token");
  after = file_look(only_file("state"));
  CHECK(after.bytes != NULL && !file_same_bytes(before, after), "another takes its place");
  CHECK(requests("shared.entraidconf") == alone - 1, "which is used from then on");
  file_forget(after);
  file_forget(before);
  umask(mask);
  return check_end();
}
