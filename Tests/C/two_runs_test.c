/* Two runs of one list at the same time: one waits for the other, but not for ever. */
#include "check.h"
#include "file_state.h"
#include <dirent.h>
#include <entrasync.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The second one has the people of the first, and some more, so that the guard stops neither. */
static const char some[] = "good.entraidconf";
static const char more[] = "more.entraidconf";

/* ---- Waits that take no time --------------------------------------------------------------- */

static int time_is_short;

/** Replaces the C library's poll(), which the library waits with. */
int poll(struct pollfd *files, nfds_t count, int milliseconds)
{
  struct timespec time;

  if (count == 0 && time_is_short)
    return 0;
  time.tv_sec = milliseconds / 1000;
  time.tv_nsec = milliseconds % 1000 * 1000000L;
  return (int)syscall(SYS_ppoll, files, count, milliseconds < 0 ? NULL : &time, NULL, 0);
}

/* ---- Runs ---------------------------------------------------------------------------------- */

typedef struct run {
  entrasync_status status;
  entrasync_report *report;
  entrasync_error *error;
} run;

static run write_list(
    const char *path, const char *configuration, entrasync_progress_callback callback, void *data)
{
  run result = {ENTRASYNC_OK, NULL, NULL};
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;

  if (entrasync_client_open(configuration, &client, NULL) == ENTRASYNC_OK
      && entrasync_list_create(path, "{mail}", &list, NULL) == ENTRASYNC_OK
      && entrasync_list_add_client(list, client, NULL) == ENTRASYNC_OK) {
    entrasync_client_set_progress(client, callback, data);
    result.status = entrasync_list_write(list, &result.report, &result.error);
  }
  entrasync_list_free(list);
  entrasync_client_free(client);
  return result;
}

static void forget(run result)
{
  entrasync_report_free(result.report);
  entrasync_error_free(result.error);
}

/** Another process that stops in the middle of its run until it is told to go on. */
typedef struct first_run {
  pid_t process;
  int says, told;
} first_run;

/** Tells the test that the run is under way, and waits until it may go on. */
static int stop_in_the_middle(const entrasync_progress *progress, void *user_data)
{
  first_run *self = (first_run *)user_data;
  char byte = 0;

  (void)progress;
  if (self->says >= 0) {
    if (write(self->says, &byte, 1) != 1 || read(self->told, &byte, 1) != 1)
      _exit(100);
    self->says = -1;
  }
  return 0;
}

static first_run begin(const char *path)
{
  first_run other;
  int says[2], told[2];
  char byte;

  if (pipe(says) != 0 || pipe(told) != 0)
    exit(2);
  other.says = says[1];
  other.told = told[0];
  other.process = fork();
  if (other.process == 0) {
    close(says[0]);
    close(told[1]);
    _exit((int)write_list(path, some, stop_in_the_middle, &other).status);
  }
  close(says[1]);
  close(told[0]);
  other.says = says[0];
  other.told = told[1];
  CHECK(read(other.says, &byte, 1) == 1, "another process is in the middle of a run");
  return other;
}

static void go_on(first_run other)
{
  CHECK(write(other.told, "", 1) == 1, "the other process is told to go on");
}

