/*
 * Lets one allocation of a call fail, again and again at another point of the call:
 *
 *     memory POINTS CONFIGURATION CERTIFIED
 *
 * Each point is a process of its own. At the even points one allocation fails, at the odd ones that
 * allocation and all after it. A call may go on, return an error or end its process. But a list
 * keeps its old bytes or has its new ones, no lock or temporary file stays behind, and a lookup
 * gives no wrong answer. CERTIFIED is CONFIGURATION with a certificate and a STATEDIR, `state`.
 */
#include "check.h"
#include "file_state.h"
#include <dirent.h>
#include <entrasync.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIST "list.txt"
#define PATIENCE 30

#ifdef __cplusplus
#define NOTHROW throw()
extern "C" {
#else
#define NOTHROW
#endif

/* ---- Allocations that fail ----------------------------------------------------------------- */

/* What the C library's own functions are called besides. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

/* How many allocations there were since counting began, and the first that fails; 0 for none. */
static long allocations, first_failure;
static int is_counting, fails_once;

static int fails(void)
{
  if (!is_counting)
    return 0;
  allocations++;
  if (first_failure == 0 || allocations < first_failure
      || (fails_once && allocations > first_failure))
    return 0;
  errno = ENOMEM;
  return 1;
}

void *malloc(size_t size) NOTHROW
{
  return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size) NOTHROW
{
  return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) NOTHROW
{
  return fails() ? NULL : __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size) NOTHROW
{
  return fails() ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) NOTHROW
{
  return fails() ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) NOTHROW
{
  if (fails())
    return ENOMEM;
  *memory = __libc_memalign(alignment, size);
  return *memory == NULL ? ENOMEM : 0;
}

#ifdef __cplusplus
}
#endif

/* ---- The calls ----------------------------------------------------------------------------- */

/* How a call ended, which is its process's exit status. */
enum { WENT_ON, RETURNED_ERROR, WRONG };

static const char *configuration;

static int ended(entrasync_status status, entrasync_error *error)
{
  int is_wrong = (status == ENTRASYNC_OK) != (error == NULL)
      || (error != NULL && *entrasync_error_get_message(error, NULL) == '\0');

  if (error != NULL)
    fprintf(stderr, "%s\n", entrasync_error_get_message(error, NULL));
  entrasync_error_free(error);
  if (is_wrong)
    return WRONG;
  return status == ENTRASYNC_OK ? WENT_ON : RETURNED_ERROR;
}

static int write_list(void)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  entrasync_report *report = NULL;
  entrasync_error *error = NULL;
  entrasync_status status = entrasync_client_open(configuration, &client, &error);

  if (status == ENTRASYNC_OK)
    status = entrasync_list_create(LIST, "{mail}", &list, &error);
  if (status == ENTRASYNC_OK)
    status = entrasync_list_add_client(list, client, &error);
  if (status == ENTRASYNC_OK)
    status = entrasync_list_write(list, &report, &error);
  entrasync_report_free(report);
  entrasync_list_free(list);
  entrasync_client_free(client);
  return ended(status, error);
}

/* An address of the list, which is the first line of the new one. */
static char member[256];

static int look_up(void)
{
  const char *addresses[] = {member, "nobody@example.com"};
  entrasync_client *client = NULL;
  entrasync_lookup *lookup = NULL;
  entrasync_report *report = NULL;
  entrasync_error *error = NULL;
  entrasync_status status = entrasync_client_open(configuration, &client, &error);
  entrasync_answer first = ENTRASYNC_ANSWER_UNKNOWN, second = ENTRASYNC_ANSWER_UNKNOWN;
  int result;

  if (status == ENTRASYNC_OK)
    status = entrasync_lookup_create(NULL, &lookup, &error);
  if (status == ENTRASYNC_OK)
    status = entrasync_lookup_add_client(lookup, client, &error);
  if (status == ENTRASYNC_OK)
    status = entrasync_lookup_find(lookup, addresses, 2, &report, &error);
  if (lookup != NULL) {
    first = entrasync_lookup_get_answer(lookup, 0);
    second = entrasync_lookup_get_answer(lookup, 1);
  }
  entrasync_report_free(report);
  entrasync_lookup_free(lookup);
  entrasync_client_free(client);
  result = ended(status, error);
  if (first != ENTRASYNC_ANSWER_UNKNOWN && first != ENTRASYNC_ANSWER_MEMBER)
    return WRONG;
  if (second != ENTRASYNC_ANSWER_UNKNOWN && second != ENTRASYNC_ANSWER_NOT_MEMBER)
    return WRONG;
  return result;
}

