/* Lookups from a C program: what it can pass wrongly, what it owns and what it reads. */
#include "check.h"
#include <entrasync.h>
#include <string.h>

/* A lookup in the groups of one configuration; the caller frees both. */
static entrasync_lookup *opened(
    const char *configuration, const char *line_template, entrasync_client **client)
{
  entrasync_lookup *lookup = NULL;

  CHECK(
      entrasync_client_open(configuration, client, NULL) == ENTRASYNC_OK,
      "%s: the configuration opens", configuration);
  CHECK(
      entrasync_lookup_create(line_template, &lookup, NULL) == ENTRASYNC_OK,
      "%s: a lookup is created", configuration);
  CHECK(
      entrasync_lookup_add_client(lookup, *client, NULL) == ENTRASYNC_OK,
      "%s: the client is added to the lookup", configuration);
  return lookup;
}

/* Checks that the call refused what it was given, and frees the error. */
static void check_refused(entrasync_status status, entrasync_error **error, const char *name)
{
  CHECK(status == ENTRASYNC_INVALID_ARGUMENT, "%s is refused", name);
  CHECK(
      entrasync_error_get_status(*error) == status, "%s gives an error with the same status", name);
  CHECK(
      strlen(entrasync_error_get_message(*error, NULL)) > 10, "%s gives an error with a message",
      name);
  entrasync_error_free(*error);
  *error = NULL;
}

static void null_is_refused(void)
{
  static const char *const hole[] = {"anna@example.com", NULL};
  entrasync_client *client = NULL;
  entrasync_lookup *lookup = NULL;
  entrasync_report *report = NULL;
  entrasync_error *error = NULL;
  size_t length = 99;

  check_refused(
      entrasync_lookup_create("{mail}", NULL, &error), &error, "lookup_create: a NULL lookup");
  check_refused(
      entrasync_lookup_create("{", &lookup, &error), &error, "lookup_create: a malformed template");
  check_refused(
      entrasync_lookup_create("{mail} \xff", &lookup, &error), &error,
      "lookup_create: a template that is not UTF-8");
  CHECK(lookup == NULL, "lookup_create: a refused call hands out no lookup");
  check_refused(
      entrasync_lookup_add_client(NULL, NULL, &error), &error, "lookup_add_client: a NULL lookup");
  check_refused(
      entrasync_lookup_find(NULL, hole, 1, &report, &error), &error, "lookup_find: a NULL lookup");

  CHECK(
      entrasync_lookup_create(NULL, &lookup, NULL) == ENTRASYNC_OK,
      "lookup_create: no template is required");
  check_refused(
      entrasync_lookup_add_client(lookup, NULL, &error), &error,
      "lookup_add_client: a NULL client");
  check_refused(
      entrasync_lookup_find(lookup, hole, 1, &report, &error), &error,
      "lookup_find: a lookup without clients");
  CHECK(
      entrasync_client_open("good.entraidconf", &client, NULL) == ENTRASYNC_OK,
      "client_open: a configuration opens");
  CHECK(
      entrasync_lookup_add_client(lookup, client, NULL) == ENTRASYNC_OK,
      "lookup_add_client: the client is added to the lookup");
  check_refused(
      entrasync_lookup_find(lookup, NULL, 1, &report, &error), &error,
      "lookup_find: a NULL array of addresses");
  check_refused(
      entrasync_lookup_find(lookup, hole, 2, &report, &error), &error,
      "lookup_find: a NULL address");
  CHECK(report == NULL, "lookup_find: a refused call hands out no report");
  CHECK(
      entrasync_lookup_get_answer_count(lookup) == 0,
      "lookup_get_answer_count: there is no answer after a refused call");
  CHECK(
      entrasync_lookup_find(lookup, NULL, 1, NULL, NULL) == ENTRASYNC_INVALID_ARGUMENT,
      "lookup_find: NULL addresses are refused where neither report nor error is asked for");

  CHECK(entrasync_lookup_get_answer_count(NULL) == 0, "lookup_get_answer_count: NULL gives 0");
  CHECK(
      entrasync_lookup_get_answer(NULL, 0) == ENTRASYNC_ANSWER_UNKNOWN,
      "lookup_get_answer: NULL gives ENTRASYNC_ANSWER_UNKNOWN");
  CHECK(entrasync_lookup_get_error(NULL, 0) == NULL, "lookup_get_error: NULL gives NULL");
  CHECK(
      strcmp(entrasync_lookup_get_reason(NULL, 0, &length), "") == 0 && length == 0,
      "lookup_get_reason: NULL gives the empty text");
  length = 99;
  CHECK(entrasync_lookup_get_line_count(NULL, 0) == 0, "lookup_get_line_count: NULL gives 0");
  CHECK(
      strcmp(entrasync_lookup_get_line(NULL, 0, 0, &length), "") == 0 && length == 0,
      "lookup_get_line: NULL gives the empty text");
  CHECK(
      entrasync_lookup_get_attribute_count(NULL, 0) == 0,
      "lookup_get_attribute_count: NULL gives 0");
  CHECK(
      strcmp(entrasync_lookup_get_attribute(NULL, 0, 0, NULL), "") == 0,
      "lookup_get_attribute: NULL gives the empty text");
  CHECK(
      entrasync_lookup_get_value_count(NULL, 0, "mail") == 0,
      "lookup_get_value_count: NULL gives 0");
  length = 99;
  CHECK(
      strcmp(entrasync_lookup_get_value(NULL, 0, "mail", 0, &length), "") == 0 && length == 0,
      "lookup_get_value: NULL gives the empty text");
  entrasync_lookup_set_aliases(NULL, 1);
  entrasync_lookup_free(NULL);
  CHECK(1, "lookup_set_aliases and lookup_free accept NULL");
  entrasync_lookup_free(lookup);
  entrasync_client_free(client);
}

