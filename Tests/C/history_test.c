/* The runs of a list are remembered in STATEDIR, and C can read them. */
#include "check.h"
#include "run_list.h"
#include <limits.h>
#include <stdint.h>
#include <string.h>

static entrasync_history *read_history(const char *list, int64_t since, size_t most)
{
  entrasync_history *history = NULL;

  CHECK(
      entrasync_history_read("state", list, since, most, &history, NULL) == ENTRASYNC_OK,
      "the history of %s is read", list);
  return history;
}

static void runs_are_remembered(void)
{
  entrasync_history *history;
  size_t length = 99;

  history = read_history("remembered.txt", 0, 10);
  CHECK(entrasync_history_get_run_count(history) == 0, "no run is remembered at first");
  entrasync_history_free(history);

  run_free(run_list("shared.entraidconf", "remembered.txt", "{mail}", 0));
  run_free(run_list("shared.entraidconf", "remembered.txt", "{mail}", 0));
  history = read_history("remembered.txt", 0, 10);
  CHECK(entrasync_history_get_run_count(history) == 2, "both runs are remembered");
  CHECK(
      entrasync_history_get_changed(history, 0) == 0
          && entrasync_history_get_changed(history, 1) == 1,
      "the latest run is the first one");
  CHECK(
      entrasync_history_get_status(history, 1) == ENTRASYNC_OK
          && entrasync_history_get_message(history, 1, &length)[0] == '\0' && length == 0,
      "a run that went well has no message");
  CHECK(entrasync_history_get_time(history, 1) > 1700000000, "a run has its time");
  CHECK(entrasync_history_get_seconds(history, 1) >= 0, "a run has its duration");
  CHECK(
      entrasync_history_get_count(history, 1, ENTRASYNC_COUNT_BEFORE) == 0
          && entrasync_history_get_count(history, 1, ENTRASYNC_COUNT_ADDED)
              == entrasync_history_get_count(history, 1, ENTRASYNC_COUNT_WRITTEN)
          && entrasync_history_get_count(history, 0, ENTRASYNC_COUNT_BEFORE)
              == entrasync_history_get_count(history, 1, ENTRASYNC_COUNT_WRITTEN),
      "a run has the lines before and after it");
  CHECK(
      entrasync_history_get_count(history, 1, ENTRASYNC_COUNT_BYTES) == 0,
      "a figure that is not remembered is 0");
  CHECK(
      entrasync_history_get_configuration_count(history, 1) == 1
          && strstr(entrasync_history_get_configuration(history, 1, 0, NULL), "shared.entraidconf"),
      "a run has its configuration");
  CHECK(
      entrasync_history_get_group_count(history, 1) == 1
          && strlen(entrasync_history_get_group(history, 1, 0, NULL)) == 36
          && entrasync_history_get_group_excluded(history, 1, 0) == 0
          && entrasync_history_get_group_people(history, 1, 0)
              == entrasync_history_get_count(history, 1, ENTRASYNC_COUNT_FETCHED),
      "a run has its group, with its people");
  CHECK(
      entrasync_history_get_reason_count(history, 1) > 0
          && strcmp(entrasync_history_get_reason(history, 1, 0, NULL), "has no mail") == 0
          && entrasync_history_get_reason_people(history, 1, 0)
              == entrasync_history_get_count(history, 1, ENTRASYNC_COUNT_SKIPPED),
      "a run has the reasons for which people were left out");
  entrasync_history_free(history);
}

/* Whatever is asked for of a run that is not there, or of NULL. */
static void nothing_is_asked_in_vain(const entrasync_history *history, size_t run)
{
  size_t length = 99;

  CHECK(
      entrasync_history_get_time(history, run) == 0
          && entrasync_history_get_seconds(history, run) == 0
          && entrasync_history_get_status(history, run) == ENTRASYNC_OK
          && entrasync_history_get_changed(history, run) == 0
          && entrasync_history_get_count(history, run, ENTRASYNC_COUNT_ADDED) == 0
          && entrasync_history_get_configuration_count(history, run) == 0
          && entrasync_history_get_group_count(history, run) == 0
          && entrasync_history_get_group_excluded(history, run, 0) == 0
          && entrasync_history_get_group_people(history, run, 0) == 0
          && entrasync_history_get_reason_count(history, run) == 0
          && entrasync_history_get_reason_people(history, run, 0) == 0,
      "a run that is not there has figures of 0");
  CHECK(
      entrasync_history_get_message(history, run, &length)[0] == '\0' && length == 0
          && entrasync_history_get_configuration(history, run, 0, NULL)[0] == '\0'
          && entrasync_history_get_group(history, run, 0, NULL)[0] == '\0'
          && entrasync_history_get_reason(history, run, 0, NULL)[0] == '\0',
      "a run that is not there has texts that are empty");
}

