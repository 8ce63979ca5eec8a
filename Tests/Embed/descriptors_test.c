/*
 * A host that closes files that it has not opened: all of them before it becomes a daemon, or its
 * standard ones. No file of the library takes the place of a host's, and no program that the host
 * starts inherits one.
 */
#include "host.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LAST = 128 };

/* Which numbers are open. */
static void look(char open[LAST])
{
  int number;

  for (number = 0; number < LAST; number++)
    open[number] = fcntl(number, F_GETFD) != -1;
}

/* Runs a part of the test in a child, which may close what it likes. */
static void apart(const char *name, int (*part)(void))
{
  pid_t child;
  int ended = -1;

  fflush(stdout);
  child = fork();
  if (child == 0) {
    alarm(60);
    _exit(part());
  }
  waitpid(child, &ended, 0);
  if (!CHECK(WIFEXITED(ended) && WEXITSTATUS(ended) == 0, "%s", name))
    fprintf(stderr, "#   the child ended with %#x\n", (unsigned int)ended);
}

/* ---- Files that are closed behind the library's back ----------------------------------------- */

static host desk;

/* Closes every file but the standard ones, and opens ends of pipes under the same numbers. */
static void replace_files(int end[2])
{
  int number;

  for (number = 3; number < LAST; number++)
    close(number);
  /* Reading from the one end would wait for ever, and nobody may write to the other. */
  if (pipe(end) != 0)
    _exit(90);
  for (number = 5; number < LAST; number += 2)
    if (dup2(end[0], number) != number || dup2(end[1], number + 1) != number + 1)
      _exit(91);
}

static int files_are_ours(int end[2])
{
  struct stat status, own;
  struct pollfd reader;
  int number;

  if (fstat(end[0], &own) != 0)
    return 0;
  for (number = 5; number < LAST; number++)
    if (fstat(number, &status) != 0 || status.st_ino != own.st_ino)
      return 0;
  reader.fd = end[0];
  reader.events = POLLIN;
  return poll(&reader, 1, 0) == 0;
}

static int replaced(int frees)
{
  int end[2], fault = 0;

  replace_files(end);
  if (host_do(desk, FIND, NULL) != ENTRASYNC_OK)
    fault = 1;
  if (host_do(desk, FIND, NULL) != ENTRASYNC_OK)
    fault = 2;
  if (frees)
    host_close(desk);
  return fault ? fault : files_are_ours(end) ? 0 : 3;
}

static int after_lookup(void)
{
  if (host_do(desk, FIND, NULL) != ENTRASYNC_OK)
    return 10;
  return replaced(1);
}

static int after_list(void)
{
  if (host_do(desk, FETCH, NULL) != ENTRASYNC_OK)
    return 10;
  return replaced(1);
}

static int after_check(void)
{
  if (host_do(desk, LOOK, NULL) != ENTRASYNC_OK)
    return 10;
  return replaced(0);
}

/* After a lookup that failed, no connection is left, but libcurl has files of its own. */
static int after_failure(void)
{
  int end[2];
  host none;

  if (!host_make(&none, "unreachable", NULL) || host_do(none, FIND, NULL) != ENTRASYNC_NETWORK)
    return 10;
  replace_files(end);
  if (host_do(none, FIND, NULL) != ENTRASYNC_NETWORK)
    return 11;
  host_close(none);
  return files_are_ours(end) ? 0 : 12;
}

static int ends[2];

static void replace_once(entrasync_log_level level, const char *message, void *user_data)
{
  int *lines = (int *)user_data;

  (void)level;
  (void)message;
  /* The second request follows the sign-in, whose connection is open. */
  if (++*lines == 2)
    replace_files(ends);
}

static int in_callback(void)
{
  int lines = 0;
  char message[1024];

  entrasync_client_set_log(desk.client, replace_once, &lines);
  if (host_do(desk, LOOK, message) != ENTRASYNC_INVALID_ARGUMENT
      || strstr(message, "closed") == NULL)
    return 10;
  entrasync_client_set_log(desk.client, NULL, NULL);
  return host_do(desk, FIND, NULL) != ENTRASYNC_OK ? 11 : files_are_ours(ends) ? 0 : 12;
}

