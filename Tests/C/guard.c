/*
 * The change guard: which change is made, which is stopped, and what a person can do. The cases
 * have the names that other directory tools give them. The group `single` has one person, `nested`
 * 35.
 */
#include "check.h"
#include "file_state.h"
#include "run_list.h"
#include <string.h>
#include <unistd.h>

static const char *const list = "guard.txt";

/* Writes a list with the lines of `known` and so many addresses that are in no group. */
static void fill(const char *known, int strangers)
{
  char text[8192];
  int number;
  size_t used;

  strcpy(text, known);
  for (number = 0; number < strangers; number++) {
    used = strlen(text);
    snprintf(text + used, sizeof text - used, "zz%03d@example.com\n", number);
  }
  file_write(list, text);
}

static char one_of_nested[256];

static int is_there(const char *ending)
{
  char path[256];

  snprintf(path, sizeof path, "%s%s", list, ending);
  return access(path, F_OK) == 0;
}

static void accept_next_run(void)
{
  char path[256];

  snprintf(path, sizeof path, "%s.accept", list);
  file_write(path, "");
}

/* One run that must write the list. */
static void check_made(const char *configuration, int accept, const char *name)
{
  run_result result = run_list(configuration, list, "{mail}", accept);

  CHECK(result.status == ENTRASYNC_OK, "%s", name);
  CHECK(!is_there(".proposed") && !is_there(".proposed.diff"), "%s: no proposal is left", name);
  CHECK(!is_there(".accept"), "%s: no acceptance is left", name);
  run_free(result);
}

/* One run that the guard must stop with these words. */
static void check_stopped(const char *configuration, const char *words, const char *name)
{
  file_state before = file_look(list), after;
  run_result result = run_list(configuration, list, "{mail}", 0);

  after = file_look(list);
  CHECK(result.status == ENTRASYNC_GUARD, "%s", name);
  CHECK(
      strstr(entrasync_error_get_message(result.error, NULL), words) != NULL,
      "%s: the message says \"%s\"", name, words);
  CHECK(
      strstr(entrasync_error_get_message(result.error, NULL), "touch guard.txt.accept") != NULL,
      "%s: the message says how to accept the change", name);
  CHECK(file_untouched(before, after), "%s: the list is untouched", name);
  CHECK(result.report == NULL, "%s: there is no report", name);
  CHECK(is_there(".proposed") && is_there(".proposed.diff"), "%s: the proposal is kept", name);
  file_forget(before);
  file_forget(after);
  run_free(result);
}

static const char only[] = "ainoa.jasen@example.com\n";

static void hits_removal_threshold(void)
{
  fill(only, 19);
  check_stopped(
      "guard-default.entraidconf", "19 of 20 lines would be removed, more than MAXREMOVED (50%)",
      "HitRemovalThreshold: a change over a percentage is stopped");
  fill(only, 3);
  check_stopped(
      "guard-2.entraidconf", "3 of 4 lines would be removed, more than MAXREMOVED (2)",
      "HitRemovalThreshold: a change over a number of lines is stopped");
  fill(only, 2);
  check_made("guard-2.entraidconf", 0, "HitRemovalThreshold: a change at the threshold is made");
}

static void hits_additions_threshold(void)
{
  fill(one_of_nested, 9);
  check_stopped(
      "guard-added.entraidconf", "lines would be added to 10, more than MAXADDED (20%)",
      "HitAdditionsThreshold: a change over a percentage is stopped");
  fill(one_of_nested, 0);
  check_stopped(
      "guard-added-5.entraidconf", "lines would be added to 1, more than MAXADDED (5)",
      "HitAdditionsThreshold: a change over a number of lines is stopped");
  fill(one_of_nested, 9);
  check_stopped(
      "guard-nested.entraidconf", "lines would be added to 10, more than MAXADDED (200%)",
      "HitAdditionsThreshold: a change over the default is stopped");
  fill(one_of_nested, 8);
  check_made(
      "guard-nested.entraidconf", 0,
      "HitAdditionsThreshold: the default exempts a list of nine lines");
}

