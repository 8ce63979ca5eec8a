/* What a caller can pass wrongly: NULL, an index out of range, an impossible template. */
#include "check.h"
#include <entrasync.h>
#include <string.h>

/* Takes the error away when it is as it should be. */
static void check_refused(entrasync_status status, entrasync_error **error, const char *name)
{
  CHECK(status == ENTRASYNC_INVALID_ARGUMENT, name);
  CHECK(entrasync_error_get_status(*error) == status, "its error says the same");
  CHECK(strlen(entrasync_error_get_message(*error, NULL)) > 10, "and has a message");
  CHECK(strchr(entrasync_error_get_message(*error, NULL), '\n') == NULL, "of one line");
  entrasync_error_free(*error);
  *error = NULL;
}

static void null_handles_are_refused(void)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  entrasync_report *report = NULL;
  entrasync_error *error = NULL;

  check_refused(entrasync_client_open(NULL, &client, &error), &error, "open: no path");
  check_refused(entrasync_client_open("", &client, &error), &error, "open: an empty path");
  check_refused(entrasync_client_open("good.entraidconf", NULL, &error), &error, "open: no client");
  check_refused(entrasync_list_create("x", "{mail}", NULL, &error), &error, "create: no list");
  check_refused(entrasync_list_create("", "{mail}", &list, &error), &error, "create: empty path");
  check_refused(entrasync_list_add_client(NULL, NULL, &error), &error, "add: no list");
  check_refused(entrasync_list_fetch(NULL, &report, &error), &error, "fetch: no list");
  check_refused(entrasync_list_write(NULL, &report, &error), &error, "write: no list");
  check_refused(entrasync_list_clear(NULL, &report, &error), &error, "clear: no list");
  CHECK(client == NULL && list == NULL && report == NULL, "nothing was handed out");

  entrasync_client_set_progress(NULL, NULL, NULL);
  entrasync_client_set_log(NULL, NULL, NULL);
  entrasync_list_set_accept_change(NULL, 1);
  entrasync_client_free(NULL);
  entrasync_list_free(NULL);
  entrasync_report_free(NULL);
  entrasync_error_free(NULL);
  CHECK(1, "what returns nothing accepts NULL");
}

static void null_is_allowed_for_the_error(void)
{
  entrasync_client *client = NULL;

  CHECK(entrasync_client_open(NULL, &client, NULL) == ENTRASYNC_INVALID_ARGUMENT, "open");
  CHECK(entrasync_client_open("no.such.file", &client, NULL) == ENTRASYNC_FILE, "open: no file");
  CHECK(entrasync_list_create("x", "{", NULL, NULL) == ENTRASYNC_INVALID_ARGUMENT, "create");
  CHECK(entrasync_list_add_client(NULL, NULL, NULL) == ENTRASYNC_INVALID_ARGUMENT, "add");
  CHECK(entrasync_list_fetch(NULL, NULL, NULL) == ENTRASYNC_INVALID_ARGUMENT, "fetch");
  CHECK(entrasync_list_write(NULL, NULL, NULL) == ENTRASYNC_INVALID_ARGUMENT, "write");
  CHECK(entrasync_list_clear(NULL, NULL, NULL) == ENTRASYNC_INVALID_ARGUMENT, "clear");
}

static void getters_answer_null_with_nothing(void)
{
  size_t length = 99;

  CHECK(entrasync_error_get_status(NULL) == ENTRASYNC_OK, "error status");
  CHECK(entrasync_error_get_http_status(NULL) == 0, "error HTTP status");
  CHECK(entrasync_error_get_aadsts_code(NULL) == 0, "error AADSTS code");
  CHECK(entrasync_error_get_retry_after(NULL) == -1, "error retry-after");
  CHECK(strcmp(entrasync_error_get_message(NULL, &length), "") == 0 && length == 0, "message");
  CHECK(strcmp(entrasync_error_get_server_code(NULL, NULL), "") == 0, "server code");
  CHECK(strcmp(entrasync_error_get_request_id(NULL, NULL), "") == 0, "request id");
  CHECK(entrasync_client_get_warning_count(NULL) == 0, "warning count");
  CHECK(strcmp(entrasync_client_get_warning(NULL, 0, NULL), "") == 0, "warning");
  CHECK(entrasync_client_get_attribute_count(NULL) == 0, "attribute count");
  length = 99;
  CHECK(
      strcmp(entrasync_client_get_attribute(NULL, 0, &length), "") == 0 && length == 0,
      "attribute");
  CHECK(entrasync_list_get_line_count(NULL) == 0, "line count");
  CHECK(strcmp(entrasync_list_get_line(NULL, 0, NULL), "") == 0, "line");
  CHECK(entrasync_report_get_count(NULL, ENTRASYNC_COUNT_FETCHED) == 0, "count");
  CHECK(entrasync_report_get_seconds(NULL) == 0, "seconds");
  CHECK(entrasync_report_get_changed(NULL) == 0, "changed");
  CHECK(strcmp(entrasync_report_get_skip_name(NULL, 0, NULL), "") == 0, "skip name");
  CHECK(strcmp(entrasync_report_get_skip_reason(NULL, 0, NULL), "") == 0, "skip reason");
}

