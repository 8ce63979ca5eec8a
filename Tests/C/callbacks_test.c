/* Progress and log: they are called on this thread, only during a run, and can stop it. */
#include "check.h"
#include "file_state.h"
#include <entrasync.h>
#include <pthread.h>
#include <string.h>

/* The figures of progress, which live as long as the callback only. */
typedef struct figures {
  uint64_t pages;
  uint64_t people;
  uint64_t bytes;
  double seconds;
} figures;

typedef struct seen {
  pthread_t thread;
  int foreign_threads;
  int calls;
  int stop_at_call;
  uint64_t stop_at_people;
  int waiting;
  int backwards;
  figures last;
  int lines;
  int broken_lines;
} seen;

static int on_progress(const entrasync_progress *progress, void *user_data)
{
  seen *all = (seen *)user_data;
  figures now;

  all->foreign_threads += !pthread_equal(all->thread, pthread_self());
  now.pages = entrasync_progress_get_pages(progress);
  now.people = entrasync_progress_get_people(progress);
  now.bytes = entrasync_progress_get_bytes(progress);
  now.seconds = entrasync_progress_get_seconds(progress);
  all->backwards += now.pages < all->last.pages || now.people < all->last.people
      || now.bytes < all->last.bytes || now.seconds < all->last.seconds;
  all->waiting = all->last.bytes == now.bytes ? all->waiting + 1 : 0;
  all->last = now;
  all->calls++;
  /* A second call without a byte between comes from a wait. */
  return all->calls == all->stop_at_call
      || (all->stop_at_people > 0 && now.people >= all->stop_at_people && all->waiting >= 2);
}

static void on_log(entrasync_log_level level, const char *message, void *user_data)
{
  seen *all = (seen *)user_data;

  all->foreign_threads += !pthread_equal(all->thread, pthread_self());
  all->broken_lines += message[0] == '\0' || strchr(message, '\n') != NULL
      || (level != ENTRASYNC_LOG_WARNING && level != ENTRASYNC_LOG_INFO);
  all->lines++;
}

static entrasync_status run(const char *configuration, seen *all, const char *path)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  entrasync_status status;

  all->thread = pthread_self();
  CHECK(
      entrasync_client_open(configuration, &client, NULL) == ENTRASYNC_OK,
      "%s: the configuration opens", configuration);
  entrasync_client_set_progress(client, on_progress, all);
  entrasync_client_set_log(client, on_log, all);
  CHECK(
      entrasync_list_create(path, "{mail}", &list, NULL) == ENTRASYNC_OK,
      "%s: a list is created for %s", configuration, path);
  CHECK(
      entrasync_list_add_client(list, client, NULL) == ENTRASYNC_OK,
      "%s: the client is added to the list", configuration);
  CHECK(
      all->calls == 0 && all->lines == 0, "%s: no callback is called before the run",
      configuration);
  status = entrasync_list_write(list, NULL, NULL);
  entrasync_list_free(list);
  entrasync_client_free(client);
  return status;
}

static void a_run_is_reported(void)
{
  seen all;

  memset(&all, 0, sizeof all);
  CHECK(
      run("good.entraidconf", &all, "callbacks.txt") == ENTRASYNC_OK,
      "a run with callbacks succeeds");
  CHECK(all.calls > 0, "progress is called during a run");
  CHECK(all.backwards == 0, "the figures of progress never fall");
  CHECK(all.lines > 0 && all.broken_lines == 0, "the log receives whole lines");
  CHECK(all.foreign_threads == 0, "callbacks run on the caller's thread");
}

static void progress_can_stop_a_run(void)
{
  seen all;
  file_state before, after;

  memset(&all, 0, sizeof all);
  all.stop_at_call = 1;
  file_write("callbacks.txt", "kept@example.com\n");
  before = file_look("callbacks.txt");
  CHECK(
      run("good.entraidconf", &all, "callbacks.txt") == ENTRASYNC_CANCELLED,
      "a run is cancelled when progress returns 1");
  after = file_look("callbacks.txt");
  CHECK(all.calls == 1, "a cancelled run does not call progress again");
  CHECK(file_untouched(before, after), "a cancelled run leaves the list untouched");
  file_forget(before);
  file_forget(after);
}