static void never_replaces_all(void)
{
  fill("", 1);
  check_stopped(
      "guard-off.entraidconf", "none of its 1 lines would stay",
      "small lists: replacing the only line is stopped");
  fill("", 9);
  check_stopped(
      "guard-off.entraidconf", "none of its 9 lines would stay",
      "small lists: replacing nine lines of nine is stopped");
  check_made(
      "guard-off.entraidconf", 1,
      "small lists: replacing nine lines of nine is made when accepted");
}

static void ignores_threshold_once(void)
{
  fill(only, 19);
  check_stopped(
      "guard-default.entraidconf", "19 of 20",
      "IgnoreThresholdOnce: a change is stopped without acceptance");
  check_made(
      "guard-default.entraidconf", 1,
      "IgnoreThresholdOnce: a change is made when the caller accepts it");
  fill(only, 19);
  check_stopped(
      "guard-default.entraidconf", "19 of 20",
      "IgnoreThresholdOnce: the caller's acceptance counts only once");
  accept_next_run();
  check_made(
      "guard-default.entraidconf", 0,
      "IgnoreThresholdOnce: a change is made when an .accept file is there");
  fill(only, 19);
  check_stopped(
      "guard-default.entraidconf", "19 of 20",
      "IgnoreThresholdOnce: an .accept file counts only once");
}

/*
 * One run that the guard must stop although the caller, or a file, accepts the change, and why that
 * does not count.
 */
static void check_not_accepted(
    const char *configuration, int is_callers, const char *words, const char *name)
{
  file_state before = file_look(list), after;
  run_result result;

  if (!is_callers)
    accept_next_run();
  result = run_list(configuration, list, "{mail}", is_callers);
  after = file_look(list);
  CHECK(result.status == ENTRASYNC_GUARD, "%s: the run is stopped", name);
  CHECK(
      strstr(entrasync_error_get_message(result.error, NULL), words) != NULL,
      "%s: the message says \"%s\"", name, words);
  CHECK(file_untouched(before, after), "%s: the list is untouched", name);
  file_forget(before);
  file_forget(after);
  run_free(result);
}

static void accepts_what_was_shown(void)
{
  unlink("guard.txt.proposed");
  unlink("guard.txt.proposed.diff");
  fill(only, 19);
  check_not_accepted(
      "guard-default.entraidconf", 0, "guard.txt.accept accepted nothing: no stopped run has left",
      "an acceptance without a proposal");
  fill(only, 20);
  check_not_accepted(
      "guard-default.entraidconf", 0, "is used up, since it is for another change",
      "an acceptance of one line less");
  fill(only, 19);
  check_not_accepted(
      "guard-empty.entraidconf", 0, "is used up, since it is for another change",
      "an acceptance of another change than emptying");
  accept_next_run();
  check_made("guard-empty.entraidconf", 0, "an acceptance of emptying: the list is emptied");
}

static void accepts_for_the_caller_what_was_shown(void)
{
  unlink("guard.txt.proposed");
  unlink("guard.txt.proposed.diff");
  fill(only, 1);
  check_not_accepted(
      "guard-empty.entraidconf", 1,
      "nothing was accepted, since no stopped run has left a proposal",
      "a caller who accepts emptying a list of two lines without a proposal");
  fill(only, 2);
  check_not_accepted(
      "guard-empty.entraidconf", 1,
      "nothing was accepted, since the proposal was of another change",
      "a caller who accepts one line less");
  check_made("guard-empty.entraidconf", 1, "a caller who accepts what was shown: it is made");
}