static void a_template_must_fit_the_query_filter(void)
{
  entrasync_client *client = NULL;
  entrasync_lookup *lookup = NULL;
  entrasync_error *error = NULL;

  CHECK(
      entrasync_client_open("good.entraidconf", &client, NULL) == ENTRASYNC_OK,
      "client_open: a configuration whose only attribute is mail opens");
  CHECK(
      entrasync_lookup_create("{mail} {mobilePhone}", &lookup, NULL) == ENTRASYNC_OK,
      "lookup_create: a template with an attribute that no client has yet is accepted");
  check_refused(
      entrasync_lookup_add_client(lookup, client, &error), &error,
      "lookup_add_client: a client without the template's attribute");
  entrasync_lookup_free(lookup);
  entrasync_client_free(client);
}

static void answers_come_in_the_order_of_the_addresses(void)
{
  /* Numbers 1 and 4 are the one member of the front desk; 2 is not UTF-8, 3 is no address. */
  static const char *const addresses[] = {
      "nobody@example.com", "Ainoa.Jasen@Example.com", "\xff\xfe@example.com", "*",
      "ainoa.jasen@example.com"};
  static const char line[] = "ainoa.jasen@example.com * <sms> - 0";
  static const size_t outside[] = {5, 6, (size_t)-1, (size_t)-1 / 2 + 1};
  entrasync_client *client = NULL;
  entrasync_lookup *lookup = opened("desk.entraidconf", "{mail} * <sms> - 0", &client);
  entrasync_report *report = NULL;
  size_t length = 0, index;

  CHECK(
      entrasync_lookup_get_answer_count(lookup) == 0,
      "lookup_get_answer_count: there is no answer before the first call");
  CHECK(
      entrasync_lookup_find(lookup, addresses, 5, &report, NULL) == ENTRASYNC_OK,
      "lookup_find: five addresses are looked up");
  CHECK(
      entrasync_lookup_get_answer_count(lookup) == 5,
      "lookup_get_answer_count: five addresses have five answers");
  CHECK(
      entrasync_report_get_count(report, ENTRASYNC_COUNT_REQUESTS) == 3,
      "lookup_find: five addresses take three requests");
  CHECK(
      entrasync_report_get_count(report, ENTRASYNC_COUNT_FETCHED) == 2,
      "lookup_find: the report counts two people");
  for (index = 0; index < 5; index++) {
    int is_member = index == 1 || index == 4;

    CHECK(
        entrasync_lookup_get_answer(lookup, index)
            == (is_member ? ENTRASYNC_ANSWER_MEMBER : ENTRASYNC_ANSWER_NOT_MEMBER),
        "lookup_get_answer: address %zu has its own answer", index);
    CHECK(
        entrasync_lookup_get_error(lookup, index) == NULL,
        "lookup_get_error: address %zu has no error", index);
    CHECK(
        entrasync_lookup_get_line_count(lookup, index) == (size_t)is_member,
        "lookup_get_line_count: address %zu has a line if it is a member's", index);
    CHECK(
        entrasync_lookup_get_attribute_count(lookup, index) == (size_t)is_member * 2,
        "lookup_get_attribute_count: address %zu has attributes if it is a member's", index);
  }
  CHECK(
      strcmp(entrasync_lookup_get_line(lookup, 1, 0, &length), line) == 0,
      "lookup_get_line: the line is that of a list");
  CHECK(length == sizeof line - 1, "lookup_get_line: the length of the line is right");
  CHECK(
      strcmp(entrasync_lookup_get_attribute(lookup, 1, 0, &length), "mail") == 0,
      "lookup_get_attribute: the first attribute is mail");
  CHECK(length == 4, "lookup_get_attribute: the length of mail is 4");
  CHECK(
      strcmp(entrasync_lookup_get_attribute(lookup, 1, 1, NULL), "mobilePhone") == 0,
      "lookup_get_attribute: the second attribute is mobilePhone");
  CHECK(
      entrasync_lookup_get_value_count(lookup, 1, "MOBILEphone") == 1,
      "lookup_get_value_count: the case of an attribute's name does not matter");
  CHECK(
      strcmp(entrasync_lookup_get_value(lookup, 1, "mobilePhone", 0, &length), "040123123123") == 0,
      "lookup_get_value: mobilePhone has its value");
  CHECK(length == 12, "lookup_get_value: the length of the value is 12");

  for (index = 0; index < sizeof outside / sizeof outside[0]; index++) {
    size_t there = outside[index];

    CHECK(
        entrasync_lookup_get_answer(lookup, there) == ENTRASYNC_ANSWER_UNKNOWN,
        "lookup_get_answer: address %zu has no answer", there);
    CHECK(
        entrasync_lookup_get_error(lookup, there) == NULL,
        "lookup_get_error: address %zu has no error", there);
    CHECK(
        entrasync_lookup_get_reason(lookup, there, NULL)[0] == '\0',
        "lookup_get_reason: address %zu has no reason", there);
    CHECK(
        entrasync_lookup_get_line_count(lookup, there) == 0,
        "lookup_get_line_count: address %zu has no lines", there);
    CHECK(
        entrasync_lookup_get_attribute_count(lookup, there) == 0,
        "lookup_get_attribute_count: address %zu has no attributes", there);
    CHECK(
        entrasync_lookup_get_value_count(lookup, there, "mail") == 0,
        "lookup_get_value_count: address %zu has no values", there);
    length = 99;
    CHECK(
        entrasync_lookup_get_line(lookup, 1, there, &length)[0] == '\0' && length == 0,
        "lookup_get_line: line %zu is empty", there);
    CHECK(
        entrasync_lookup_get_attribute(lookup, 1, there, NULL)[0] == '\0',
        "lookup_get_attribute: attribute %zu is empty", there);
    CHECK(
        entrasync_lookup_get_value(lookup, 1, "mail", there, NULL)[0] == '\0',
        "lookup_get_value: value %zu is empty", there);
  }
  CHECK(
      entrasync_lookup_get_value_count(lookup, 1, NULL) == 0,
      "lookup_get_value_count: the attribute NULL has no value");
  CHECK(
      entrasync_lookup_get_value_count(lookup, 1, "displayName") == 0,
      "lookup_get_value_count: an attribute outside QUERYFILTER has no value");
  CHECK(
      entrasync_lookup_get_value_count(lookup, 1, "\xff") == 0,
      "lookup_get_value_count: an attribute that is not UTF-8 has no value");
  CHECK(
      entrasync_lookup_get_value(lookup, 1, NULL, 0, NULL)[0] == '\0',
      "lookup_get_value: the attribute NULL gives the empty text");

  CHECK(
      entrasync_lookup_find(lookup, NULL, 0, NULL, NULL) == ENTRASYNC_OK,
      "lookup_find: no address is accepted");
  CHECK(
      entrasync_lookup_get_answer_count(lookup) == 0,
      "lookup_get_answer_count: no address has no answer");
  entrasync_report_free(report);
  entrasync_lookup_free(lookup);
  entrasync_client_free(client);
}