static int open_client(void)
{
  entrasync_client *client = NULL;
  entrasync_error *error = NULL;
  entrasync_status status = entrasync_client_open(configuration, &client, &error);

  entrasync_client_free(client);
  return ended(status, error);
}

static int check(void)
{
  entrasync_client *client = NULL;
  entrasync_check *steps = NULL;
  entrasync_report *report = NULL;
  entrasync_error *error = NULL;
  entrasync_status status = entrasync_client_open(configuration, &client, &error);

  if (status == ENTRASYNC_OK)
    status = entrasync_check_create(client, &steps, &error);
  if (status == ENTRASYNC_OK)
    status = entrasync_check_run(steps, &report, &error);
  entrasync_report_free(report);
  entrasync_check_free(steps);
  entrasync_client_free(client);
  return ended(status, error);
}

/* Empties the list, which needs its lock and removes the temporary files of runs that died. */
static int clear_list(void)
{
  entrasync_list *list = NULL;
  entrasync_error *error = NULL;
  entrasync_status status = entrasync_list_create(LIST, NULL, &list, &error);

  if (status == ENTRASYNC_OK)
    status = entrasync_list_clear(list, NULL, &error);
  entrasync_list_free(list);
  return ended(status, error);
}

/* ---- The points ---------------------------------------------------------------------------- */

/*
 * Makes a call in a process in which the allocations from number `point` on fail, or that one if
 * `once` is set; none if it is 0. Returns the process's status as waitpid() has it.
 */
static int run_at(int (*call)(void), long point, int once, long *counted)
{
  int status = -1;
  pid_t child = fork();

  if (child == 0) {
    /* A trap says why on the standard error, 1,000 times. */
    if (freopen("said.txt", "w", stderr) == NULL)
      _exit(WRONG);
    alarm(PATIENCE);
    first_failure = point;
    fails_once = once;
    is_counting = 1;
    status = call();
    is_counting = 0;
    if (counted != NULL)
      *counted = allocations;
    fflush(stderr);
    _exit(status);
  }
  if (child == -1 || waitpid(child, &status, 0) != child)
    return -1;
  return status;
}

/* What is in the folder and not expected there. */
static int strangers(void)
{
  static const char *const known[] = {".",
                                      "..",
                                      LIST,
                                      "audit.txt",
                                      "said.txt",
                                      "state",
                                      "memory.entraidconf",
                                      "certified.entraidconf"};
  DIR *folder = opendir(".");
  struct dirent *entry;
  int count = 0;

  while (folder != NULL && (entry = readdir(folder)) != NULL) {
    size_t index, found = 0;

    for (index = 0; index < sizeof known / sizeof known[0]; index++)
      found += strcmp(entry->d_name, known[index]) == 0;
    if (found == 0)
      fprintf(stderr, "# %s was left\n", entry->d_name);
    count += found == 0;
  }
  if (folder != NULL)
    closedir(folder);
  return count;
}

static void forget_state(void)
{
  DIR *folder = opendir("state");
  struct dirent *entry;

  while (folder != NULL && (entry = readdir(folder)) != NULL)
    if (entry->d_name[0] != '.')
      unlinkat(dirfd(folder), entry->d_name, 0);
  if (folder != NULL)
    closedir(folder);
}

static file_state before, after;

static int is_list(file_state wanted)
{
  file_state found = file_look(LIST);
  int is_same = file_same_bytes(found, wanted);

  file_forget(found);
  return is_same;
}

/* How the calls of one kind ended, and what was wrong. */
typedef struct outcome {
  int points, went_on, errors, deaths, wrong, hung, torn, broken, stuck, left;
} outcome;