static void never_empties(void)
{
  fill(only, 0);
  check_stopped(
      "guard-empty.entraidconf", "every line (1) would be removed",
      "AllowEmptyDestination: a small list is not emptied");
  fill(only, 30);
  check_stopped(
      "guard-empty-off.entraidconf", "every line (31) would be removed",
      "AllowEmptyDestination: a list without a threshold is not emptied");
  check_made(
      "guard-empty-off.entraidconf", 1,
      "AllowEmptyDestination: a list is emptied when that is accepted");
  fill(only, 9);
  check_stopped(
      "guard-default.entraidconf", "9 of 10 lines would be removed",
      "small lists: removing 9 of 10 lines is stopped");
  fill(only, 8);
  check_made("guard-default.entraidconf", 0, "small lists: removing 8 of 9 lines is made");
}

static void makes_first_run(void)
{
  unlink(list);
  check_made("guard-strict.entraidconf", 0, "FirstRun: a missing list is filled");
  file_write(list, "");
  check_made("guard-strict.entraidconf", 0, "FirstRun: an empty list is filled");
}

/* One run that finds nobody for a list without lines. */
static void check_finds_nobody(const char *name)
{
  int accept, is_missing = access(list, F_OK) != 0;

  for (accept = 0; accept < 2; accept++) {
    file_state before = file_look(list), after;
    run_result result = run_list("guard-empty-off.entraidconf", list, "{mail}", accept);

    after = file_look(list);
    CHECK(result.status == ENTRASYNC_GUARD, "%s: it fails", name);
    CHECK(
        strstr(entrasync_error_get_message(result.error, NULL), "check GROUPID") != NULL,
        "%s: the message says what to do", name);
    CHECK(
        is_missing ? access(list, F_OK) != 0 : file_untouched(before, after),
        "%s: nothing is written", name);
    CHECK(!is_there(".proposed") && !is_there(".proposed.diff"), "%s: nothing is proposed", name);
    file_forget(before);
    file_forget(after);
    run_free(result);
  }
}

static void finds_nobody_at_first(void)
{
  unlink(list);
  check_finds_nobody("FirstRun: nobody is found for a missing list");
  file_write(list, "");
  check_finds_nobody("FirstRun: nobody is found for an empty list");
}

/* 64 MiB are all that a run reads back. */
static void never_writes_what_cannot_be_read(void)
{
  static char line_template[3 << 20];
  file_state before, after;
  run_result result;

  unlink(list);
  check_made("guard-nested.entraidconf", 0, "a list that can be read back is written");
  memset(line_template, 'x', sizeof line_template - 1);
  memcpy(line_template, "{mail} ", 7);
  before = file_look(list);
  result = run_list("guard-nested.entraidconf", list, line_template, 1);
  after = file_look(list);
  CHECK(result.status == ENTRASYNC_FILE, "a list that cannot be read back is not written");
  CHECK(
      strstr(entrasync_error_get_message(result.error, NULL), "more than 67108864") != NULL,
      "a list that cannot be read back: the message names the limit");
  CHECK(
      file_untouched(before, after), "a list that cannot be read back: the old list is untouched");
  CHECK(!is_there(".proposed"), "a list that cannot be read back: nothing is proposed");
  file_forget(before);
  file_forget(after);
  run_free(result);
  unlink(list);
}

static void makes_no_change(void)
{
  file_state before, after;

  fill(only, 0);
  before = file_look(list);
  check_made(
      "guard-strict.entraidconf", 0, "NoMembershipChanges: a run that changes nothing is made");
  after = file_look(list);
  CHECK(file_untouched(before, after), "NoMembershipChanges: the list is untouched");
  file_forget(before);
  file_forget(after);
}

