/* The processes of one user share a token in STATEDIR, and none of them shows it. */
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

/* How many requests a new client's run makes; -1 if it fails or gives a warning. */
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

/* The same in another process. */
static int requests_elsewhere(const char *configuration)
{
  int ended = -1;
  pid_t child = fork();

  if (child == 0)
    _exit(requests(configuration) & 0xFF);
  return waitpid(child, &ended, 0) == child && WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
}

/* The path of the only file in the folder; "" if there is no file, or more than one. */
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

/* A client that was opened before a fork uses the shared token in both processes. */
static void is_shared_across_fork(void)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  pid_t child;
  int ended = -1;

  CHECK(
      entrasync_client_open("shared.entraidconf", &client, NULL) == ENTRASYNC_OK,
      "a shared token across fork: the configuration opens");
  CHECK(
      entrasync_list_create(NULL, NULL, &list, NULL) == ENTRASYNC_OK,
      "a shared token across fork: a list without a path is created");
  CHECK(
      entrasync_list_add_client(list, client, NULL) == ENTRASYNC_OK,
      "a shared token across fork: the client is added to the list");
  child = fork();
  if (child == 0) {
    int status = (int)entrasync_list_fetch(list, NULL, NULL);

    entrasync_list_free(list);
    entrasync_client_free(client);
    _exit(status);
  }
  CHECK(
      entrasync_list_fetch(list, NULL, NULL) == ENTRASYNC_OK,
      "a shared token across fork: a fetch in the parent succeeds");
  CHECK(
      waitpid(child, &ended, 0) == child && WIFEXITED(ended),
      "a shared token across fork: the child ends by itself");
  CHECK(WEXITSTATUS(ended) == 0, "a shared token across fork: a fetch in the child succeeds");
  entrasync_list_free(list);
  entrasync_client_free(client);
}

int main(void)
{
  struct stat status;
  file_state before, after;
  mode_t mask = umask(0);
  int alone = requests("good.entraidconf");

  CHECK(alone > 1, "a process without STATEDIR signs in and reads");
  CHECK(requests("good.entraidconf") == alone, "a second process without STATEDIR signs in too");
  CHECK(
      requests_elsewhere("shared.entraidconf") == alone,
      "the first process with STATEDIR signs in");
  CHECK(
      stat("state", &status) == 0 && (status.st_mode & 07777) == 0700,
      "the first process makes STATEDIR with mode 700");
  CHECK(stat(only_file("state"), &status) == 0, "STATEDIR holds one file");
  CHECK(
      S_ISREG(status.st_mode) && (status.st_mode & 07777) == 0600,
      "the file in STATEDIR is a regular file with mode 600");
  before = file_look(only_file("state"));
  CHECK(
      before.bytes != NULL && strstr(before.bytes, "\neyJ") != NULL,
      "the file in STATEDIR holds the token");

  CHECK(
      requests_elsewhere("shared.entraidconf") == alone - 1,
      "the second process with STATEDIR does not sign in");
  CHECK(
      requests("shared.entraidconf") == alone - 1,
      "the third process with STATEDIR does not sign in");
  is_shared_across_fork();
  after = file_look(only_file("state"));
  CHECK(file_untouched(before, after), "a token that is only read leaves its file untouched");
  file_forget(after);

  CHECK(
      chmod(only_file("state"), 0644) == 0, "the file with the token is made readable for others");
  CHECK(requests("shared.entraidconf") == -1, "a token that others can read gives a warning");
  CHECK(
      strstr(warnings, "its file has mode 644 in place of 600") != NULL,
      "the warning names the file's mode");
  CHECK(strstr(warnings, "eyJ") == NULL, "the warning does not show the token");
  after = file_look(only_file("state"));
  CHECK(
      after.bytes != NULL && !file_same_bytes(before, after),
      "a token that others could read is replaced");
  CHECK(requests("shared.entraidconf") == alone - 1, "the new token is used by the next process");
  file_forget(after);
  file_forget(before);
  umask(mask);
  return check_end();
}