static void run_point(int (*call)(void), long point, int once, outcome *all)
{
  int status;

  file_write(LIST, before.bytes);
  forget_state();
  status = run_at(call, point, once, NULL);
  all->points++;
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
    all->hung++;
  } else if (WIFSIGNALED(status)) {
    all->deaths++;
  } else {
    all->went_on += WEXITSTATUS(status) == WENT_ON;
    all->errors += WEXITSTATUS(status) == RETURNED_ERROR;
    all->wrong += WEXITSTATUS(status) > RETURNED_ERROR;
  }
  if (!is_list(before) && !is_list(after))
    all->torn++;
  /* An error promises the old list, and success the new one. */
  if (call == write_list && WIFEXITED(status)) {
    if (WEXITSTATUS(status) == WENT_ON)
      all->broken += !is_list(after);
    if (WEXITSTATUS(status) == RETURNED_ERROR)
      all->broken += !is_list(before);
  }
  all->stuck += clear_list() != WENT_ON;
  all->left += strangers();
}

/* The points lie in the whole call, or in its last `span` allocations if that is not 0. */
static void run_points(const char *name, int (*call)(void), int points, long span)
{
  long first = 1;
  outcome all;
  long *counted = (long *)mmap(
      NULL, sizeof *counted, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int index;

  memset(&all, 0, sizeof all);
  file_write(LIST, before.bytes);
  forget_state();
  CHECK(
      counted != MAP_FAILED && run_at(call, 0, 0, counted) == 0 && *counted > 100,
      "%s: a call goes well with memory enough", name);
  if (counted != MAP_FAILED && span > 0 && span < *counted)
    first = *counted - span;
  for (index = 0; counted != MAP_FAILED && index < points; index++)
    run_point(call, first + (*counted - first) * index / points, index % 2 == 0, &all);
  fprintf(
      stderr,
      "# %s: %d points of %ld allocations: %d returned an error, %d ended the process, %d went on; "
      "%d torn lists\n",
      name, all.points, counted != MAP_FAILED ? *counted : 0, all.errors, all.deaths, all.went_on,
      all.torn);
  CHECK(all.points == points, "%s: an allocation fails at each point", name);
  CHECK(all.torn == 0, "%s: the list has its old bytes or its new ones", name);
  CHECK(all.broken == 0, "%s: an error means the old list, success the new one", name);
  CHECK(all.wrong == 0, "%s: no answer is wrong, and every error has a message", name);
  CHECK(all.hung == 0, "%s: no call hangs", name);
  CHECK(all.stuck == 0, "%s: the next run finds the lock free", name);
  CHECK(all.left == 0, "%s: the next run leaves no file of the one that failed", name);
  CHECK(all.errors + all.deaths > 0, "%s: some calls notice that memory is short", name);
  munmap(counted, sizeof *counted);
}

int main(int count, char **arguments)
{
  const struct rlimit none = {0, 0};
  int points = count == 4 ? atoi(arguments[1]) : 0;
  size_t end;

  if (points < 10) {
    fprintf(stderr, "usage: memory POINTS CONFIGURATION CERTIFIED\n");
    return 2;
  }
  setrlimit(RLIMIT_CORE, &none);
  configuration = arguments[2];
  CHECK(run_at(write_list, 0, 0, NULL) == 0, "the first list is written");
  after = file_look(LIST);
  end = after.bytes == NULL ? 0 : strcspn(after.bytes, "\n");
  CHECK(end > 0 && end < sizeof member, "the first list has lines");
  if (check_failures)
    return check_end();
  memcpy(member, after.bytes, end);
  /* A change that no guard minds. */
  file_write(LIST, after.bytes + end + 1);
  before = file_look(LIST);

  run_points("list_write", write_list, points, 0);
  /* The list is replaced near the end. */
  run_points("list_write, its end", write_list, points / 2, points / 2);
  run_points("client_open", open_client, points / 10, 0);
  run_points("lookup_find", look_up, points / 10, 0);
  run_points("check_run", check, points / 10, 0);
  configuration = arguments[3];
  run_points("list_write with a certificate", write_list, points / 10, 0);
  run_points("lookup_find with a certificate", look_up, points / 10, 0);
  file_forget(before);
  file_forget(after);
  return check_end();
}
