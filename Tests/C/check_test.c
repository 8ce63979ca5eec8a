/* Checks of a client, from a C program. */
#include "check.h"
#include <entrasync.h>
#include <string.h>
#include <time.h>

static entrasync_check *prepared(const char *configuration)
{
  entrasync_client *client = NULL;
  entrasync_check *check = NULL;

  CHECK(
      entrasync_client_open(configuration, &client, NULL) == ENTRASYNC_OK,
      "%s: the configuration opens", configuration);
  CHECK(
      entrasync_check_create(client, &check, NULL) == ENTRASYNC_OK, "%s: a check is created",
      configuration);
  /* The check keeps the client. */
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

  CHECK(
      entrasync_check_create(NULL, &check, &error) == ENTRASYNC_INVALID_ARGUMENT,
      "check_create: a NULL client is refused");
  CHECK(
      entrasync_error_get_status(error) == ENTRASYNC_INVALID_ARGUMENT,
      "check_create: the error of a NULL client has the same status");
  entrasync_error_free(error);
  CHECK(check == NULL, "check_create: a NULL client gives no check");
  CHECK(
      entrasync_client_open("desk.entraidconf", &client, NULL) == ENTRASYNC_OK,
      "client_open: a client to check opens");
  CHECK(
      entrasync_check_create(client, NULL, NULL) == ENTRASYNC_INVALID_ARGUMENT,
      "check_create: a NULL result is refused");
  entrasync_client_free(client);
  CHECK(
      entrasync_check_run(NULL, &report, NULL) == ENTRASYNC_INVALID_ARGUMENT,
      "check_run: a NULL check is refused");
  CHECK(report == NULL, "check_run: a NULL check gives no report");

  CHECK(entrasync_check_get_step_count(NULL) == 0, "check_get_step_count: NULL gives 0");
  CHECK(
      strcmp(entrasync_check_get_step_name(NULL, 0, &length), "") == 0 && length == 0,
      "check_get_step_name: NULL gives the empty text");
  CHECK(
      entrasync_check_get_step_outcome(NULL, 0) == ENTRASYNC_OUTCOME_NONE,
      "check_get_step_outcome: NULL gives ENTRASYNC_OUTCOME_NONE");
  CHECK(
      strcmp(entrasync_check_get_step_text(NULL, 0, NULL), "") == 0,
      "check_get_step_text: NULL gives the empty text");
  CHECK(entrasync_check_get_sample_count(NULL) == 0, "check_get_sample_count: NULL gives 0");
  CHECK(
      strcmp(entrasync_check_get_sample(NULL, 0, NULL), "") == 0,
      "check_get_sample: NULL gives the empty text");
  CHECK(entrasync_check_get_token_end(NULL) == 0, "check_get_token_end: NULL gives 0");
  entrasync_check_free(NULL);
  CHECK(1, "check_free accepts NULL");
}

