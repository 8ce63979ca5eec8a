/*
 * A host with signal handlers, while libcurl's own thread looks a name up in vain. No signal is
 * handled by that thread, none is lost, and one that ends the run does so long before the name
 * server or TIMEOUT would.
 */
#include "host.h"
#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const int handled[] = {SIGUSR1, SIGUSR2, SIGALRM, SIGHUP, SIGCHLD, SIGTERM, SIGINT, SIGPIPE};
enum { HANDLED = sizeof handled / sizeof handled[0] };

static volatile sig_atomic_t elsewhere, seen[65], other_threads, unblocked, wrong_mask;

static void handle(int number)
{
  if (syscall(SYS_gettid) != getpid())
    elsewhere = 1;
  seen[number] = 1;
}

/* Calls `visit` for each thread of a process; returns how many there are. */
static int threads(pid_t process, void (*visit)(pid_t process, pid_t thread))
{
  char path[64];
  struct dirent *entry;
  DIR *folder;
  int count = 0;

  snprintf(path, sizeof path, "/proc/%d/task", (int)process);
  folder = opendir(path);
  while (folder != NULL && (entry = readdir(folder)) != NULL)
    if (atoi(entry->d_name) > 0) {
      count++;
      visit(process, atoi(entry->d_name));
    }
  if (folder != NULL)
    closedir(folder);
  return count;
}

/* Sends handled signals, but not those that end the run, to the process and one of its threads. */
static void shoot(pid_t process, pid_t thread)
{
  int index;

  for (index = 0; index < 5; index++) {
    kill(process, handled[index]);
    syscall(SYS_tgkill, process, thread, handled[index]);
  }
}

/* A child that sends signals all the time. */
static pid_t shooter(void)
{
  pid_t host = getpid(), child = fork();

  if (child != 0)
    return child;
  while (getppid() == host) {
    threads(host, shoot);
    usleep(2000);
  }
  _exit(0);
}

/* A thread that is not the host's blocks everything but what its own faults raise. */
static void look_at_mask(pid_t process, pid_t thread)
{
  const unsigned long long faults = 1ULL << (SIGSEGV - 1) | 1ULL << (SIGBUS - 1)
      | 1ULL << (SIGFPE - 1) | 1ULL << (SIGILL - 1) | 1ULL << (SIGTRAP - 1) | 1ULL << (SIGSYS - 1);
  /* These cannot be blocked: SIGKILL, SIGSTOP, and two of the C library. */
  const unsigned long long never = 1ULL << (SIGKILL - 1) | 1ULL << (SIGSTOP - 1) | 3ULL << 31;
  char path[96], line[256];
  unsigned long long mask = 0;
  FILE *file;

  if (thread == process)
    return;
  snprintf(path, sizeof path, "/proc/%d/task/%d/status", (int)process, (int)thread);
  file = fopen(path, "r");
  if (file == NULL)
    return;
  while (fgets(line, sizeof line, file) != NULL)
    if (sscanf(line, "SigBlk: %llx", &mask) == 1) {
      other_threads = 1;
      if ((mask | faults | never) != ~0ULL)
        unblocked = 1;
    }
  fclose(file);
}

static sigset_t own_mask;

static int same_mask(void)
{
  sigset_t now;
  int number;

  pthread_sigmask(SIG_SETMASK, NULL, &now);
  for (number = 1; number < 65; number++)
    if (sigismember(&now, number) != sigismember(&own_mask, number))
      return 0;
  return 1;
}

static int progress(const entrasync_progress *progress, void *user_data)
{
  (void)progress;
  (void)user_data;
  threads(getpid(), look_at_mask);
  wrong_mask |= !same_mask();
  return seen[SIGTERM];
}

static void log_line(entrasync_log_level level, const char *message, void *user_data)
{
  (void)level;
  (void)message;
  (void)user_data;
  wrong_mask |= !same_mask();
}

static void under_fire(host host, action action)
{
  char message[1024];
  pid_t child;
  entrasync_status status;
  int index;

  memset((void *)seen, 0, sizeof seen);
  child = shooter();
  status = host_do(host, action, message);
  kill(child, SIGKILL);
  waitpid(child, NULL, 0);
  CHECK(
      status == ENTRASYNC_TIMEOUT, "%s: signals do not end a run that waits for a name (%s)",
      action_names[action], message);
  for (index = 0; index < 5; index++)
    CHECK(
        seen[handled[index]], "%s: the host's handler of signal %d runs", action_names[action],
        handled[index]);
  CHECK(same_mask(), "%s: the host's mask is the same after the run", action_names[action]);
}

/* A signal ends the run, which would go on for a minute. The bound is for a run that hangs. */
static void stopped(host host, action action)
{
  pid_t parent = getpid(), child;
  entrasync_status status;
  struct timespec began, ended;

  memset((void *)seen, 0, sizeof seen);
  child = fork();
  if (child == 0) {
    sleep(1);
    kill(parent, SIGTERM);
    _exit(0);
  }
  clock_gettime(CLOCK_MONOTONIC, &began);
  status = host_do(host, action, NULL);
  clock_gettime(CLOCK_MONOTONIC, &ended);
  waitpid(child, NULL, 0);
  CHECK(
      status == ENTRASYNC_CANCELLED, "%s: SIGTERM reaches a host that waits for a name",
      action_names[action]);
  CHECK(
      ended.tv_sec - began.tv_sec <= 10, "%s: SIGTERM after a second ends the run within ten",
      action_names[action]);
}

int main(void)
{
  struct sigaction action;
  host waiting = host_open("nameless", "list.txt"), patient = host_open("patient", "list.txt");
  int index;

  memset(&action, 0, sizeof action);
  action.sa_handler = handle;
  action.sa_flags = SA_RESTART;
  for (index = 0; index < HANDLED; index++)
    sigaction(handled[index], &action, NULL);
  /* A host may block signals itself. */
  sigemptyset(&own_mask);
  sigaddset(&own_mask, SIGWINCH);
  sigaddset(&own_mask, SIGPIPE);
  pthread_sigmask(SIG_SETMASK, &own_mask, NULL);
  raise(SIGPIPE);

  entrasync_client_set_progress(waiting.client, progress, NULL);
  entrasync_client_set_log(waiting.client, log_line, NULL);
  entrasync_client_set_progress(patient.client, progress, NULL);
  under_fire(waiting, WRITE);
  under_fire(waiting, FIND);
  under_fire(waiting, LOOK);
  CHECK(other_threads, "a name is looked up in another thread");
  CHECK(!unblocked, "the other thread blocks all signals that somebody can send");
  CHECK(!elsewhere, "every handler runs on the host's own thread");
  CHECK(!wrong_mask, "callbacks run with the host's mask");
  stopped(patient, WRITE);
  stopped(patient, FIND);
  CHECK(!seen[SIGPIPE], "a signal that the host blocks is not handled");
  sigpending(&own_mask);
  CHECK(sigismember(&own_mask, SIGPIPE), "a signal that was pending before is still pending");
  host_close(waiting);
  host_close(patient);
  return check_end();
}