static void tells_zero_from_off(void)
{
  fill(only, 1);
  check_stopped(
      "guard-strict.entraidconf", "1 of 2 lines would be removed, more than MAXREMOVED (0)",
      "MAXREMOVED = 0: no removal is allowed");
  fill(one_of_nested, 0);
  check_stopped(
      "guard-added-0.entraidconf", "lines would be added to 1, more than MAXADDED (0)",
      "MAXADDED = 0: no addition is allowed");
  fill(only, 99);
  check_made("guard-off.entraidconf", 0, "MAXREMOVED = off: any removal is allowed");
  fill(one_of_nested, 9);
  check_made("guard-added-off.entraidconf", 0, "MAXADDED = off: any addition is allowed");
}

static void runs_dry(void)
{
  entrasync_client *client = NULL;
  entrasync_list *preview = NULL;
  entrasync_report *report = NULL;
  file_state before, after;

  fill(only, 19);
  check_stopped("guard-default.entraidconf", "19 of 20", "DryRun: a change is stopped first");
  accept_next_run();
  before = file_look(list);
  if (entrasync_client_open("guard-default.entraidconf", &client, NULL) == ENTRASYNC_OK
      && entrasync_list_create(list, "{mail}", &preview, NULL) == ENTRASYNC_OK)
    entrasync_list_add_client(preview, client, NULL);
  CHECK(
      entrasync_list_preview(preview, &report, NULL) == ENTRASYNC_OK,
      "DryRun: a change that the guard would stop can be previewed");
  CHECK(
      entrasync_report_get_count(report, ENTRASYNC_COUNT_REMOVED) == 19,
      "DryRun: the report counts the lines that would be removed");
  CHECK(
      strcmp(entrasync_report_get_removed_line(report, 0, NULL), "zz000@example.com") == 0,
      "DryRun: the report has the lines that would be removed");
  CHECK(
      strcmp(entrasync_report_get_removed_line(report, 19, NULL), "") == 0,
      "DryRun: the report has no line beyond the last");
  CHECK(
      strcmp(entrasync_report_get_added_line(report, 0, NULL), "") == 0,
      "DryRun: the report has no line that would be added");
  CHECK(
      strncmp(entrasync_report_get_guard(report, NULL), "19 of 20 lines", 14) == 0,
      "DryRun: the report says what the guard has against the change");
  CHECK(
      entrasync_report_get_changed(report) == 1,
      "DryRun: the report says that the list would change");
  after = file_look(list);
  CHECK(file_untouched(before, after), "DryRun: the list is untouched");
  CHECK(
      is_there(".accept") && is_there(".proposed"),
      "DryRun: the acceptance is not used up, and the proposal stays");
  check_made("guard-default.entraidconf", 0, "DryRun: a real run uses the acceptance");
  entrasync_report_free(report);
  entrasync_list_free(preview);
  entrasync_client_free(client);
  file_forget(before);
  file_forget(after);
}

/* Finds out one of the people of the group `nested`. */
static void read_one_of_nested(void)
{
  entrasync_client *client = NULL;
  entrasync_list *people = NULL;

  if (entrasync_client_open("guard-nested.entraidconf", &client, NULL) == ENTRASYNC_OK
      && entrasync_list_create(NULL, "{mail}", &people, NULL) == ENTRASYNC_OK
      && entrasync_list_add_client(people, client, NULL) == ENTRASYNC_OK)
    entrasync_list_fetch(people, NULL, NULL);
  CHECK(entrasync_list_get_line_count(people) > 20, "the group nested has more than 20 people");
  snprintf(one_of_nested, sizeof one_of_nested, "%s\n", entrasync_list_get_line(people, 0, NULL));
  entrasync_list_free(people);
  entrasync_client_free(client);
}

int main(void)
{
  read_one_of_nested();
  hits_removal_threshold();
  hits_additions_threshold();
  ignores_threshold_once();
  accepts_what_was_shown();
  accepts_for_the_caller_what_was_shown();
  never_empties();
  never_replaces_all();
  makes_first_run();
  finds_nobody_at_first();
  never_writes_what_cannot_be_read();
  makes_no_change();
  tells_zero_from_off();
  runs_dry();
  return check_end();
}