/* Whose an address is that several people have, and why nobody has it. */
static void an_address_belongs_to_one_person(void)
{
  static const struct {
    const char *address;
    entrasync_answer answer;
    const char *text;
  } expected[] = {
      {"bo@doubles.example", ENTRASYNC_ANSWER_MEMBER, "bo@doubles.example 0407000005"},
      {"finn@doubles.example", ENTRASYNC_ANSWER_WITHOUT_LINE, "has no mobilePhone"},
      {"anna@doubles.example", ENTRASYNC_ANSWER_WITHOUT_LINE,
       "\"anna@doubles.example\" belongs to "},
      {"nobody@doubles.example", ENTRASYNC_ANSWER_NOT_MEMBER, ""},
  };
  enum { count = sizeof expected / sizeof *expected };
  const char *addresses[count];
  entrasync_client *client = NULL;
  entrasync_lookup *lookup = opened("doubles.entraidconf", NULL, &client);
  entrasync_report *report = NULL;
  size_t index, length = 0, named = 0;

  for (index = 0; index < count; index++)
    addresses[index] = expected[index].address;
  CHECK(
      entrasync_lookup_find(lookup, addresses, count, &report, NULL) == ENTRASYNC_OK,
      "lookup_find: addresses that several people have are looked up");
  for (index = 0; index < count; index++) {
    int is_member = expected[index].answer == ENTRASYNC_ANSWER_MEMBER;
    const char *reason = entrasync_lookup_get_reason(lookup, index, &length);
    const char *text = is_member ? entrasync_lookup_get_line(lookup, index, 0, NULL) : reason;

    CHECK(
        entrasync_lookup_get_answer(lookup, index) == expected[index].answer,
        "lookup_get_answer: the answer about %s", addresses[index]);
    CHECK(
        strncmp(text, expected[index].text, strlen(expected[index].text)) == 0,
        "the line or the reason of %s", addresses[index]);
    CHECK(length == strlen(reason), "lookup_get_reason: the length for %s", addresses[index]);
    CHECK(
        (length > 0) == (expected[index].answer == ENTRASYNC_ANSWER_WITHOUT_LINE),
        "lookup_get_reason: %s has a reason only if it has no line", addresses[index]);
    CHECK(
        entrasync_lookup_get_line_count(lookup, index) == (size_t)is_member,
        "lookup_get_line_count: %s has a line if it is a member's", addresses[index]);
    CHECK(
        entrasync_lookup_get_error(lookup, index) == NULL, "lookup_get_error: %s has no error",
        addresses[index]);
  }
  for (index = 0; index < entrasync_report_get_count(report, ENTRASYNC_COUNT_SKIPPED); index++)
    named += strncmp(entrasync_report_get_skip_display_name(report, index, NULL), "Double ", 7) == 0
        && strstr(entrasync_report_get_skip_sign_in_name(report, index, NULL), "@doubles.") != NULL;
  CHECK(index > 0 && named == index, "lookup_find: the report names each person who is left out");
  entrasync_report_free(report);
  entrasync_lookup_free(lookup);
  entrasync_client_free(client);
}

