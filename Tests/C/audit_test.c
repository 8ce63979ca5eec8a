/*
 * The audit of a run. The AUDITFILE of each configuration holds, line for line, what the first
 * client's log says about the list, however the run ends.
 */
#include "check.h"
#include "file_state.h"
#include <entrasync.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const list = "audit.txt";
static const char *const audits[] = {"first.log", "second.log"};

/* What the log says about the list, one message a line. */
static char told[1 << 20];

static void on_log(entrasync_log_level level, const char *message, void *user_data)
{
  size_t used = strlen(told);

  (void)level;
  (void)user_data;
  /* What a run is doing is no part of the audit. */
  if (strncmp(message, list, strlen(list)) == 0 && !strstr(message, "; the groups are read again"))
    snprintf(told + used, sizeof told - used, "%s\n", message);
}

/* Writes the configuration `name`: a copy of `model` with the AUDITFILE `audit`. */
static void configure(const char *name, const char *model, const char *audit)
{
  file_state before = file_look(model);
  char text[8192];

  snprintf(text, sizeof text, "%s\nAUDITFILE = %s\n", before.bytes, audit);
  file_write(name, text);
  chmod(name, 0600);
  file_forget(before);
}

/*
 * Removes the time and the run's id from the front of each line. Returns whether every line had
 * them, with the same id.
 */
static int take_heads(char *text)
{
  char run[64] = "", *from = text, *to = text;

  while (*from != '\0') {
    char *open = strstr(from, "Z ["), *close = strstr(from, "] "), *end = strchr(from, '\n');
    size_t length;

    if (open == NULL || close == NULL || end == NULL || open > close || close > end)
      return 0;
    length = (size_t)(close - open);
    if (length >= sizeof run || (run[0] != '\0' && strncmp(run, open, length + 1) != 0))
      return 0;
    memcpy(run, open, length + 1);
    from = close + 2;
    length = (size_t)(end + 1 - from);
    memmove(to, from, length);
    to += length;
    from = end + 1;
  }
  *to = '\0';
  return 1;
}

static void fill(int strangers)
{
  char text[2048] = "";
  int number;

  for (number = 0; number < strangers; number++)
    snprintf(text + strlen(text), sizeof text - strlen(text), "zz%03d@example.com\n", number);
  file_write(list, text);
}

/* Opens both configurations, and previews the list or writes it with `accept`. */
static entrasync_status run(const char *second, int is_preview, int accept)
{
  const char *configurations[] = {"first.entraidconf", second};
  entrasync_client *clients[2] = {NULL, NULL};
  entrasync_list *people = NULL;
  entrasync_status status = entrasync_list_create(list, "{mail}", &people, NULL);
  size_t index;

  told[0] = '\0';
  for (index = 0; index < 2; index++) {
    unlink(audits[index]);
    if (status == ENTRASYNC_OK)
      status = entrasync_client_open(configurations[index], &clients[index], NULL);
    if (status == ENTRASYNC_OK)
      status = entrasync_list_add_client(people, clients[index], NULL);
  }
  entrasync_client_set_log(clients[0], on_log, NULL);
  entrasync_list_set_accept_change(people, accept);
  if (status == ENTRASYNC_OK)
    status = is_preview ? entrasync_list_preview(people, NULL, NULL)
                        : entrasync_list_write(people, NULL, NULL);
  entrasync_list_free(people);
  entrasync_client_free(clients[0]);
  entrasync_client_free(clients[1]);
  return status;
}

/*
 * The log of the last run has `words` in it, and its last line begins with `end`. Both audit files
 * say the same as the log. `name` names the run.
 */
static void check_audit(const char *name, const char *words, const char *end)
{
  const char *last = told;
  size_t index;

  for (index = 0; told[index] != '\0'; index++)
    if (told[index] == '\n' && told[index + 1] != '\0')
      last = told + index + 1;
  CHECK(
      strncmp(told, "audit.txt: run begins, from first.entraidconf, ", 47) == 0,
      "%s: the log begins with the run's configuration", name);
  CHECK(
      strstr(told, words) != NULL, "%s: the log says \"%.*s\"", name, (int)strcspn(words, "\n"),
      words);
  CHECK(
      strncmp(last, end, strlen(end)) == 0, "%s: the log's last line begins with \"%s\"", name,
      end);
  for (index = 0; index < 2; index++) {
    file_state audit = file_look(audits[index]);

    CHECK(
        audit.bytes != NULL && take_heads(audit.bytes),
        "%s: each line of %s has the time and the id of one run", name, audits[index]);
    CHECK(
        audit.bytes != NULL && strcmp(audit.bytes, told) == 0, "%s: %s says what the log says",
        name, audits[index]);
    CHECK(
        (audit.status.st_mode & 07777) == 0600, "%s: only its owner can read %s", name,
        audits[index]);
    file_forget(audit);
  }
}

int main(void)
{
  /* An audit file is private whatever the caller's umask. */
  umask(0);
  configure("first.entraidconf", "good.entraidconf", audits[0]);
  configure("second.entraidconf", "oddities.entraidconf", audits[1]);
  configure("wrong.entraidconf", "wrong-secret.entraidconf", audits[1]);

  CHECK(run("second.entraidconf", 0, 0) == ENTRASYNC_OK, "a run that changes the list succeeds");
  check_audit("a run that changes the list", "audit.txt: left out ", "audit.txt: replaced: ");
  CHECK(run("second.entraidconf", 0, 0) == ENTRASYNC_OK, "a run that changes nothing succeeds");
  check_audit("a run that changes nothing", "audit.txt: left out ", "audit.txt: unchanged: ");

  fill(20);
  CHECK(
      run("second.entraidconf", 0, 0) == ENTRASYNC_GUARD,
      "the guard stops a run that removes 20 lines");
  check_audit("a run that the guard stops", "would stay: stopped\n", "audit.txt: failed (guard): ");
  CHECK(
      run("second.entraidconf", 0, 1) == ENTRASYNC_OK,
      "a run that removes 20 lines succeeds when a person accepts it");
  check_audit("an accepted run", "would stay: accepted by a person\n", "audit.txt: replaced: ");
  CHECK(
      strstr(told, "audit.txt: - zz019@example.com\n") != NULL,
      "the log names a line that the accepted run removed");
  CHECK(strstr(told, "audit.txt: + ") != NULL, "the log names a line that the accepted run added");

  CHECK(
      run("wrong.entraidconf", 0, 0) == ENTRASYNC_AUTHENTICATION,
      "a run with a wrong secret fails");
  check_audit("a run with a wrong secret", "AADSTS7000215", "audit.txt: failed (authentication): ");

  fill(20);
  CHECK(run("second.entraidconf", 1, 0) == ENTRASYNC_OK, "a preview succeeds");
  CHECK(told[0] == '\0', "a preview writes nothing about the list to the log");
  CHECK(
      access(audits[0], F_OK) != 0 && access(audits[1], F_OK) != 0,
      "a preview writes no audit file");
  return check_end();
}