static int line_to_close_at;
static action closing;

static void replace_at(entrasync_log_level level, const char *message, void *user_data)
{
  (void)level;
  (void)message;
  (void)user_data;
  if (--line_to_close_at == 0)
    replace_files(ends);
}

/* The files of a list, its folder, its lock and its audit are the library's own too. */
static int in_callback_of_list(void)
{
  host host;
  entrasync_status status;
  char message[1024];
  int is_first = line_to_close_at == 1;

  if (!host_make(&host, "audited", "closed.txt") || host_do(host, WRITE, NULL) != ENTRASYNC_OK)
    return 10;
  entrasync_client_set_log(host.client, replace_at, NULL);
  status = host_do(host, closing, message);
  entrasync_client_set_log(host.client, NULL, NULL);
  host_close(host);
  if (line_to_close_at > 0)
    return 11;
  /* After the last line there is nothing more to do. */
  if (status != ENTRASYNC_INVALID_ARGUMENT && (is_first || status != ENTRASYNC_OK)) {
    fprintf(stderr, "#   status %d: %s\n", (int)status, message);
    return 12;
  }
  return files_are_ours(ends) ? 0 : 13;
}

static int connections_only(void)
{
  struct stat status;
  int number, own = -1;

  if (host_do(desk, FIND, NULL) != ENTRASYNC_OK)
    return 10;
  for (number = 3; own < 0 && number < LAST; number++) {
    int type = 0;
    socklen_t length = sizeof type;

    if (getsockopt(number, SOL_SOCKET, SO_DOMAIN, &type, &length) == 0 && type == AF_INET) {
      close(number);
      own = dup2(open("/dev/null", O_RDWR), number);
    }
  }
  if (own < 0 || host_do(desk, FIND, NULL) != ENTRASYNC_OK)
    return 11;
  return fstat(own, &status) == 0 && S_ISCHR(status.st_mode) ? 0 : 12;
}

/* ---- Standard files that are closed ---------------------------------------------------------- */

static int bits, low_files, writable, readable;

static void look_at_standard(entrasync_log_level level, const char *message, void *user_data)
{
  char byte;
  int number;

  (void)level;
  (void)message;
  (void)user_data;
  for (number = 0; number < 3; number++)
    if (bits & 1 << number) {
      low_files |= fcntl(number, F_GETFD) != -1;
      writable |= write(number, "a host's log line\n", 18) != -1 || errno != EBADF;
      readable |= read(number, &byte, 1) != -1 || errno != EBADF;
    }
}

static int look_too(const entrasync_progress *progress, void *user_data)
{
  (void)progress;
  look_at_standard(ENTRASYNC_LOG_INFO, "", user_data);
  return 0;
}

static int list_is_whole(void)
{
  char line[512];
  FILE *file = fopen("daemon.txt", "r");
  int lines = 0;

  while (file != NULL && fgets(line, sizeof line, file) != NULL) {
    if (strchr(line, '@') == NULL)
      return 0;
    lines++;
  }
  if (file != NULL)
    fclose(file);
  return lines > 0;
}

static int without_standard_files(void)
{
  host host;
  action action;
  int number;
  char before[LAST], after[LAST];

  if (!host_make(&host, "audited", "daemon.txt"))
    return 1;
  entrasync_client_set_log(host.client, look_at_standard, NULL);
  entrasync_client_set_progress(host.client, look_too, NULL);
  for (number = 0; number < 3; number++)
    if (bits & 1 << number)
      close(number);
  look(before);
  for (action = FETCH; action < ACTIONS; action++)
    if (action != CLEAR && host_do(host, action, NULL) != ENTRASYNC_OK)
      return 10 + action;
  look(after);
  if (memcmp(before, after, 3) != 0)
    return 20;
  host_close(host);
  look(after);
  if (memcmp(before, after, LAST) != 0)
    return 21;
  if (low_files || writable || readable)
    return 30 + low_files + 2 * writable + 4 * readable;
  return list_is_whole() ? 0 : 40;
}