static void getters_answer_nothing_outside_the_range(void)
{
  static const size_t outside[] = {2, 3, (size_t)-1, (size_t)-1 / 2 + 1};
  entrasync_client *client = NULL;
  size_t length = 99;
  size_t index;

  CHECK(entrasync_client_open("phones.entraidconf", &client, NULL) == ENTRASYNC_OK, "it opens");
  CHECK(entrasync_client_get_attribute_count(client) == 2, "two attributes");
  CHECK(strcmp(entrasync_client_get_attribute(client, 0, &length), "mail") == 0, "the first");
  CHECK(length == 4, "with its length");
  CHECK(strcmp(entrasync_client_get_attribute(client, 1, NULL), "mobilePhone") == 0, "the second");
  for (index = 0; index < sizeof outside / sizeof outside[0]; index++) {
    length = 99;
    CHECK(
        entrasync_client_get_attribute(client, outside[index], &length)[0] == '\0' && length == 0,
        "an attribute outside");
    CHECK(entrasync_client_get_warning(client, outside[index], NULL)[0] == '\0', "and a warning");
  }
  entrasync_client_free(client);
}

static void impossible_templates_are_refused(void)
{
  static const struct {
    const char *name;
    const char *text;
  } templates[] = {
      {"an empty template", ""},
      {"one brace", "{"},
      {"the other brace", "}"},
      {"no name in braces", "{}"},
      {"a brace that does not close", "{mail"},
      {"a brace that does not open", "mail}"},
      {"a newline", "{mail}\n"},
      {"a carriage return", "{mail}\r* {mail}"},
      {"a template without an attribute", "everybody"},
      {"a template that is not UTF-8", "{mail} \xff"},
  };
  entrasync_list *list = NULL;
  entrasync_error *error = NULL;
  size_t index;

  for (index = 0; index < sizeof templates / sizeof templates[0]; index++) {
    check_refused(
        entrasync_list_create("x", templates[index].text, &list, &error), &error,
        templates[index].name);
    CHECK(list == NULL, "and there is no list");
  }
  CHECK(entrasync_list_create(NULL, NULL, &list, &error) == ENTRASYNC_OK, "no path, no template");
  CHECK(list != NULL && error == NULL, "give a list");
  check_refused(entrasync_list_clear(list, NULL, &error), &error, "clear: a list without a path");
  check_refused(entrasync_list_write(list, NULL, &error), &error, "write: a list without clients");
  check_refused(entrasync_list_fetch(list, NULL, &error), &error, "fetch: a list without clients");
  check_refused(entrasync_list_add_client(list, NULL, &error), &error, "add: no client");
  entrasync_list_free(list);
}

static void a_template_must_fit_the_query_filter(void)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  entrasync_error *error = NULL;

  CHECK(entrasync_client_open("good.entraidconf", &client, &error) == ENTRASYNC_OK, "mail alone");
  CHECK(
      entrasync_list_create("x", "{mail} {mobilePhone}", &list, &error) == ENTRASYNC_OK,
      "a template with a phone");
  CHECK(
      entrasync_list_add_client(list, client, &error) == ENTRASYNC_INVALID_ARGUMENT,
      "do not go together");
  CHECK(
      strstr(entrasync_error_get_message(error, NULL), "mobilePhone") != NULL,
      "and the error names the attribute");
  entrasync_error_free(error);
  entrasync_list_free(list);
  entrasync_client_free(client);
}

int main(void)
{
  null_handles_are_refused();
  null_is_allowed_for_the_error();
  getters_answer_null_with_nothing();
  getters_answer_nothing_outside_the_range();
  impossible_templates_are_refused();
  a_template_must_fit_the_query_filter();
  return check_end();
}
