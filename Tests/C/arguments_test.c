/* What a caller can pass wrongly: NULL, an index out of range, a malformed template. */
#include "check.h"
#include <entrasync.h>
#include <string.h>

/* Checks that the call refused what it was given, and frees the error. */
static void check_refused(entrasync_status status, entrasync_error **error, const char *name)
{
  CHECK(status == ENTRASYNC_INVALID_ARGUMENT, "%s is refused", name);
  CHECK(
      entrasync_error_get_status(*error) == status, "%s gives an error with the same status", name);
  CHECK(
      strlen(entrasync_error_get_message(*error, NULL)) > 10, "%s gives an error with a message",
      name);
  CHECK(
      strchr(entrasync_error_get_message(*error, NULL), '\n') == NULL,
      "%s gives a message of one line", name);
  entrasync_error_free(*error);
  *error = NULL;
}

static void null_handles_are_refused(void)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  entrasync_report *report = NULL;
  entrasync_error *error = NULL;

  check_refused(entrasync_client_open(NULL, &client, &error), &error, "client_open: a NULL path");
  check_refused(entrasync_client_open("", &client, &error), &error, "client_open: an empty path");
  check_refused(
      entrasync_client_open("good.entraidconf", NULL, &error), &error,
      "client_open: a NULL client");
  check_refused(
      entrasync_client_check_credential(NULL, &error), &error,
      "client_check_credential: a NULL client");
  check_refused(
      entrasync_list_create("x", "{mail}", NULL, &error), &error, "list_create: a NULL list");
  check_refused(
      entrasync_list_create("", "{mail}", &list, &error), &error, "list_create: an empty path");
  check_refused(
      entrasync_list_add_client(NULL, NULL, &error), &error, "list_add_client: a NULL list");
  check_refused(entrasync_list_fetch(NULL, &report, &error), &error, "list_fetch: a NULL list");
  check_refused(entrasync_list_write(NULL, &report, &error), &error, "list_write: a NULL list");
  check_refused(entrasync_list_clear(NULL, &report, &error), &error, "list_clear: a NULL list");
  CHECK(
      client == NULL && list == NULL && report == NULL,
      "a refused call hands out no client, list or report");

  CHECK(entrasync_client_get_credential_end(NULL) == 0, "client_get_credential_end: NULL gives 0");

  entrasync_client_set_progress(NULL, NULL, NULL);
  entrasync_client_set_log(NULL, NULL, NULL);
  entrasync_client_set_log_level(NULL, ENTRASYNC_LOG_WARNING);
  entrasync_list_set_accept_change(NULL, 1);
  entrasync_list_set_adopt(NULL, 1);
  entrasync_client_follow(NULL, NULL);
  entrasync_client_free(NULL);
  entrasync_list_free(NULL);
  entrasync_report_free(NULL);
  entrasync_error_free(NULL);
  CHECK(1, "every function that returns nothing accepts NULL");
}

static void null_is_allowed_for_the_error(void)
{
  entrasync_client *client = NULL;

  CHECK(
      entrasync_client_open(NULL, &client, NULL) == ENTRASYNC_INVALID_ARGUMENT,
      "client_open: a NULL path is refused where the error is not asked for");
  CHECK(
      entrasync_client_open("no.such.file", &client, NULL) == ENTRASYNC_FILE,
      "client_open: a missing file is refused where the error is not asked for");
  CHECK(
      entrasync_list_create("x", "{", NULL, NULL) == ENTRASYNC_INVALID_ARGUMENT,
      "list_create: a malformed template is refused where the error is not asked for");
  CHECK(
      entrasync_list_add_client(NULL, NULL, NULL) == ENTRASYNC_INVALID_ARGUMENT,
      "list_add_client: a NULL list is refused where the error is not asked for");
  CHECK(
      entrasync_list_fetch(NULL, NULL, NULL) == ENTRASYNC_INVALID_ARGUMENT,
      "list_fetch: a NULL list is refused where the error is not asked for");
  CHECK(
      entrasync_list_write(NULL, NULL, NULL) == ENTRASYNC_INVALID_ARGUMENT,
      "list_write: a NULL list is refused where the error is not asked for");
  CHECK(
      entrasync_list_clear(NULL, NULL, NULL) == ENTRASYNC_INVALID_ARGUMENT,
      "list_clear: a NULL list is refused where the error is not asked for");
}