static void bounds_are_kept(void)
{
  entrasync_history *history = read_history("remembered.txt", INT64_MIN, SIZE_MAX);

  CHECK(entrasync_history_get_run_count(history) == 2, "any time and any number can be asked for");
  nothing_is_asked_in_vain(history, 2);
  nothing_is_asked_in_vain(history, SIZE_MAX);
  nothing_is_asked_in_vain(NULL, 0);
  CHECK(
      entrasync_history_get_group(history, 0, 1, NULL)[0] == '\0'
          && entrasync_history_get_reason_people(history, 0, SIZE_MAX) == 0,
      "what a run does not have is empty");
  entrasync_history_free(history);
  history = read_history("remembered.txt", INT64_MAX, 10);
  CHECK(entrasync_history_get_run_count(history) == 0, "no run begins at the end of time");
  entrasync_history_free(history);
  history = read_history("remembered.txt", 0, 1);
  CHECK(entrasync_history_get_run_count(history) == 1, "no more runs are read than are wanted");
  entrasync_history_free(history);
  entrasync_history_free(NULL);
}

/* A list knows where its own runs are remembered. */
static void a_list_has_its_history(void)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL, *fetched = NULL;
  entrasync_history *history = NULL;

  CHECK(
      entrasync_client_open("shared.entraidconf", &client, NULL) == ENTRASYNC_OK
          && entrasync_list_create("remembered.txt", NULL, &list, NULL) == ENTRASYNC_OK
          && entrasync_list_add_client(list, client, NULL) == ENTRASYNC_OK
          && entrasync_list_create(NULL, NULL, &fetched, NULL) == ENTRASYNC_OK,
      "a list is made");
  CHECK(
      entrasync_list_read_history(list, 0, 10, &history, NULL) == ENTRASYNC_OK
          && entrasync_history_get_run_count(history) == 2,
      "a list reads its history where its client's STATEDIR has it");
  entrasync_history_free(history);
  CHECK(
      entrasync_list_read_history(fetched, 0, 10, &history, NULL) == ENTRASYNC_INVALID_ARGUMENT
          && history == NULL,
      "a list without a file has no history");
  CHECK(
      entrasync_list_read_history(NULL, 0, 10, &history, NULL) == ENTRASYNC_INVALID_ARGUMENT
          && entrasync_list_read_history(list, 0, 10, NULL, NULL) == ENTRASYNC_INVALID_ARGUMENT,
      "NULL is refused");
  entrasync_list_free(fetched);
  entrasync_list_free(list);
  entrasync_client_free(client);
}

static void failures_are_said(void)
{
  entrasync_history *history = (entrasync_history *)&history;
  entrasync_error *error = NULL;

  CHECK(
      entrasync_history_read("state", NULL, 0, 1, &history, &error) == ENTRASYNC_INVALID_ARGUMENT
          && history == NULL && strstr(entrasync_error_get_message(error, NULL), "list") != NULL,
      "a list that is NULL is refused");
  entrasync_error_free(error);
  CHECK(
      entrasync_history_read("state", "x", 0, 1, NULL, NULL) == ENTRASYNC_INVALID_ARGUMENT,
      "nowhere to put the history is refused");
  CHECK(
      entrasync_history_read("none", "x", 0, 1, &history, NULL) == ENTRASYNC_OK
          && entrasync_history_get_run_count(history) == 0,
      "a folder that is missing has no runs");
  entrasync_history_free(history);
  CHECK(
      entrasync_history_read("shared.entraidconf", "x", 0, 1, &history, &error) == ENTRASYNC_FILE
          && history == NULL
          && strstr(entrasync_error_get_message(error, NULL), "shared.entraidconf") != NULL,
      "a file in place of the folder is a failure, which names it");
  entrasync_error_free(error);
}

