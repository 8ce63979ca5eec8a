/* Checks of a client as a C program makes them. */
#include "check.h"
#include <entrasync.h>
#include <string.h>
#include <time.h>

static entrasync_check *prepared(const char *configuration)
{
  entrasync_client *client = NULL;
  entrasync_check *check = NULL;

  CHECK(entrasync_client_open(configuration, &client, NULL) == ENTRASYNC_OK, configuration);
  CHECK(entrasync_check_create(client, &check, NULL) == ENTRASYNC_OK, "can be checked");
  /* The check keeps it. */
  entrasync_client_free(client);
  return check;
}

static void null_is_refused(void)
{
  entrasync_client *client = NULL;
  entrasync_check *check = NULL;
  entrasync_report *report = NULL;
  entrasync_error *error = NULL;
  size_t length = 99;

  CHECK(entrasync_check_create(NULL, &check, &error) == ENTRASYNC_INVALID_ARGUMENT, "no client");
  CHECK(entrasync_error_get_status(error) == ENTRASYNC_INVALID_ARGUMENT, "its error says so");
  entrasync_error_free(error);
  CHECK(check == NULL, "and there is no check");
  CHECK(entrasync_client_open("desk.entraidconf", &client, NULL) == ENTRASYNC_OK, "it opens");
  CHECK(entrasync_check_create(client, NULL, NULL) == ENTRASYNC_INVALID_ARGUMENT, "no check");
  entrasync_client_free(client);
  CHECK(entrasync_check_run(NULL, &report, NULL) == ENTRASYNC_INVALID_ARGUMENT, "run: no check");
  CHECK(report == NULL, "and there is no report");

  CHECK(entrasync_check_get_step_count(NULL) == 0, "step count");
  CHECK(
      strcmp(entrasync_check_get_step_name(NULL, 0, &length), "") == 0 && length == 0, "step name");
  CHECK(entrasync_check_get_step_outcome(NULL, 0) == ENTRASYNC_OUTCOME_NONE, "step outcome");
  CHECK(strcmp(entrasync_check_get_step_text(NULL, 0, NULL), "") == 0, "step text");
  CHECK(entrasync_check_get_sample_count(NULL) == 0, "sample count");
  CHECK(strcmp(entrasync_check_get_sample(NULL, 0, NULL), "") == 0, "sample");
  CHECK(entrasync_check_get_token_end(NULL) == 0, "token end");
  entrasync_check_free(NULL);
  CHECK(1, "what returns nothing accepts NULL");
}

static void all_is_well(void)
{
  static const char *const names[] = {"host",  "token",   "permissions", "host",
                                      "group", "members", "attribute",   "attribute"};
  static const size_t outside[] = {8, 9, (size_t)-1, (size_t)-1 / 2 + 1};
  entrasync_check *check = prepared("phones.entraidconf");
  entrasync_report *report = NULL;
  size_t index, length = 0;
  int64_t end;
  time_t before = time(NULL);

  CHECK(entrasync_check_get_step_count(check) == 0, "nothing is known before");
  CHECK(entrasync_check_get_token_end(check) == 0, "not even a token");
  CHECK(entrasync_check_run(check, &report, NULL) == ENTRASYNC_OK, "a group that is in order");
  CHECK(entrasync_check_get_step_count(check) == 8, "has eight steps");
  for (index = 0; index < 8; index++) {
    const char *text = entrasync_check_get_step_text(check, index, &length);

    CHECK(strlen(text) == length && length > 10 && !strchr(text, '\n'), text);
    CHECK(strcmp(entrasync_check_get_step_name(check, index, &length), names[index]) == 0, "named");
    CHECK(length == strlen(names[index]), "with its length");
    CHECK(
        entrasync_check_get_step_outcome(check, index)
            == (index < 5 ? ENTRASYNC_OUTCOME_PASSED : ENTRASYNC_OUTCOME_DOUBTFUL),
        "and not failed");
  }
  CHECK(entrasync_check_get_sample_count(check) == 5, "five samples");
  for (index = 0; index < 5; index++)
    CHECK(
        strstr(entrasync_check_get_sample(check, index, &length), ".com ") != NULL && length > 20,
        "with all attributes");
  CHECK(entrasync_report_get_count(report, ENTRASYNC_COUNT_FETCHED) == 1200, "all were read");
  end = entrasync_check_get_token_end(check);
  CHECK(end > (int64_t)before && end < (int64_t)before + 2 * 86400, "the token ends some day");

  for (index = 0; index < sizeof outside / sizeof outside[0]; index++) {
    length = 99;
    CHECK(
        entrasync_check_get_step_text(check, outside[index], &length)[0] == '\0' && length == 0,
        "no text outside");
    CHECK(entrasync_check_get_step_name(check, outside[index], NULL)[0] == '\0', "no name");
    CHECK(
        entrasync_check_get_step_outcome(check, outside[index]) == ENTRASYNC_OUTCOME_NONE,
        "no outcome");
    CHECK(entrasync_check_get_sample(check, outside[index], NULL)[0] == '\0', "no sample");
  }
  entrasync_report_free(report);

  CHECK(entrasync_check_run(check, NULL, NULL) == ENTRASYNC_OK, "it can be run again");
  CHECK(entrasync_check_get_step_count(check) == 8, "and begins anew");
  entrasync_check_free(check);
}

static void a_failure_is_the_last_step(void)
{
  static const struct {
    const char *configuration;
    entrasync_status status;
    const char *step;
  } failures[] = {
      {"wrong-secret.entraidconf", ENTRASYNC_AUTHENTICATION, "token"},
      {"unknown-client.entraidconf", ENTRASYNC_AUTHENTICATION, "token"},
      {"unknown-group.entraidconf", ENTRASYNC_NOT_FOUND, "group"},
      {"no-permission.entraidconf", ENTRASYNC_PERMISSION, "members"},
      /* Members that are throttled for an hour. */
      {"desk.entraidconf", ENTRASYNC_THROTTLED, "members"},
      {"no-key.entraidconf", ENTRASYNC_CONFIGURATION, "credential"},
      {"mismatched.entraidconf", ENTRASYNC_CONFIGURATION, "credential"},
  };
  size_t index;

  for (index = 0; index < sizeof failures / sizeof failures[0]; index++) {
    entrasync_check *check = prepared(failures[index].configuration);
    entrasync_error *error = NULL;
    entrasync_status status;
    size_t last;

    status = entrasync_check_run(check, NULL, &error);
    if (!CHECK(status == failures[index].status, "it fails as expected"))
      fprintf(stderr, "# the status of %s was %d\n", failures[index].configuration, (int)status);
    last = entrasync_check_get_step_count(check) - 1;
    CHECK(
        strcmp(entrasync_check_get_step_name(check, last, NULL), failures[index].step) == 0,
        failures[index].step);
    CHECK(
        entrasync_check_get_step_outcome(check, last) == ENTRASYNC_OUTCOME_FAILED,
        "is the last step");
    CHECK(
        strstr(
            entrasync_error_get_message(error, NULL),
            entrasync_check_get_step_text(check, last, NULL))
            != NULL,
        "and the error says the same");
    CHECK(entrasync_check_get_sample_count(check) == 0, "there are no samples");
    entrasync_error_free(error);
    entrasync_check_free(check);
  }
}

int main(void)
{
  null_is_refused();
  all_is_well();
  a_failure_is_the_last_step();
  return check_end();
}