static void getters_answer_null_with_nothing(void)
{
  size_t length = 99;

  CHECK(
      entrasync_error_get_status(NULL) == ENTRASYNC_OK,
      "error_get_status: NULL gives ENTRASYNC_OK");
  CHECK(entrasync_error_get_http_status(NULL) == 0, "error_get_http_status: NULL gives 0");
  CHECK(entrasync_error_get_aadsts_code(NULL) == 0, "error_get_aadsts_code: NULL gives 0");
  CHECK(entrasync_error_get_retry_after(NULL) == -1, "error_get_retry_after: NULL gives -1");
  CHECK(
      strcmp(entrasync_error_get_message(NULL, &length), "") == 0 && length == 0,
      "error_get_message: NULL gives the empty text");
  CHECK(
      strcmp(entrasync_error_get_server_code(NULL, NULL), "") == 0,
      "error_get_server_code: NULL gives the empty text");
  CHECK(
      strcmp(entrasync_error_get_request_id(NULL, NULL), "") == 0,
      "error_get_request_id: NULL gives the empty text");
  CHECK(entrasync_client_get_warning_count(NULL) == 0, "client_get_warning_count: NULL gives 0");
  CHECK(
      strcmp(entrasync_client_get_warning(NULL, 0, NULL), "") == 0,
      "client_get_warning: NULL gives the empty text");
  CHECK(
      entrasync_client_get_attribute_count(NULL) == 0, "client_get_attribute_count: NULL gives 0");
  length = 99;
  CHECK(
      strcmp(entrasync_client_get_attribute(NULL, 0, &length), "") == 0 && length == 0,
      "client_get_attribute: NULL gives the empty text");
  CHECK(entrasync_list_get_line_count(NULL) == 0, "list_get_line_count: NULL gives 0");
  CHECK(
      strcmp(entrasync_list_get_line(NULL, 0, NULL), "") == 0,
      "list_get_line: NULL gives the empty text");
  CHECK(
      entrasync_report_get_count(NULL, ENTRASYNC_COUNT_FETCHED) == 0,
      "report_get_count: NULL gives 0");
  CHECK(entrasync_report_get_seconds(NULL) == 0, "report_get_seconds: NULL gives 0");
  CHECK(entrasync_report_get_changed(NULL) == 0, "report_get_changed: NULL gives 0");
  CHECK(
      strcmp(entrasync_report_get_skip_name(NULL, 0, NULL), "") == 0,
      "report_get_skip_name: NULL gives the empty text");
  CHECK(
      strcmp(entrasync_report_get_skip_reason(NULL, 0, NULL), "") == 0,
      "report_get_skip_reason: NULL gives the empty text");
  CHECK(
      strcmp(entrasync_report_get_skip_display_name(NULL, 0, NULL), "") == 0,
      "report_get_skip_display_name: NULL gives the empty text");
  CHECK(
      strcmp(entrasync_report_get_skip_sign_in_name(NULL, 0, NULL), "") == 0,
      "report_get_skip_sign_in_name: NULL gives the empty text");
  CHECK(
      entrasync_report_get_warning_count(NULL) == 0,
      "report_get_warning_count: NULL has no warnings");
  CHECK(
      strcmp(entrasync_report_get_warning(NULL, 0, NULL), "") == 0,
      "report_get_warning: NULL gives the empty text");
}

