/*
 * Whatever fails, the previous list stays: the same bytes in the same file. A missing list stays
 * missing.
 */
#include "check.h"
#include "file_state.h"
#include "run_list.h"
#include <string.h>
#include <sys/stat.h>

static const struct {
  const char *configuration;
  entrasync_status status;
  int32_t http_status;
  int32_t aadsts_code;
  const char *server_code;
  const char *mention;
} failures[] = {
    {"wrong-secret.entraidconf", ENTRASYNC_AUTHENTICATION, 401, 7000215, "invalid_client",
     "secret"},
    {"unknown-client.entraidconf", ENTRASYNC_AUTHENTICATION, 400, 700016, "unauthorized_client",
     ""},
    {"unknown-tenant.entraidconf", ENTRASYNC_AUTHENTICATION, 400, 90002, "invalid_request",
     "tenant"},
    {"unknown-group.entraidconf", ENTRASYNC_NOT_FOUND, 404, 0, "Request_ResourceNotFound", "group"},
    {"stopped.entraidconf", ENTRASYNC_NETWORK, 0, 0, "", "127.0.0.1"},
    {"no-permission.entraidconf", ENTRASYNC_PERMISSION, 0, 0, "", "User.Read.All"},
    {"spliced.entraidconf", ENTRASYNC_SERVER, 0, 0, "", ""},
    {"throttled.entraidconf", ENTRASYNC_THROTTLED, 429, 0, "TooManyRequests", ""},
    {"stalled.entraidconf", ENTRASYNC_TIMEOUT, 0, 0, "", "TIMEOUT"},
    {"empty.entraidconf", ENTRASYNC_GUARD, 0, 0, "", "failures.txt"},
};

static void check_error(size_t index, const entrasync_error *error)
{
  const char *message = entrasync_error_get_message(error, NULL);

  if (!CHECK(
          entrasync_error_get_status(error) == failures[index].status
              && entrasync_error_get_aadsts_code(error) == failures[index].aadsts_code,
          "%s: the error has the right status and AADSTS code", failures[index].configuration))
    fprintf(stderr, "# status %d: %s\n", (int)entrasync_error_get_status(error), message);
  CHECK(
      entrasync_error_get_http_status(error) == failures[index].http_status,
      "%s: the error has the right HTTP status", failures[index].configuration);
  CHECK(
      strcmp(entrasync_error_get_server_code(error, NULL), failures[index].server_code) == 0,
      "%s: the error has the server's own code", failures[index].configuration);
  CHECK(
      (entrasync_error_get_request_id(error, NULL)[0] != '\0')
          == (failures[index].http_status != 0),
      "%s: the error has a request id exactly when a server refused",
      failures[index].configuration);
  if (!CHECK(
          strstr(message, failures[index].mention) && strchr(message, '\n') == NULL,
          "%s: the message is one line that says \"%s\"", failures[index].configuration,
          failures[index].mention))
    fprintf(stderr, "# %s\n", message);
}

static void the_list_stays_as_it_was(void)
{
  size_t index;

  for (index = 0; index < sizeof failures / sizeof failures[0]; index++) {
    file_state before, after;
    run_result result;

    file_write("failures.txt", "kept@example.com\nkept.too@example.com\n");
    before = file_look("failures.txt");
    result = run_list(failures[index].configuration, "failures.txt", "{mail}", 0);
    after = file_look("failures.txt");

    CHECK(
        result.status == failures[index].status, "%s: the run fails with status %d",
        failures[index].configuration, (int)failures[index].status);
    CHECK(result.report == NULL, "%s: no report is handed out", failures[index].configuration);
    check_error(index, result.error);
    CHECK(
        file_untouched(before, after), "%s: the list is untouched", failures[index].configuration);
    run_free(result);
    file_forget(before);
    file_forget(after);
  }
}

static void a_missing_list_stays_missing(void)
{
  run_result result = run_list("wrong-secret.entraidconf", "missing.txt", "{mail}", 0);
  struct stat status;

  CHECK(result.status == ENTRASYNC_AUTHENTICATION, "a first run with a wrong secret fails");
  CHECK(stat("missing.txt", &status) != 0, "a failed first run makes no list");
  run_free(result);
}

static void a_list_that_cannot_be_written_is_named(void)
{
  run_result result = run_list("good.entraidconf", "no-such-folder/list.txt", "{mail}", 0);

  CHECK(result.status == ENTRASYNC_FILE, "a list in a missing folder is refused");
  CHECK(
      strstr(entrasync_error_get_message(result.error, NULL), "no-such-folder") != NULL,
      "the message names the missing folder");
  run_free(result);
}

int main(void)
{
  the_list_stays_as_it_was();
  a_missing_list_stays_missing();
  a_list_that_cannot_be_written_is_named();
  return check_end();
}
