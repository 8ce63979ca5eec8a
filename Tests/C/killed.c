/*
 * Kills runs in the middle of their work while a reader looks at their list:
 *
 *     killed CONFIGURATION OTHER KILLS
 *
 * A writer, which is a child process, replaces one of two lists by the other, again and again,
 * until SIGKILL ends it. Half of the kills come at any moment of its work. The other half come
 * while it makes the new file and puts it in place, when a kill could do harm. A reader, which is
 * another process, must see one of the two lists as a whole at every moment. The first list has the
 * people of both configurations, the second those of CONFIGURATION alone.
 */
#include "check.h"
#include "file_state.h"
#include <dirent.h>
#include <entrasync.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LIST "killed/list.txt"

/** What the reader has seen, in memory that it shares with this process. */
typedef struct sights {
  volatile unsigned long reads, first, second, torn, missing;
} sights;

static entrasync_client *clients[2];
static entrasync_list *lists[2];
static file_state whole[2];

static double now(void)
{
  struct timespec time;

  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void nap(double seconds)
{
  struct timespec time;

  time.tv_sec = (time_t)seconds;
  time.tv_nsec = (long)((seconds - (double)time.tv_sec) * 1e9);
  nanosleep(&time, NULL);
}

static double any_up_to(double limit)
{
  return limit * ((double)rand() / RAND_MAX);
}

/* ---- The two lists and their writer -------------------------------------------------------- */

/** Opens both lists. Their lines are long, so that writing one takes a while. */
static void open_lists(char **configurations)
{
  static const char beginning[] = "{mail} ";
  char shape[600];
  int index;

  memset(shape, 'a', sizeof shape);
  memcpy(shape, beginning, strlen(beginning));
  shape[sizeof shape - 1] = '\0';
  for (index = 0; index < 2; index++)
    CHECK(
        entrasync_client_open(configurations[index], &clients[index], NULL) == ENTRASYNC_OK,
        "configuration %d opens", index);
  for (index = 0; index < 2; index++) {
    CHECK(
        entrasync_list_create(LIST, shape, &lists[index], NULL) == ENTRASYNC_OK,
        "list %d is created", index);
    CHECK(
        entrasync_list_add_client(lists[index], clients[0], NULL) == ENTRASYNC_OK,
        "the first client is added to list %d", index);
  }
  CHECK(
      entrasync_list_add_client(lists[0], clients[1], NULL) == ENTRASYNC_OK,
      "the second client is added to list 0");
}

static entrasync_status write_list(int index)
{
  entrasync_error *error = NULL;
  entrasync_status status = entrasync_list_write(lists[index], NULL, &error);

  if (status != ENTRASYNC_OK)
    fprintf(stderr, "# %s\n", entrasync_error_get_message(error, NULL));
  entrasync_error_free(error);
  return status;
}

/** Starts a process that writes until it is killed; it ends by itself only after a failure. */
static pid_t start_writer(int index)
{
  pid_t writer = fork();

  if (writer != 0)
    return writer;
  while (write_list(index) == ENTRASYNC_OK)
    index = !index;
  _exit(1);
}

/* ---- The reader ---------------------------------------------------------------------------- */

static int holds(const char *bytes, size_t length, file_state list)
{
  return length == list.length && memcmp(bytes, list.bytes, length) == 0;
}

/** Reads the list in small pieces, so that a list that changes meanwhile is noticed. */
static void read_list(char *buffer, size_t size, sights *seen)
{
  int file = open(LIST, O_RDONLY);
  size_t length = 0;
  ssize_t count = 0;

  seen->reads++;
  if (file < 0) {
    seen->missing++;
    return;
  }
  while (length < size) {
    count = read(file, buffer + length, size - length < 8192 ? size - length : 8192);
    if (count <= 0)
      break;
    length += (size_t)count;
  }
  close(file);
  if (holds(buffer, length, whole[0]))
    seen->first++;
  else if (holds(buffer, length, whole[1]))
    seen->second++;
  else
    seen->torn++;
}

static pid_t start_reader(sights *seen)
{
  size_t size = whole[0].length + whole[1].length;
  char *buffer;
  pid_t reader = fork();

  if (reader != 0)
    return reader;
  buffer = (char *)malloc(size);
  while (buffer != NULL) {
    read_list(buffer, size, seen);
    nap(0.001);
  }
  _exit(1);
}

/* ---- Killing ------------------------------------------------------------------------------- */

/** How many files killed runs have left beside the list. */
static int leftovers(void)
{
  DIR *folder = opendir("killed");
  struct dirent *entry;
  int count = 0;

  while (folder != NULL && (entry = readdir(folder)) != NULL)
    count += entry->d_name[0] != '.' || strncmp(entry->d_name, ".entrasync-", 11) == 0;
  if (folder != NULL)
    closedir(folder);
  /* The list itself was counted too. */
  return count - 1;
}

/** Reads all events so far, and returns how many of them are about the list itself. */
static int take_events(int events)
{
  union {
    struct inotify_event first;
    char bytes[8192];
  } buffer;
  ssize_t size, place;
  int count = 0;

  while ((size = read(events, &buffer, sizeof buffer)) > 0)
    for (place = 0; place < size;) {
      struct inotify_event event;

      memcpy(&event, buffer.bytes + place, sizeof event);
      place += (ssize_t)sizeof event;
      count += event.len > 0 && strcmp(buffer.bytes + place, "list.txt") == 0;
      place += event.len;
    }
  return count;
}

/** Waits until a run begins its new file. */
static void await_event(int events)
{
  struct pollfd event;

  event.fd = events;
  event.events = POLLIN;
  poll(&event, 1, 5000);
}

/** Whether no process holds the list's lock. */
static int is_free(void)
{
  int file = open(LIST, O_RDONLY);
  int free = file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0;

  close(file);
  return free;
}

/** How long a run takes, and how long it takes to make its file, in seconds. */
typedef struct times {
  double run, making;
} times;

static times measure(int events)
{
  times each = {0, 0};
  double began = now();
  int index;

  for (index = 0; index < 10; index++) {
    double made;

    if (fork() == 0)
      _exit((int)write_list(index % 2));
    await_event(events);
    made = now();
    take_events(events);
    wait(NULL);
    each.making += (now() - made) / 10;
  }
  each.run = (now() - began) / 10;
  return each;
}

/**
 * How many kills left a temporary file (`left`; `most` is the most files at once), came after a new
 * list was in place (`moved`), came too late (`ended`), left the lock behind (`locked`), or harmed
 * the list (`harmed`).
 */
typedef struct tally {
  int left, most, moved, ended, locked, harmed;
} tally;

static void kill_one(int number, int events, int harms, times each, tally *all)
{
  int status = 0, count;
  struct stat before, after;
  pid_t writer;

  stat(LIST, &before);
  take_events(events);
  writer = start_writer(number % 2);
  if (number % 2 == 0) {
    nap(any_up_to(2 * each.run));
  } else {
    await_event(events);
    nap(any_up_to(1.2 * each.making));
  }
  kill(writer, SIGKILL);
  waitpid(writer, &status, 0);
  all->ended += !WIFSIGNALED(status);
  all->locked += !is_free();
  all->harmed += take_events(harms);
  stat(LIST, &after);
  all->moved += before.st_ino != after.st_ino;
  count = leftovers();
  all->left += count > 0;
  all->most = count > all->most ? count : all->most;
}

/** Kills all runs, and checks what they left. */
static void kill_all(int kills, sights *seen)
{
  tally all = {0, 0, 0, 0, 0, 0};
  int events = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  int harms = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  times each;
  double began;
  pid_t reader;
  int number;

  inotify_add_watch(events, "killed", IN_CREATE);
  inotify_add_watch(harms, "killed", IN_DELETE | IN_MOVED_FROM | IN_MODIFY | IN_ATTRIB);
  each = measure(events);
  reader = start_reader(seen);
  began = now();
  for (number = 0; number < kills; number++)
    kill_one(number, events, harms, each, &all);
  kill(reader, SIGKILL);
  waitpid(reader, NULL, 0);

  /* prove shows the standard error. */
  fprintf(
      stderr,
      "# %d kills in %.1f s, at any moment of %.0f ms of a run, or of %.0f ms of making the file\n",
      kills, now() - began, 1000 * each.run, 1000 * each.making);
  fprintf(
      stderr, "# %d left a temporary file, %d came after a list was in place\n", all.left,
      all.moved);
  fprintf(
      stderr, "# %lu reads: %lu of the first list, %lu of the second\n", seen->reads, seen->first,
      seen->second);
  CHECK(all.ended == 0, "every run was killed, and none ended before");
  CHECK(all.left > kills / 20, "many runs were killed with a new file half made");
  CHECK(all.moved > kills / 20, "many runs were killed after the new file was put in place");
  CHECK(all.most == 1, "no run left its temporary file beside that of another");
  CHECK(all.locked == 0, "the lock ended with each killed run");
  CHECK(all.harmed == 0, "the list was never removed, moved away or written to");
}

int main(int argument_count, char **arguments)
{
  int kills = argument_count > 3 ? atoi(arguments[3]) : 0;
  sights *seen =
      (sights *)mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int index;

  if (kills <= 0 || seen == MAP_FAILED || mkdir("killed", 0755) != 0)
    return 2;
  srand((unsigned)time(NULL));
  open_lists(arguments + 1);
  for (index = 0; index < 2; index++) {
    CHECK(write_list(index) == ENTRASYNC_OK, "list %d is written", index);
    whole[index] = file_look(LIST);
  }
  CHECK(
      whole[1].length > 500000 && whole[0].length > whole[1].length,
      "both lists are long, and the first is longer");

  kill_all(kills, seen);
  CHECK(seen->first > 0 && seen->second > 0, "the reader saw both lists");
  CHECK(seen->missing == 0, "the reader always found a list");
  CHECK(seen->torn == 0, "the reader never saw a part of a list");

  CHECK(write_list(0) == ENTRASYNC_OK, "the first run after the kills succeeds");
  CHECK(write_list(1) == ENTRASYNC_OK, "the second run after the kills succeeds");
  CHECK(leftovers() == 0, "the list is alone in its folder after the last run");
  entrasync_list_free(lists[0]);
  entrasync_list_free(lists[1]);
  entrasync_client_free(clients[0]);
  entrasync_client_free(clients[1]);
  return check_end();
}