static void getters_answer_nothing_outside_the_range(void)
{
  static const size_t outside[] = {2, 3, (size_t)-1, (size_t)-1 / 2 + 1};
  entrasync_client *client = NULL;
  size_t length = 99;
  size_t index;

  CHECK(
      entrasync_client_open("phones.entraidconf", &client, NULL) == ENTRASYNC_OK,
      "client_open: a configuration with two attributes opens");
  CHECK(
      entrasync_client_get_attribute_count(client) == 2,
      "client_get_attribute_count: two attributes are counted");
  CHECK(
      strcmp(entrasync_client_get_attribute(client, 0, &length), "mail") == 0,
      "client_get_attribute: the first attribute is mail");
  CHECK(length == 4, "client_get_attribute: the length of mail is 4");
  CHECK(
      strcmp(entrasync_client_get_attribute(client, 1, NULL), "mobilePhone") == 0,
      "client_get_attribute: the second attribute is mobilePhone");
  for (index = 0; index < sizeof outside / sizeof outside[0]; index++) {
    length = 99;
    CHECK(
        entrasync_client_get_attribute(client, outside[index], &length)[0] == '\0' && length == 0,
        "client_get_attribute: index %zu is empty", outside[index]);
    CHECK(
        entrasync_client_get_warning(client, outside[index], NULL)[0] == '\0',
        "client_get_warning: index %zu is empty", outside[index]);
  }
  entrasync_client_free(client);
}

static void impossible_templates_are_refused(void)
{
  static const struct {
    const char *name;
    const char *text;
  } templates[] = {
      {"list_create: an empty template", ""},
      {"list_create: a single opening brace", "{"},
      {"list_create: a single closing brace", "}"},
      {"list_create: braces without a name", "{}"},
      {"list_create: a brace that is not closed", "{mail"},
      {"list_create: a brace that is not opened", "mail}"},
      {"list_create: a template with a newline", "{mail}\n"},
      {"list_create: a template with a carriage return", "{mail}\r* {mail}"},
      {"list_create: a template without an attribute", "everybody"},
      {"list_create: a template that is not UTF-8", "{mail} \xff"},
  };
  entrasync_list *list = NULL;
  entrasync_error *error = NULL;
  size_t index;

  for (index = 0; index < sizeof templates / sizeof templates[0]; index++) {
    check_refused(
        entrasync_list_create("x", templates[index].text, &list, &error), &error,
        templates[index].name);
    CHECK(list == NULL, "%s gives no list", templates[index].name);
  }
  CHECK(
      entrasync_list_create(NULL, NULL, &list, &error) == ENTRASYNC_OK,
      "list_create: neither a path nor a template is required");
  CHECK(list != NULL && error == NULL, "list_create: a list is handed out, and no error");
  check_refused(
      entrasync_list_clear(list, NULL, &error), &error, "list_clear: a list without a path");
  check_refused(
      entrasync_list_write(list, NULL, &error), &error, "list_write: a list without clients");
  check_refused(
      entrasync_list_fetch(list, NULL, &error), &error, "list_fetch: a list without clients");
  check_refused(
      entrasync_list_add_client(list, NULL, &error), &error, "list_add_client: a NULL client");
  entrasync_list_free(list);
}

static void a_template_must_fit_the_query_filter(void)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  entrasync_error *error = NULL;

  CHECK(
      entrasync_client_open("good.entraidconf", &client, &error) == ENTRASYNC_OK,
      "client_open: a configuration whose only attribute is mail opens");
  CHECK(
      entrasync_client_get_credential_end(client) == 0,
      "client_get_credential_end: the end of a client secret is not known by itself");
  CHECK(
      entrasync_list_create("x", "{mail} {mobilePhone}", &list, &error) == ENTRASYNC_OK,
      "list_create: a template with an attribute that no client has yet is accepted");
  CHECK(
      entrasync_list_add_client(list, client, &error) == ENTRASYNC_INVALID_ARGUMENT,
      "list_add_client: a client without the template's attribute is refused");
  CHECK(
      strstr(entrasync_error_get_message(error, NULL), "mobilePhone") != NULL,
      "list_add_client: the error names the attribute that the client lacks");
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
