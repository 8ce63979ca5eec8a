/*
 * The change guard, each case by the name that the field gives it: which change is made, which is
 * stopped, and what a person can do. The group `single` has one person, `nested` 35.
 */
#include "check.h"
#include "file_state.h"
#include "run_list.h"
#include <string.h>
#include <unistd.h>

static const char *const list = "guard.txt";

/* A list with so many lines, of which none is in any group, after those of `known`. */
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

/* One run that has to be made. */
static void check_made(const char *configuration, int accept, const char *name)
{
  run_result result = run_list(configuration, list, "{mail}", accept);

  CHECK(result.status == ENTRASYNC_OK, name);
  CHECK(!is_there(".proposed") && !is_there(".proposed.diff"), "and no proposal stays");
  CHECK(!is_there(".accept"), "nor an acceptance");
  run_free(result);
}

/* One run that the guard has to stop with these words. */
static void check_stopped(const char *configuration, const char *words, const char *name)
{
  file_state before = file_look(list), after;
  run_result result = run_list(configuration, list, "{mail}", 0);

  after = file_look(list);
  CHECK(result.status == ENTRASYNC_GUARD, name);
  CHECK(strstr(entrasync_error_get_message(result.error, NULL), words) != NULL, words);
  CHECK(
      strstr(entrasync_error_get_message(result.error, NULL), "touch guard.txt.accept") != NULL,
      "with what to do");
  CHECK(file_untouched(before, after), "the list is as it was");
  CHECK(result.report == NULL, "there is no report");
  CHECK(is_there(".proposed") && is_there(".proposed.diff"), "the proposal is kept");
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
      "HitRemovalThreshold: by a percentage");
  fill(only, 3);
  check_stopped(
      "guard-2.entraidconf", "3 of 4 lines would be removed, more than MAXREMOVED (2)",
      "HitRemovalThreshold: by a count");
  fill(only, 2);
  check_made("guard-2.entraidconf", 0, "at the threshold it is made");
}

static void hits_additions_threshold(void)
{
  fill("aa@example.com\n", 9);
  check_stopped(
      "guard-added.entraidconf", "lines would be added to 10, more than MAXADDED (20%)",
      "HitAdditionsThreshold: by a percentage");
  fill("aa@example.com\n", 0);
  check_stopped(
      "guard-added-5.entraidconf", "lines would be added to 1, more than MAXADDED (5)",
      "HitAdditionsThreshold: by a count");
}

static void ignores_threshold_once(void)
{
  fill(only, 19);
  check_stopped("guard-default.entraidconf", "19 of 20", "IgnoreThresholdOnce: stopped at first");
  check_made("guard-default.entraidconf", 1, "made when the caller accepts it");
  fill(only, 19);
  check_stopped("guard-default.entraidconf", "19 of 20", "and stopped again the next time");
  accept_next_run();
  check_made("guard-default.entraidconf", 0, "made when a person left an acceptance");
  fill(only, 19);
  check_stopped("guard-default.entraidconf", "19 of 20", "which counts no second time");
}

static void never_empties(void)
{
  fill(only, 0);
  check_stopped(
      "guard-empty.entraidconf", "every line (1) would be removed",
      "a small list is guarded against emptying");
  fill(only, 30);
  check_stopped(
      "guard-empty-off.entraidconf", "every line (31) would be removed",
      "and any list without a threshold too");
  check_made("guard-empty-off.entraidconf", 1, "AllowEmptyDestination: once, when accepted");
  fill(only, 9);
  check_stopped(
      "guard-default.entraidconf", "9 of 10 lines would be removed", "ten lines count as many");
  fill(only, 8);
  check_made("guard-default.entraidconf", 0, "nine do not");
}

static void makes_first_run(void)
{
  unlink(list);
  check_made("guard-strict.entraidconf", 0, "FirstRun: a missing list is filled");
  file_write(list, "");
  check_made("guard-strict.entraidconf", 0, "FirstRun: so is an empty one");
}

static void makes_no_change(void)
{
  file_state before, after;

  fill(only, 0);
  before = file_look(list);
  check_made("guard-strict.entraidconf", 0, "NoMembershipChanges: nothing to stop");
  after = file_look(list);
  CHECK(file_untouched(before, after), "and nothing is written");
  file_forget(before);
  file_forget(after);
}

static void tells_zero_from_off(void)
{
  fill(only, 1);
  check_stopped(
      "guard-strict.entraidconf", "1 of 2 lines would be removed, more than MAXREMOVED (0)",
      "0 allows no removal");
  fill("", 1);
  check_stopped(
      "guard-added-0.entraidconf", "1 lines would be added to 1, more than MAXADDED (0)",
      "0 allows no addition");
  fill(only, 99);
  check_made("guard-off.entraidconf", 0, "off allows any removal");
  fill("aa@example.com\n", 0);
  check_made("guard-added-off.entraidconf", 0, "off allows any addition");
}

static void runs_dry(void)
{
  entrasync_client *client = NULL;
  entrasync_list *preview = NULL;
  entrasync_report *report = NULL;
  file_state before, after;

  fill(only, 19);
  accept_next_run();
  before = file_look(list);
  if (entrasync_client_open("guard-default.entraidconf", &client, NULL) == ENTRASYNC_OK
      && entrasync_list_create(list, "{mail}", &preview, NULL) == ENTRASYNC_OK)
    entrasync_list_add_client(preview, client, NULL);
  CHECK(
      entrasync_list_preview(preview, &report, NULL) == ENTRASYNC_OK,
      "DryRun: a change that would be stopped can be looked at");
  CHECK(entrasync_report_get_count(report, ENTRASYNC_COUNT_REMOVED) == 19, "its figures");
  CHECK(
      strcmp(entrasync_report_get_removed_line(report, 0, NULL), "zz000@example.com") == 0,
      "its lines");
  CHECK(strcmp(entrasync_report_get_removed_line(report, 19, NULL), "") == 0, "and no more");
  CHECK(strcmp(entrasync_report_get_added_line(report, 0, NULL), "") == 0, "nothing comes");
  CHECK(
      strncmp(entrasync_report_get_guard(report, NULL), "19 of 20 lines", 14) == 0,
      "what the guard has against it");
  CHECK(entrasync_report_get_changed(report) == 1, "that it is a change");
  after = file_look(list);
  CHECK(file_untouched(before, after), "the list is as it was");
  CHECK(is_there(".accept") && !is_there(".proposed"), "the acceptance is not used up");
  check_made("guard-default.entraidconf", 0, "a real run uses it");
  entrasync_report_free(report);
  entrasync_list_free(preview);
  entrasync_client_free(client);
  file_forget(before);
  file_forget(after);
}

int main(void)
{
  hits_removal_threshold();
  hits_additions_threshold();
  ignores_threshold_once();
  never_empties();
  makes_first_run();
  makes_no_change();
  tells_zero_from_off();
  runs_dry();
  return check_end();
}