/* A name is looked up by libcurl's thread, which opens files at any time. */
static int without_standard_files_or_name(void)
{
  /* The second one is connected to the host where it signs in. */
  host nameless, halfway;
  int number;
  char before[LAST], after[LAST];

  if (!host_make(&nameless, "nameless", "daemon.txt")
      || !host_make(&halfway, "halfway", "daemon.txt"))
    return 1;
  entrasync_client_set_log(nameless.client, look_at_standard, NULL);
  entrasync_client_set_progress(nameless.client, look_too, NULL);
  for (number = 0; number < 3; number++)
    close(number);
  look(before);
  if (host_do(nameless, WRITE, NULL) != ENTRASYNC_TIMEOUT)
    return 10;
  look(after);
  /* To a host, what holds the numbers meanwhile cannot be told from closed files. */
  if (writable || readable)
    return 30 + 2 * writable + 4 * readable;
  if (memcmp(before, after, 3) != 0)
    return 20;
  if (host_do(halfway, FIND, NULL) != ENTRASYNC_TIMEOUT)
    return 11;
  look(after);
  return memcmp(before, after, 3) == 0 ? 0 : 21;
}

/* ---- Programs that the host starts ----------------------------------------------------------- */

static char host_files[LAST];
static int inherited, own_files;

static void look_at_flags(entrasync_log_level level, const char *message, void *user_data)
{
  int number;

  (void)level;
  (void)message;
  (void)user_data;
  for (number = 0; number < LAST; number++) {
    int flags = fcntl(number, F_GETFD);

    if (flags == -1 || host_files[number])
      continue;
    own_files++;
    if (!(flags & FD_CLOEXEC) && !inherited) {
      char path[64], target[256] = "";

      snprintf(path, sizeof path, "/proc/self/fd/%d", number);
      if (readlink(path, target, sizeof target - 1) > 0)
        fprintf(stderr, "#   %d is %s\n", number, target);
      inherited = 1;
    }
  }
}

static int look_at_flags_too(const entrasync_progress *progress, void *user_data)
{
  (void)progress;
  look_at_flags(ENTRASYNC_LOG_INFO, "", user_data);
  return 0;
}

static void nothing_is_inherited(const char *name)
{
  host host = host_open(name, "flags.txt");
  action action;

  look(host_files);
  entrasync_client_set_log(host.client, look_at_flags, NULL);
  entrasync_client_set_progress(host.client, look_at_flags_too, NULL);
  inherited = own_files = 0;
  for (action = WRITE; action <= LOOK; action++)
    if (action != CLEAR)
      host_do(host, action, NULL);
  look_at_flags(ENTRASYNC_LOG_INFO, "", NULL);
  CHECK(own_files > 0, "%s: the library has files of its own", name);
  CHECK(!inherited, "%s: a program that the host starts inherits none of them", name);
  host_close(host);
}

int main(void)
{
  static const char *const names[] = {"", "0", "1", "0 and 1", "2", "0 and 2", "1 and 2", "all"};
  char name[128];
  int number;

  nothing_is_inherited("audited");
  nothing_is_inherited("nameless");

  desk = host_open("desk", NULL);
  apart("after a lookup, files under the numbers of the library's stay the host's", after_lookup);
  apart("after a fetch, files under the numbers of the library's stay the host's", after_list);
  apart("after a check, files under the numbers of the library's stay the host's", after_check);
  apart("after a failure, files under the numbers of the library's stay the host's", after_failure);
  apart("a callback that closes the run's files ends the run", in_callback);
  apart("a file under the number of a connection stays the host's", connections_only);
  for (number = 0; number < 6; number++) {
    closing = number % 2 ? CLEAR : WRITE;
    line_to_close_at = 1 + number / 2;
    snprintf(
        name, sizeof name, "%s: a callback that closes its files at line %d loses none of its own",
        action_names[closing], line_to_close_at);
    apart(name, in_callback_of_list);
  }
  CHECK(host_do(desk, FIND, NULL) == ENTRASYNC_OK, "a lookup in the parent succeeds after that");
  host_close(desk);

  for (bits = 1; bits < 8; bits++) {
    snprintf(name, sizeof name, "standard files that are closed (%s) stay closed", names[bits]);
    apart(name, without_standard_files);
  }
  bits = 7;
  apart(
      "standard files that are closed stay so while a name is looked up",
      without_standard_files_or_name);
  return check_end();
}