static void all_is_well(void)
{
  static const char *const names[] = {"host",  "token",   "permissions", "host",
                                      "group", "members", "attribute",   "attribute"};
  size_t outside[] = {0, 0, (size_t)-1, (size_t)-1 / 2 + 1};
  entrasync_check *check = prepared("phones.entraidconf");
  entrasync_report *report = NULL;
  size_t index, count, length = 0;
  int64_t end;
  time_t before = time(NULL);

  CHECK(
      entrasync_check_get_step_count(check) == 0,
      "check_get_step_count: there is no step before the run");
  CHECK(
      entrasync_check_get_token_end(check) == 0,
      "check_get_token_end: there is no token before the run");
  CHECK(
      entrasync_check_run(check, &report, NULL) == ENTRASYNC_OK,
      "check_run: a group that is in order passes");
  count = entrasync_check_get_step_count(check);
  CHECK(count > 8, "check_get_step_count: eight steps, and one for each person who is left out");
  CHECK(
      strncmp(entrasync_check_get_step_text(check, 8, NULL), "left out: ", 10) == 0
          && strcmp(entrasync_check_get_step_name(check, 8, NULL), "members") == 0,
      "check_get_step_text: a person who is left out is a step of the members");
  outside[0] = count;
  outside[1] = count + 1;
  for (index = 0; index < 8; index++) {
    const char *text = entrasync_check_get_step_text(check, index, &length);

    CHECK(
        strlen(text) == length && length > 10 && !strchr(text, '\n'),
        "check_get_step_text: the text of step %zu is one line", index);
    CHECK(
        strcmp(entrasync_check_get_step_name(check, index, &length), names[index]) == 0,
        "check_get_step_name: step %zu is called %s", index, names[index]);
    CHECK(
        length == strlen(names[index]),
        "check_get_step_name: the length of the name of step %zu is right", index);
    CHECK(
        entrasync_check_get_step_outcome(check, index)
            == (index < 5 ? ENTRASYNC_OUTCOME_PASSED : ENTRASYNC_OUTCOME_DOUBTFUL),
        "check_get_step_outcome: step %zu did not fail", index);
  }
  CHECK(
      entrasync_check_get_sample_count(check) == 5,
      "check_get_sample_count: five samples are kept");
  for (index = 0; index < 5; index++)
    CHECK(
        strstr(entrasync_check_get_sample(check, index, &length), ".com ") != NULL && length > 20,
        "check_get_sample: sample %zu has all attributes", index);
  CHECK(
      entrasync_report_get_count(report, ENTRASYNC_COUNT_FETCHED) == 1200,
      "check_run: the report counts 1200 people");
  end = entrasync_check_get_token_end(check);
  CHECK(
      end > (int64_t)before && end < (int64_t)before + 2 * 86400,
      "check_get_token_end: the token ends within two days");

  for (index = 0; index < sizeof outside / sizeof outside[0]; index++) {
    length = 99;
    CHECK(
        entrasync_check_get_step_text(check, outside[index], &length)[0] == '\0' && length == 0,
        "check_get_step_text: step %zu has no text", outside[index]);
    CHECK(
        entrasync_check_get_step_name(check, outside[index], NULL)[0] == '\0',
        "check_get_step_name: step %zu has no name", outside[index]);
    CHECK(
        entrasync_check_get_step_outcome(check, outside[index]) == ENTRASYNC_OUTCOME_NONE,
        "check_get_step_outcome: step %zu has no outcome", outside[index]);
    CHECK(
        entrasync_check_get_sample(check, outside[index], NULL)[0] == '\0',
        "check_get_sample: sample %zu is empty", outside[index]);
  }
  entrasync_report_free(report);

  CHECK(
      entrasync_check_run(check, NULL, NULL) == ENTRASYNC_OK,
      "check_run: a check can be run again");
  CHECK(
      entrasync_check_get_step_count(check) == count,
      "check_get_step_count: a second run counts its own steps only");
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
      /* Graph throttles requests for these members for an hour. */
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
    if (!CHECK(
            status == failures[index].status, "%s: the check fails with status %d",
            failures[index].configuration, (int)failures[index].status))
      fprintf(stderr, "# the status of %s was %d\n", failures[index].configuration, (int)status);
    last = entrasync_check_get_step_count(check) - 1;
    CHECK(
        strcmp(entrasync_check_get_step_name(check, last, NULL), failures[index].step) == 0,
        "%s: the last step is %s", failures[index].configuration, failures[index].step);
    CHECK(
        entrasync_check_get_step_outcome(check, last) == ENTRASYNC_OUTCOME_FAILED,
        "%s: the last step has failed", failures[index].configuration);
    CHECK(
        strstr(
            entrasync_error_get_message(error, NULL),
            entrasync_check_get_step_text(check, last, NULL))
            != NULL,
        "%s: the error says what the last step says", failures[index].configuration);
    CHECK(
        entrasync_check_get_sample_count(check) == 0, "%s: there are no samples",
        failures[index].configuration);
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