/* Troubles are noted beside the runs, and told when they are news. */
static void troubles_are_told_once(void)
{
  static const char *const warnings[] = {"2 addresses of \"a\"", "3 addresses of \"b\"", NULL};
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  entrasync_troubles *troubles = NULL;
  entrasync_error *error = NULL;
  size_t length = 99;

  CHECK(
      entrasync_client_open("shared.entraidconf", &client, NULL) == ENTRASYNC_OK
          && entrasync_list_create("troubled.txt", NULL, &list, NULL) == ENTRASYNC_OK
          && entrasync_list_add_client(list, client, NULL) == ENTRASYNC_OK,
      "a list is made");
  CHECK(
      entrasync_troubles_note(list, "it", "outage", warnings, 2, &troubles, NULL) == ENTRASYNC_OK
          && entrasync_troubles_get_noted(troubles) == 1
          && entrasync_troubles_get_count(troubles) == 3,
      "what a run has met is news");
  CHECK(
      entrasync_troubles_get_news(troubles, 0) == ENTRASYNC_NEWS_BEGINS
          && entrasync_troubles_get_failure(troubles, 0) == 1
          && strcmp(entrasync_troubles_get_text(troubles, 0, NULL), "outage") == 0
          && entrasync_troubles_get_since(troubles, 0) > 1700000000
          && entrasync_troubles_get_end(troubles, 0) == 0,
      "a failure begins");
  CHECK(
      entrasync_troubles_get_failure(troubles, 2) == 0
          && strcmp(entrasync_troubles_get_text(troubles, 2, &length), warnings[1]) == 0
          && length == strlen(warnings[1]),
      "a warning has its text");
  entrasync_troubles_free(troubles);
  CHECK(
      entrasync_troubles_note(list, "it", "outage", warnings, 2, &troubles, NULL) == ENTRASYNC_OK
          && entrasync_troubles_get_count(troubles) == 0,
      "it is news once");
  entrasync_troubles_free(troubles);
  CHECK(
      entrasync_troubles_note(list, "that", "outage", NULL, 0, &troubles, NULL) == ENTRASYNC_OK
          && entrasync_troubles_get_count(troubles) == 1,
      "of another subject it is news");
  entrasync_troubles_free(troubles);
  CHECK(
      entrasync_troubles_note(list, "it", NULL, NULL, 0, &troubles, NULL) == ENTRASYNC_OK
          && entrasync_troubles_get_count(troubles) == 2
          && entrasync_troubles_get_news(troubles, 0) == ENTRASYNC_NEWS_ENDS
          && entrasync_troubles_get_end(troubles, 0) >= entrasync_troubles_get_since(troubles, 0),
      "what is over is told");
  CHECK(
      entrasync_troubles_get_news(troubles, 2) == ENTRASYNC_NEWS_NONE
          && entrasync_troubles_get_text(troubles, SIZE_MAX, &length)[0] == '\0' && length == 0
          && entrasync_troubles_get_since(NULL, 0) == 0
          && entrasync_troubles_get_end(troubles, 2) == 0
          && entrasync_troubles_get_failure(NULL, 0) == 0 && entrasync_troubles_get_noted(NULL) == 0
          && entrasync_troubles_get_count(NULL) == 0,
      "nothing is asked in vain");
  entrasync_troubles_free(troubles);
  CHECK(
      entrasync_troubles_note(list, NULL, NULL, NULL, 0, &troubles, &error)
              == ENTRASYNC_INVALID_ARGUMENT
          && troubles == NULL && strstr(entrasync_error_get_message(error, NULL), "subject"),
      "a subject is needed");
  entrasync_error_free(error);
  CHECK(
      entrasync_troubles_note(list, "it", NULL, NULL, 1, &troubles, NULL)
              == ENTRASYNC_INVALID_ARGUMENT
          && entrasync_troubles_note(list, "it", NULL, warnings, 3, &troubles, NULL)
              == ENTRASYNC_INVALID_ARGUMENT
          && entrasync_troubles_note(list, "it", NULL, NULL, 0, NULL, NULL)
              == ENTRASYNC_INVALID_ARGUMENT,
      "NULL in place of warnings is refused");
  CHECK(
      entrasync_troubles_note(NULL, "it", "outage", NULL, 0, &troubles, NULL) == ENTRASYNC_OK
          && entrasync_troubles_get_count(troubles) == 1
          && entrasync_troubles_get_noted(troubles) == 0,
      "where nothing is remembered, everything is news");
  entrasync_troubles_free(troubles);
  entrasync_troubles_free(NULL);
  entrasync_list_free(list);
  entrasync_client_free(client);
}

int main(void)
{
  runs_are_remembered();
  bounds_are_kept();
  a_list_has_its_history();
  troubles_are_told_once();
  failures_are_said();
  return check_end();
}