/* A caller who overlooks the status must not read an answer to the previous question. */
static void a_refused_find_leaves_no_answer(void)
{
  static const char *const address[] = {"ainoa.jasen@example.com"};
  static const char *const hole[] = {"nobody@example.com", NULL};
  static const struct {
    const char *const *addresses;
    size_t count;
    const char *name;
  } refused[] = {
      {hole, 2, "a NULL address"},
      {NULL, 1, "a NULL array of addresses"},
      {address, (size_t)-1, "a count beyond all memory"}};
  entrasync_client *client = NULL;
  entrasync_lookup *lookup = opened("desk.entraidconf", NULL, &client);
  size_t index;

  for (index = 0; index < sizeof refused / sizeof *refused; index++) {
    CHECK(
        entrasync_lookup_find(lookup, address, 1, NULL, NULL) == ENTRASYNC_OK,
        "before %s: a member's address is looked up", refused[index].name);
    CHECK(
        entrasync_lookup_get_answer(lookup, 0) == ENTRASYNC_ANSWER_MEMBER,
        "before %s: the answer is that of a member", refused[index].name);
    CHECK(
        entrasync_lookup_find(lookup, refused[index].addresses, refused[index].count, NULL, NULL)
            == ENTRASYNC_INVALID_ARGUMENT,
        "lookup_find: %s is refused", refused[index].name);
    CHECK(
        entrasync_lookup_get_answer_count(lookup) == 0,
        "%s: no answer of the previous call is counted", refused[index].name);
    CHECK(
        entrasync_lookup_get_answer(lookup, 0) == ENTRASYNC_ANSWER_UNKNOWN,
        "%s: no answer of the previous call can be read", refused[index].name);
  }
  entrasync_lookup_free(lookup);
  entrasync_client_free(client);
}