/*
 * The first group has two pages, of which the first alone has more than 900 people. The answer for
 * the second group never ends, and the second page may wait behind it.
 */
static void progress_can_stop_a_wait(void)
{
  seen all;

  memset(&all, 0, sizeof all);
  all.stop_at_people = 900;
  CHECK(
      run("stalling.entraidconf", &all, "stalling.txt") == ENTRASYNC_CANCELLED,
      "progress can cancel a run that waits for a stalled server");
  CHECK(all.waiting >= 2, "progress is called while the server stalls");
  CHECK(
      all.last.pages >= 1 && all.last.bytes > 100000,
      "progress counts the pages and bytes that came before the server stalled");
}

/* A list and a lookup that are at work, and what their callback was told when it added a client. */
typedef struct nested {
  entrasync_client *client;
  entrasync_list *list;
  entrasync_lookup *lookup;
  entrasync_status added;
} nested;

static void add_again(entrasync_log_level level, const char *message, void *user_data)
{
  nested *all = (nested *)user_data;

  (void)level;
  (void)message;
  all->added = all->list != NULL ? entrasync_list_add_client(all->list, all->client, NULL)
                                 : entrasync_lookup_add_client(all->lookup, all->client, NULL);
}

static void callbacks_cannot_add_clients(void)
{
  static const char *const address[] = {"ainoa.jasen@example.com"};
  nested all;

  memset(&all, 0, sizeof all);
  CHECK(
      entrasync_client_open("good.entraidconf", &all.client, NULL) == ENTRASYNC_OK
          && entrasync_lookup_create(NULL, &all.lookup, NULL) == ENTRASYNC_OK
          && entrasync_lookup_add_client(all.lookup, all.client, NULL) == ENTRASYNC_OK,
      "a lookup whose callback adds a client is made");
  entrasync_client_set_log(all.client, add_again, &all);
  CHECK(
      entrasync_lookup_find(all.lookup, address, 1, NULL, NULL) == ENTRASYNC_OK
          && all.added == ENTRASYNC_INVALID_ARGUMENT,
      "a callback cannot add a client to its lookup, which goes on");
  entrasync_client_set_log(all.client, NULL, NULL);
  CHECK(
      entrasync_list_create(NULL, NULL, &all.list, NULL) == ENTRASYNC_OK
          && entrasync_list_add_client(all.list, all.client, NULL) == ENTRASYNC_OK,
      "a list whose callback adds a client is made");
  entrasync_client_set_log(all.client, add_again, &all);
  all.added = ENTRASYNC_OK;
  CHECK(
      entrasync_list_fetch(all.list, NULL, NULL) == ENTRASYNC_OK
          && all.added == ENTRASYNC_INVALID_ARGUMENT,
      "a callback cannot add a client to its list, which goes on");
  entrasync_list_free(all.list);
  entrasync_lookup_free(all.lookup);
  entrasync_client_free(all.client);
}

static void callbacks_can_be_taken_away(void)
{
  seen all;
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;

  memset(&all, 0, sizeof all);
  CHECK(
      entrasync_client_open("good.entraidconf", &client, NULL) == ENTRASYNC_OK,
      "a client whose callbacks are taken away again opens");
  entrasync_client_set_progress(client, on_progress, &all);
  entrasync_client_set_log(client, on_log, &all);
  entrasync_client_set_progress(client, NULL, NULL);
  entrasync_client_set_log(client, NULL, NULL);
  CHECK(
      entrasync_list_create(NULL, NULL, &list, NULL) == ENTRASYNC_OK,
      "a list without a path is created");
  CHECK(
      entrasync_list_add_client(list, client, NULL) == ENTRASYNC_OK,
      "the client without callbacks is added to the list");
  CHECK(entrasync_list_fetch(list, NULL, NULL) == ENTRASYNC_OK, "a run without callbacks succeeds");
  CHECK(all.calls == 0 && all.lines == 0, "callbacks that were replaced by NULL are not called");
  entrasync_list_free(list);
  entrasync_client_free(client);
}

int main(void)
{
  a_run_is_reported();
  progress_can_stop_a_run();
  progress_can_stop_a_wait();
  callbacks_can_be_taken_away();
  callbacks_cannot_add_clients();
  return check_end();
}
