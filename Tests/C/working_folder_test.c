/*
 * A path leads where it led when a client was opened or a list was created, whatever the process
 * does to its working folder. What a run makes can be used by the next one, whatever the umask is.
 */
#include "check.h"
#include "file_state.h"
#include "run_list.h"
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

/** Moves the client secret of the configuration `model` into the file `secret` beside `name`. */
static void configure(const char *name, const char *model, const char *secret, const char *more)
{
  file_state before = file_look(model);
  char text[8192] = "", *line;

  for (line = strtok(before.bytes, "\n"); line != NULL; line = strtok(NULL, "\n")) {
    if (strncmp(line, "CLIENTSECRET", 12) == 0) {
      file_write(secret, strstr(line, "= ") + 2);
    } else {
      snprintf(text + strlen(text), sizeof text - strlen(text), "%s\n", line);
    }
  }
  snprintf(text + strlen(text), sizeof text - strlen(text), "%s", more);
  file_write(name, text);
  file_forget(before);
}

static void copy(const char *from, const char *to)
{
  file_state file = file_look(from);

  file_write(to, file.bytes != NULL ? file.bytes : "");
  file_forget(file);
}

static int exists(const char *path)
{
  return access(path, F_OK) == 0;
}

static void relative_paths_are_kept(void)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  entrasync_error *error = NULL;
  entrasync_status status;
  char certificate[4096];

  snprintf(certificate, sizeof certificate, "%s/good.pem", getenv("CREDENTIALS"));
  CHECK(mkdir("conf", 0755) == 0 && mkdir("elsewhere", 0755) == 0, "two folders are made");
  copy(certificate, "conf/ca.pem");
  configure(
      "conf/moved.entraidconf", "good.entraidconf", "conf/secret.txt",
      "CLIENTSECRETFILE = secret.txt\nCAFILE = ca.pem\nAUDITFILE = audit.log\nSTATEDIR = state\n");
  CHECK(
      entrasync_client_open("conf/moved.entraidconf", &client, NULL) == ENTRASYNC_OK
          && entrasync_list_create("moved.txt", "{mail}", &list, NULL) == ENTRASYNC_OK
          && entrasync_list_add_client(list, client, NULL) == ENTRASYNC_OK
          && chdir("elsewhere") == 0,
      "the process changes its working folder after everything was opened");
  status = entrasync_list_write(list, NULL, &error);
  if (!CHECK(status == ENTRASYNC_OK, "a run after chdir() finds all files of its configuration"))
    fprintf(stderr, "# %s\n", entrasync_error_get_message(error, NULL));
  CHECK(rmdir("../elsewhere") == 0, "a run after chdir() makes no file in the new working folder");
  CHECK(chdir("..") == 0 && exists("moved.txt"), "the list is in the old working folder");
  CHECK(
      exists("conf/audit.log") && exists("conf/state"),
      "the audit and the token are beside the configuration");
  entrasync_error_free(error);
  entrasync_list_free(list);
  entrasync_client_free(client);
}

static void a_message_shows_the_path_as_given(void)
{
  run_result result = run_list("good.entraidconf", "conf/none/list.txt", "{mail}", 0);

  CHECK(
      strncmp(entrasync_error_get_message(result.error, NULL), "conf/none/list.txt: ", 20) == 0,
      "a message names a relative path as the caller did");
  run_free(result);
}

/** Checks that `path` is refused as a configuration and as a list; `name` names it. */
static void refuses(const char *path, const char *name)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  entrasync_error *errors[2] = {NULL, NULL};
  int index;

  CHECK(
      entrasync_client_open(path, &client, &errors[0]) == ENTRASYNC_INVALID_ARGUMENT,
      "client_open: %s is refused", name);
  CHECK(
      entrasync_list_create(path, "{mail}", &list, &errors[1]) == ENTRASYNC_INVALID_ARGUMENT,
      "list_create: %s is refused", name);
  for (index = 0; index < 2; index++) {
    const char *message = entrasync_error_get_message(errors[index], NULL);

    CHECK(
        strstr(message, "is longer than the 4095 bytes that the system takes") != NULL
            && strlen(message) < 200,
        "%s: message %d is short and says why", name, index + 1);
    entrasync_error_free(errors[index]);
  }
}

static void long_paths_are_refused(void)
{
  static char path[4 << 20];
  size_t index;

  memset(path, 'x', 4096);
  refuses(path, "a path of 4096 bytes");
  for (index = 0; index + 4 < sizeof path; index += 2)
    memcpy(path + index, "./", 2);
  refuses(path, "a path of two million ./");
  for (index = 0; index + 4 < sizeof path; index += 3)
    memcpy(path + index, "../", 3);
  refuses(path, "a path of a million ../");
}

/** Writes a list twice under the umask 0777, as a user who is not root. */
static int write_twice(void)
{
  run_result first, second;
  int good;

  if (getuid() == 0 && (setgid(1001) != 0 || setuid(1001) != 0))
    return 2;
  umask(0777);
  first = run_list("masked.entraidconf", "masked.txt", "{mail}", 0);
  second = run_list("masked.entraidconf", "masked.txt", "{mail}", 0);
  good = first.status == ENTRASYNC_OK && second.status == ENTRASYNC_OK;
  if (!good)
    fprintf(
        stderr, "# %s\n# %s\n", entrasync_error_get_message(first.error, NULL),
        entrasync_error_get_message(second.error, NULL));
  good = good && access("masked.txt", R_OK | W_OK) == 0 && access("audit.log", R_OK | W_OK) == 0
      && access("state", R_OK | W_OK | X_OK) == 0;
  run_free(first);
  run_free(second);
  return good ? 0 : 1;
}

static void files_outlive_the_umask(void)
{
  int status = -1;
  pid_t child;

  CHECK(mkdir("masked", 0755) == 0 && chdir("masked") == 0, "a folder is made");
  configure(
      "masked.entraidconf", "../good.entraidconf", "secret.txt",
      "CLIENTSECRETFILE = secret.txt\nAUDITFILE = audit.log\nSTATEDIR = state\n");
  if (getuid() == 0)
    CHECK(
        chown(".", 1001, 1001) == 0 && chown("masked.entraidconf", 1001, 1001) == 0
            && chown("secret.txt", 1001, 1001) == 0,
        "the folder is another user's");
  fflush(stdout);
  child = fork();
  if (child == 0)
    _exit(write_twice());
  CHECK(
      child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status)
          && WEXITSTATUS(status) == 0,
      "under the umask 0777, the next run can use what a run has made");
  CHECK(chdir("..") == 0, "the old working folder is back");
}

int main(void)
{
  relative_paths_are_kept();
  a_message_shows_the_path_as_given();
  long_paths_are_refused();
  files_outlive_the_umask();
  return check_end();
}