static void the_lookup_keeps_its_client(void)
{
  static const char *const address[] = {"ainoa.jasen@example.com"};
  entrasync_client *client = NULL;
  entrasync_lookup *lookup = opened("desk.entraidconf", NULL, &client);
  entrasync_report *report = NULL;

  entrasync_client_free(client);
  CHECK(
      entrasync_lookup_find(lookup, address, 1, NULL, NULL) == ENTRASYNC_OK,
      "a lookup works after its client was freed");
  CHECK(
      strcmp(entrasync_lookup_get_line(lookup, 0, 0, NULL), "ainoa.jasen@example.com 040123123123")
          == 0,
      "a lookup without a template has all attributes in its line");
  CHECK(
      entrasync_lookup_find(lookup, address, 1, &report, NULL) == ENTRASYNC_OK,
      "a lookup whose client was freed works a second time");
  /* Her sign-in name is not her address, so that finding her takes two requests. */
  CHECK(
      entrasync_report_get_count(report, ENTRASYNC_COUNT_REQUESTS) == 2,
      "a second lookup does not sign in again");
  entrasync_report_free(report);
  entrasync_lookup_free(lookup);
}

/* With MEMBERSHIP = transitive, the main group reaches the front desk, which is nested in it. */
static void nested_groups_are_followed_where_it_is_said(void)
{
  static const char *const address[] = {"ainoa.jasen@example.com"};
  entrasync_client *client = NULL;
  entrasync_lookup *lookup = opened("good.entraidconf", NULL, &client);

  CHECK(
      entrasync_lookup_find(lookup, address, 1, NULL, NULL) == ENTRASYNC_OK,
      "MEMBERSHIP = direct: a member of a nested group is looked up");
  CHECK(
      entrasync_lookup_get_answer(lookup, 0) == ENTRASYNC_ANSWER_NOT_MEMBER,
      "MEMBERSHIP = direct: a member of a nested group is not a member");
  entrasync_lookup_free(lookup);
  entrasync_client_free(client);
  lookup = opened("all-nested.entraidconf", NULL, &client);
  CHECK(
      entrasync_lookup_find(lookup, address, 1, NULL, NULL) == ENTRASYNC_OK,
      "MEMBERSHIP = transitive: a member of a nested group is looked up");
  CHECK(
      entrasync_lookup_get_answer(lookup, 0) == ENTRASYNC_ANSWER_MEMBER,
      "MEMBERSHIP = transitive: a member of a nested group is a member");
  entrasync_lookup_free(lookup);
  entrasync_client_free(client);
}

