/*
 * What a run leaves on the disk, and in which order, so that a power failure at any moment leaves a
 * whole list and an audit that is not behind it.
 */
#include "check.h"
#include "file_state.h"
#include "run_list.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- Calls that are written down ----------------------------------------------------------- */

/* What the library did in the working folder: a word and a name for each call. */
static char calls[4096];
static char folder[4096];
/* The name of a file whose fsync() fails; "" for none. */
static const char *failing = "";

/* Writes a call down. Calls that repeat the one before are one. */
static void note(const char *word, const char *name)
{
  size_t used = strlen(calls), length;
  char call[600];

  /* A temporary name is made up anew each time. */
  if (strncmp(name, ".entrasync-", 11) == 0)
    name = "NEW";
  snprintf(call, sizeof call, "%s %s; ", word, name);
  length = strlen(call);
  if (used >= length && strcmp(calls + used - length, call) == 0)
    return;
  snprintf(calls + used, sizeof calls - used, "%s", call);
}

/* The name of an open file of the working folder, "FOLDER" for that itself; "" for any other. */
static const char *name_of(int file)
{
  static char path[4096];
  char link[64];
  size_t length = strlen(folder);
  ssize_t count;

  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  count = readlink(link, path, sizeof path - 1);
  path[count < 0 ? 0 : count] = '\0';
  if (length == 0 || strncmp(path, folder, length) != 0)
    return "";
  if (path[length] == '\0')
    return "FOLDER";
  return path[length] == '/' ? path + length + 1 : "";
}

/** Replaces the C library's write(), which the library writes files with. */
ssize_t write(int file, const void *bytes, size_t count)
{
  const char *name = name_of(file);

  if (name[0] != '\0')
    note("write", name);
  return syscall(SYS_write, file, bytes, count);
}

/** Replaces the C library's fsync(). */
int fsync(int file)
{
  const char *name = name_of(file);

  if (name[0] != '\0')
    note("sync", name);
  if (failing[0] != '\0' && strcmp(name, failing) == 0) {
    errno = EIO;
    return -1;
  }
  return (int)syscall(SYS_fsync, file);
}

/** Replaces the C library's renameat(). */
int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
  note("rename", to);
  return (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, 0);
}

/** Replaces the C library's unlinkat(). */
int unlinkat(int in_folder, const char *path, int flags)
{
  note("remove", path);
  return (int)syscall(SYS_unlinkat, in_folder, path, flags);
}

/* ---- Runs ---------------------------------------------------------------------------------- */

static const char list[] = "list.txt";

/* The configuration good.entraidconf with an AUDITFILE, and with a guard if `guard` is one. */
static void configure(const char *guard)
{
  file_state before = file_look("good.entraidconf");
  char text[8192];

  snprintf(text, sizeof text, "%s\nAUDITFILE = audit.log\n%s\n", before.bytes, guard);
  file_write("audited.entraidconf", text);
  chmod("audited.entraidconf", 0600);
  file_forget(before);
}

/* Checks how a run ended and what it did, call by call. */
static void expect(run_result result, entrasync_status status, const char *steps, const char *name)
{
  if (!CHECK(result.status == status, "%s ends with status %d", name, (int)status))
    fprintf(stderr, "# %s\n", entrasync_error_get_message(result.error, NULL));
  if (!CHECK(strcmp(calls, steps) == 0, "%s is on the disk step by step", name))
    fprintf(stderr, "# found:    %s\n# expected: %s\n", calls, steps);
  run_free(result);
}

static run_result run(void)
{
  calls[0] = '\0';
  return run_list("audited.entraidconf", list, "{mail}", 0);
}

static run_result clear(void)
{
  run_result result = {ENTRASYNC_OK, NULL, NULL};
  entrasync_client *client = NULL;
  entrasync_list *people = NULL;

  calls[0] = '\0';
  if (entrasync_client_open("audited.entraidconf", &client, NULL) == ENTRASYNC_OK
      && entrasync_list_create(list, "{mail}", &people, NULL) == ENTRASYNC_OK
      && entrasync_list_add_client(people, client, NULL) == ENTRASYNC_OK)
    result.status = entrasync_list_clear(people, &result.report, &result.error);
  entrasync_list_free(people);
  entrasync_client_free(client);
  return result;
}

/* Before the list is renamed, the audit of it is on the disk. Then the folder is. */
#define AUDITED "write audit.log; sync audit.log; "
#define REPLACED "sync NEW; rename list.txt; sync FOLDER; "
#define ENDED "write audit.log; "

static void a_run_is_kept(void)
{
  configure("");
  expect(
      run(), ENTRASYNC_OK, "sync FOLDER; " AUDITED "write NEW; " REPLACED ENDED,
      "the first run, which makes the audit and the list,");
  expect(run(), ENTRASYNC_OK, AUDITED ENDED, "a run that changes nothing");
  expect(clear(), ENTRASYNC_OK, AUDITED REPLACED ENDED, "a list that is cleared");
}

static void an_acceptance_is_used_up(void)
{
  configure("MAXADDED = 0");
  file_write(list, "zz@example.com\n");
  expect(
      run(), ENTRASYNC_GUARD,
      "write audit.log; write NEW; sync NEW; rename list.txt.proposed; write NEW; sync NEW; rename "
      "list.txt.proposed.diff; write audit.log; ",
      "a run that the guard stops");
  file_write("list.txt.accept", "");
  expect(
      run(), ENTRASYNC_OK,
      "write audit.log; remove list.txt.accept; sync FOLDER; " AUDITED "write NEW; " REPLACED
      "remove list.txt.proposed; remove list.txt.proposed.diff; " ENDED,
      "a run that a person has accepted");
}

static void a_disk_that_fails_changes_nothing(void)
{
  file_state before, after;
  run_result result;
  FILE *file = fopen(list, "ab");

  /* One line that has to go. */
  if (file == NULL || fputs("zz@example.com\n", file) < 0 || fclose(file) != 0)
    exit(2);
  configure("");
  before = file_look(list);
  failing = "audit.log";
  result = run();
  failing = "";
  after = file_look(list);
  CHECK(
      result.status == ENTRASYNC_FILE, "a run whose audit cannot be synced ends with status %d",
      (int)ENTRASYNC_FILE);
  CHECK(
      file_untouched(before, after), "a run whose audit cannot be synced leaves the list as it is");
  run_free(result);
  file_forget(before);
  file_forget(after);
}

int main(void)
{
  if (getcwd(folder, sizeof folder) == NULL)
    return 2;
  a_run_is_kept();
  an_acceptance_is_used_up();
  a_disk_that_fails_changes_nothing();
  return check_end();
}