/** How the other process ended: its status, or the negative number of a signal. */
static int end(first_run other)
{
  int status = 0;

  close(other.says);
  close(other.told);
  waitpid(other.process, &status, 0);
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

enum deed { NOTHING, LET_GO_ON, KILL, CANCEL };

/** A run that waits for another one, and what its callback does in wait number `turn`. */
typedef struct waiting {
  first_run other;
  enum deed deed;
  int turn, waits;
} waiting;

static waiting with(first_run other, enum deed deed, int turn)
{
  waiting second;

  second.other = other;
  second.deed = deed;
  second.turn = turn;
  second.waits = 0;
  return second;
}

static int wait_for(const entrasync_progress *progress, void *user_data)
{
  waiting *self = (waiting *)user_data;

  if (!(entrasync_progress_get_waiting(progress) > 0) || ++self->waits != self->turn)
    return 0;
  if (self->deed == LET_GO_ON)
    go_on(self->other);
  if (self->deed == KILL) {
    kill(self->other.process, SIGKILL);
    CHECK(end(self->other) == -SIGKILL, "the other process is killed while a run waits for it");
  }
  return self->deed == CANCEL;
}

/* ---- What is left -------------------------------------------------------------------------- */

static int entries(const char *path)
{
  DIR *folder = opendir(path);
  int count = -2;

  while (folder != NULL && readdir(folder) != NULL)
    count++;
  if (folder != NULL)
    closedir(folder);
  return count;
}

static int is_free(const char *path)
{
  int file = open(path, O_RDONLY);
  int free = file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0;

  close(file);
  return free;
}

static uint64_t lines_of(file_state list)
{
  uint64_t count = 0;
  const char *place;

  for (place = list.bytes; (place = strchr(place, '\n')) != NULL; place++)
    count++;
  return count;
}

static uint64_t figure(run result, entrasync_count count)
{
  return entrasync_report_get_count(result.report, count);
}

/* ---- Cases --------------------------------------------------------------------------------- */

static void the_second_waits_for_the_first(const char *path)
{
  waiting second = with(begin(path), LET_GO_ON, 3);
  file_state list;
  run result;

  result = write_list(path, more, wait_for, &second);
  CHECK(end(second.other) == ENTRASYNC_OK, "the first run succeeds when a second one waits for it");
  CHECK(
      result.status == ENTRASYNC_OK && second.waits >= 3,
      "the second run waits for the first, and succeeds");
  CHECK(
      figure(result, ENTRASYNC_COUNT_REMOVED) == 0
          && figure(result, ENTRASYNC_COUNT_ADDED) < figure(result, ENTRASYNC_COUNT_WRITTEN),
      "the second run replaces what the first had written");
  list = file_look(path);
  CHECK(
      list.bytes && lines_of(list) == figure(result, ENTRASYNC_COUNT_WRITTEN),
      "the list is that of the second run");
  CHECK(entries("runs") == 1, "the list is alone in its folder after two runs");
  file_forget(list);
  forget(result);
}

static void the_second_does_not_wait_for_ever(const char *path, int is_there)
{
  waiting second = with(begin(path), NOTHING, 0);
  file_state before = file_look(path), after;
  char name[64];
  const char *message;
  run result;

  CHECK(entries("runs") == is_there, "the lock of a run makes no file");
  time_is_short = 1;
  result = write_list(path, more, wait_for, &second);
  time_is_short = 0;
  message = entrasync_error_get_message(result.error, NULL);
  CHECK(result.status == ENTRASYNC_BUSY, "a second run gives up when the first does not end");
  CHECK(second.waits == 600, "a second run waits 600 times a tenth of a second");
  snprintf(name, sizeof name, "process %d (", (int)second.other.process);
  if (!CHECK(strstr(message, name) != NULL, "the message names the process that holds the list"))
    fprintf(stderr, "# %s\n", message);
  after = file_look(path);
  CHECK(
      is_there ? file_untouched(before, after) : after.bytes == NULL,
      "a run that gave up touches nothing");
  kill(second.other.process, SIGKILL);
  end(second.other);
  CHECK(entries("runs") == is_there, "neither run leaves a file behind");
  file_forget(before);
  file_forget(after);
  forget(result);
}

static void waiting_can_be_cancelled(const char *path)
{
  waiting second = with(begin(path), CANCEL, 2);
  file_state before = file_look(path), after;
  run result;

  result = write_list(path, more, wait_for, &second);
  CHECK(result.status == ENTRASYNC_CANCELLED, "a callback can cancel a run that waits");
  CHECK(second.waits == 2, "a run that waits is cancelled at once");
  after = file_look(path);
  CHECK(file_untouched(before, after), "a cancelled run touches nothing");
  go_on(second.other);
  CHECK(end(second.other) == ENTRASYNC_OK, "the first run succeeds when the second is cancelled");
  file_forget(before);
  file_forget(after);
  forget(result);
}

static void a_lock_dies_with_its_process(const char *path)
{
  waiting second = with(begin(path), KILL, 2);
  run result;

  result = write_list(path, more, wait_for, &second);
  CHECK(result.status == ENTRASYNC_OK, "a waiting run gets the list when the first is killed");
  CHECK(second.waits == 2, "a waiting run gets the list with its next try");
  forget(result);
}

static pid_t child;

static int fork_once(const entrasync_progress *progress, void *user_data)
{
  (void)progress;
  (void)user_data;
  if (child == 0 && (child = fork()) == 0) {
    alarm(60);
    pause();
    _exit(1);
  }
  return 0;
}

/** A child that is forked during a run has copies of all its descriptors. */
static void a_child_does_not_inherit_the_lock(const char *path)
{
  run result;

  /* If nothing changes, the locked file stays the list, so a lock left behind would show. */
  forget(write_list(path, some, NULL, NULL));
  result = write_list(path, some, fork_once, NULL);
  CHECK(result.status == ENTRASYNC_OK && child > 0, "a child is forked during a run");
  CHECK(
      entrasync_report_get_changed(result.report) == 0,
      "the run during which a child is forked changes nothing");
  CHECK(is_free(path), "the list is not locked after the run, though a child was forked");
  CHECK(kill(child, SIGKILL) == 0, "the child is still alive when the lock is tried");
  waitpid(child, NULL, 0);
  forget(result);
}

static void many_come_at_once(const char *path)
{
  int number, good = 0;

  for (number = 0; number < 4; number++)
    if (fork() == 0)
      _exit((int)write_list(path, number % 2 ? some : more, NULL, NULL).status);
  for (number = 0; number < 4; number++) {
    int status = -1;

    wait(&status);
    good += WIFEXITED(status) && WEXITSTATUS(status) == ENTRASYNC_OK;
  }
  CHECK(good == 4, "four runs at once all succeed");
  CHECK(entries("runs") == 1, "four runs at once leave the list alone in its folder");
}

int main(void)
{
  /* A child may write to a pipe whose other end is closed. */
  signal(SIGPIPE, SIG_IGN);
  CHECK(mkdir("runs", 0755) == 0, "a folder for the lists is made");
  the_second_does_not_wait_for_ever("runs/list.txt", 0);
  the_second_waits_for_the_first("runs/list.txt");
  the_second_does_not_wait_for_ever("runs/list.txt", 1);
  waiting_can_be_cancelled("runs/list.txt");
  a_lock_dies_with_its_process("runs/list.txt");
  a_child_does_not_inherit_the_lock("runs/list.txt");
  many_come_at_once("runs/list.txt");
  return check_end();
}