static void unknown_is_not_a_no(void)
{
  static const char *const addresses[] = {"ainoa.jasen@example.com", "nobody@example.com"};
  static const struct {
    const char *configuration;
    entrasync_status status;
  } failures[] = {
      {"unknown-group.entraidconf", ENTRASYNC_NOT_FOUND},
      {"wrong-secret.entraidconf", ENTRASYNC_AUTHENTICATION},
      {"stopped.entraidconf", ENTRASYNC_TIMEOUT},
  };
  size_t index, address;

  for (index = 0; index < sizeof failures / sizeof failures[0]; index++) {
    entrasync_client *client = NULL;
    entrasync_lookup *lookup = opened(failures[index].configuration, NULL, &client);
    entrasync_error *error = NULL;
    entrasync_report *report = NULL;
    entrasync_status status = entrasync_lookup_find(lookup, addresses, 2, &report, &error);

    /* Without a server, the connection is refused, or nothing answers in time. */
    CHECK(
        status == failures[index].status
            || (status == ENTRASYNC_NETWORK && failures[index].status == ENTRASYNC_TIMEOUT),
        "%s: the lookup fails as expected", failures[index].configuration);
    CHECK(
        report == NULL && entrasync_error_get_status(error) == status,
        "%s: there is an error and no report", failures[index].configuration);
    CHECK(
        entrasync_lookup_get_answer_count(lookup) == 2, "%s: both addresses have an answer",
        failures[index].configuration);
    for (address = 0; address < 2; address++) {
      const entrasync_error *reason = entrasync_lookup_get_error(lookup, address);

      CHECK(
          entrasync_lookup_get_answer(lookup, address) == ENTRASYNC_ANSWER_UNKNOWN,
          "%s: the answer to address %zu is unknown", failures[index].configuration, address);
      CHECK(
          entrasync_error_get_status(reason) == status,
          "%s: the error of address %zu has the same status", failures[index].configuration,
          address);
      CHECK(
          strcmp(
              entrasync_error_get_message(reason, NULL), entrasync_error_get_message(error, NULL))
              == 0,
          "%s: the error of address %zu has the same message", failures[index].configuration,
          address);
      CHECK(
          reason == entrasync_lookup_get_error(lookup, address),
          "%s: the error of address %zu is handed out a second time", failures[index].configuration,
          address);
    }
    /* This error is the caller's; those of the addresses belong to the lookup. */
    entrasync_error_free(error);
    CHECK(
        strlen(entrasync_error_get_message(entrasync_lookup_get_error(lookup, 0), NULL)) > 10,
        "%s: the lookup's error outlives the caller's", failures[index].configuration);
    entrasync_lookup_free(lookup);
    entrasync_client_free(client);
  }
}

static void one_of_two_clients_may_fail(void)
{
  static const char *const addresses[] = {"ainoa.jasen@example.com", "nobody@example.com"};
  entrasync_client *client = NULL, *second = NULL;
  entrasync_lookup *lookup = opened("unknown-group.entraidconf", "{mail}", &client);
  entrasync_lookup *whole = NULL;
  entrasync_error *error = NULL;

  CHECK(
      entrasync_client_open("desk.entraidconf", &second, NULL) == ENTRASYNC_OK,
      "one of two clients fails: the second configuration opens");
  CHECK(
      entrasync_lookup_add_client(lookup, second, NULL) == ENTRASYNC_OK,
      "one of two clients fails: the second client is added");
  CHECK(
      entrasync_lookup_find(lookup, addresses, 2, NULL, &error) == ENTRASYNC_NOT_FOUND,
      "one of two clients fails: the lookup fails");
  CHECK(
      entrasync_lookup_get_answer(lookup, 0) == ENTRASYNC_ANSWER_MEMBER,
      "one of two clients fails: the other's member is in a list of addresses");
  CHECK(
      entrasync_lookup_get_error(lookup, 0) == NULL,
      "one of two clients fails: a member has no error");
  CHECK(
      entrasync_lookup_get_answer(lookup, 1) == ENTRASYNC_ANSWER_UNKNOWN,
      "one of two clients fails: any other address is unknown");
  CHECK(
      entrasync_lookup_get_error(lookup, 1) != NULL,
      "one of two clients fails: an unknown address has an error");

  CHECK(
      entrasync_lookup_create(NULL, &whole, NULL) == ENTRASYNC_OK
          && entrasync_lookup_add_client(whole, second, NULL) == ENTRASYNC_OK
          && entrasync_lookup_add_client(whole, client, NULL) == ENTRASYNC_OK
          && entrasync_lookup_find(whole, addresses, 1, NULL, NULL) == ENTRASYNC_NOT_FOUND,
      "one of two clients fails: a lookup of lines with numbers fails");
  CHECK(
      entrasync_lookup_get_answer(whole, 0) == ENTRASYNC_ANSWER_UNKNOWN,
      "one of two clients fails: it may know somebody else with the address");
  entrasync_lookup_free(whole);
  entrasync_error_free(error);
  entrasync_lookup_free(lookup);
  entrasync_client_free(client);
  entrasync_client_free(second);
}

typedef struct visit {
  entrasync_lookup *lookup;
  entrasync_status status;
  int calls;
} visit;

static void on_log(entrasync_log_level level, const char *message, void *user_data)
{
  static const char *const address[] = {"nobody@example.com"};
  visit *seen = (visit *)user_data;

  (void)level;
  (void)message;
  seen->status = entrasync_lookup_find(seen->lookup, address, 1, NULL, NULL);
  seen->calls++;
}

static int stop(const entrasync_progress *progress, void *user_data)
{
  (void)progress;
  (void)user_data;
  return 1;
}

static void callbacks_can_watch_and_stop_it(void)
{
  static const char *const address[] = {"ainoa.jasen@example.com"};
  entrasync_client *client = NULL;
  visit seen = {NULL, ENTRASYNC_OK, 0};

  seen.lookup = opened("desk.entraidconf", NULL, &client);
  entrasync_client_set_log(client, on_log, &seen);
  CHECK(
      entrasync_lookup_find(seen.lookup, address, 1, NULL, NULL) == ENTRASYNC_OK,
      "lookup_find: a lookup with a log succeeds");
  CHECK(seen.calls > 0, "lookup_find: the log is called");
  CHECK(
      seen.status == ENTRASYNC_INVALID_ARGUMENT,
      "lookup_find: a callback that uses the lookup is refused");
  CHECK(
      entrasync_lookup_get_answer(seen.lookup, 0) == ENTRASYNC_ANSWER_MEMBER,
      "lookup_find: the answer is there though a callback was refused");
  entrasync_client_set_log(client, NULL, NULL);
  entrasync_client_set_progress(client, stop, NULL);
  CHECK(
      entrasync_lookup_find(seen.lookup, address, 1, NULL, NULL) == ENTRASYNC_CANCELLED,
      "lookup_find: progress can cancel a lookup");
  CHECK(
      entrasync_lookup_get_answer_count(seen.lookup) == 0,
      "lookup_find: a cancelled lookup has no answers");
  entrasync_lookup_free(seen.lookup);
  entrasync_client_free(client);
}

int main(void)
{
  null_is_refused();
  a_template_must_fit_the_query_filter();
  answers_come_in_the_order_of_the_addresses();
  an_address_belongs_to_one_person();
  a_refused_find_leaves_no_answer();
  the_lookup_keeps_its_client();
  nested_groups_are_followed_where_it_is_said();
  unknown_is_not_a_no();
  one_of_two_clients_may_fail();
  callbacks_can_watch_and_stop_it();
  return check_end();
}
