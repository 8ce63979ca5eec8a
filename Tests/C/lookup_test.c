/* Lookups as a C program makes them: what it can pass wrongly, what it owns, what it reads. */
#include "check.h"
#include <entrasync.h>
#include <string.h>

/* A lookup in the groups of one configuration; the caller frees both. */
static entrasync_lookup *opened(
    const char *configuration, const char *line_template, entrasync_client **client)
{
  entrasync_lookup *lookup = NULL;

  CHECK(entrasync_client_open(configuration, client, NULL) == ENTRASYNC_OK, configuration);
  CHECK(entrasync_lookup_create(line_template, &lookup, NULL) == ENTRASYNC_OK, "a lookup");
  CHECK(entrasync_lookup_add_client(lookup, *client, NULL) == ENTRASYNC_OK, "goes together");
  return lookup;
}

/* Takes the error away when it is as it should be. */
static void check_refused(entrasync_status status, entrasync_error **error, const char *name)
{
  CHECK(status == ENTRASYNC_INVALID_ARGUMENT, name);
  CHECK(entrasync_error_get_status(*error) == status, "its error says the same");
  CHECK(strlen(entrasync_error_get_message(*error, NULL)) > 10, "and has a message");
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

  check_refused(entrasync_lookup_create("{mail}", NULL, &error), &error, "create: no lookup");
  check_refused(entrasync_lookup_create("{", &lookup, &error), &error, "create: no template");
  check_refused(entrasync_lookup_create("{mail} \xff", &lookup, &error), &error, "nor a text");
  CHECK(lookup == NULL, "nothing was handed out");
  check_refused(entrasync_lookup_add_client(NULL, NULL, &error), &error, "add: no lookup");
  check_refused(entrasync_lookup_find(NULL, hole, 1, &report, &error), &error, "find: no lookup");

  CHECK(entrasync_lookup_create(NULL, &lookup, NULL) == ENTRASYNC_OK, "no template is one");
  check_refused(entrasync_lookup_add_client(lookup, NULL, &error), &error, "add: no client");
  check_refused(
      entrasync_lookup_find(lookup, hole, 1, &report, &error), &error, "find: without a client");
  CHECK(entrasync_client_open("good.entraidconf", &client, NULL) == ENTRASYNC_OK, "it opens");
  CHECK(entrasync_lookup_add_client(lookup, client, NULL) == ENTRASYNC_OK, "goes together");
  check_refused(
      entrasync_lookup_find(lookup, NULL, 1, &report, &error), &error, "find: no addresses");
  check_refused(entrasync_lookup_find(lookup, hole, 2, &report, &error), &error, "find: a hole");
  CHECK(report == NULL, "there is no report");
  CHECK(entrasync_lookup_get_answer_count(lookup) == 0, "and no answer");
  CHECK(entrasync_lookup_find(lookup, NULL, 1, NULL, NULL) == ENTRASYNC_INVALID_ARGUMENT, "at all");

  CHECK(entrasync_lookup_get_answer_count(NULL) == 0, "answer count");
  CHECK(entrasync_lookup_get_answer(NULL, 0) == ENTRASYNC_ANSWER_UNKNOWN, "answer");
  CHECK(entrasync_lookup_get_error(NULL, 0) == NULL, "error");
  CHECK(entrasync_lookup_get_line_count(NULL, 0) == 0, "line count");
  CHECK(strcmp(entrasync_lookup_get_line(NULL, 0, 0, &length), "") == 0 && length == 0, "line");
  CHECK(entrasync_lookup_get_attribute_count(NULL, 0) == 0, "attribute count");
  CHECK(strcmp(entrasync_lookup_get_attribute(NULL, 0, 0, NULL), "") == 0, "attribute");
  CHECK(entrasync_lookup_get_value_count(NULL, 0, "mail") == 0, "value count");
  length = 99;
  CHECK(
      strcmp(entrasync_lookup_get_value(NULL, 0, "mail", 0, &length), "") == 0 && length == 0,
      "value");
  entrasync_lookup_set_aliases(NULL, 1);
  entrasync_lookup_free(NULL);
  CHECK(1, "what returns nothing accepts NULL");
  entrasync_lookup_free(lookup);
  entrasync_client_free(client);
}

static void a_template_must_fit_the_query_filter(void)
{
  entrasync_client *client = NULL;
  entrasync_lookup *lookup = NULL;
  entrasync_error *error = NULL;

  CHECK(entrasync_client_open("good.entraidconf", &client, NULL) == ENTRASYNC_OK, "mail alone");
  CHECK(
      entrasync_lookup_create("{mail} {mobilePhone}", &lookup, NULL) == ENTRASYNC_OK,
      "a template with a phone");
  check_refused(entrasync_lookup_add_client(lookup, client, &error), &error, "do not go together");
  entrasync_lookup_free(lookup);
  entrasync_client_free(client);
}

static void answers_come_in_the_order_of_the_addresses(void)
{
  /* The one member of the front desk, nobody, no UTF-8, no address. */
  static const char *const addresses[] = {
      "nobody@example.com", "Ainoa.Jasen@Example.com", "\xff\xfe@example.com", "*",
      "ainoa.jasen@example.com"};
  static const char line[] = "ainoa.jasen@example.com * <sms> - 0";
  static const size_t outside[] = {5, 6, (size_t)-1, (size_t)-1 / 2 + 1};
  entrasync_client *client = NULL;
  entrasync_lookup *lookup = opened("desk.entraidconf", "{mail} * <sms> - 0", &client);
  entrasync_report *report = NULL;
  size_t length = 0, index;

  CHECK(entrasync_lookup_get_answer_count(lookup) == 0, "there is no answer before");
  CHECK(
      entrasync_lookup_find(lookup, addresses, 5, &report, NULL) == ENTRASYNC_OK, "five addresses");
  CHECK(entrasync_lookup_get_answer_count(lookup) == 5, "have five answers");
  CHECK(entrasync_report_get_count(report, ENTRASYNC_COUNT_REQUESTS) == 3, "to three requests");
  CHECK(entrasync_report_get_count(report, ENTRASYNC_COUNT_FETCHED) == 2, "with two findings");
  for (index = 0; index < 5; index++) {
    int is_member = index == 1 || index == 4;

    CHECK(
        entrasync_lookup_get_answer(lookup, index)
            == (is_member ? ENTRASYNC_ANSWER_MEMBER : ENTRASYNC_ANSWER_NOT_MEMBER),
        "in their order");
    CHECK(entrasync_lookup_get_error(lookup, index) == NULL, "without an error");
    CHECK(entrasync_lookup_get_line_count(lookup, index) == (size_t)is_member, "a member's line");
    CHECK(
        entrasync_lookup_get_attribute_count(lookup, index) == (size_t)is_member * 2,
        "a member's attributes");
  }
  CHECK(
      strcmp(entrasync_lookup_get_line(lookup, 1, 0, &length), line) == 0,
      "the line is that of a list");
  CHECK(length == sizeof line - 1, "with its length");
  CHECK(strcmp(entrasync_lookup_get_attribute(lookup, 1, 0, &length), "mail") == 0, "attribute 0");
  CHECK(length == 4, "with its length");
  CHECK(
      strcmp(entrasync_lookup_get_attribute(lookup, 1, 1, NULL), "mobilePhone") == 0,
      "attribute 1");
  CHECK(entrasync_lookup_get_value_count(lookup, 1, "MOBILEphone") == 1, "a name in any case");
  CHECK(
      strcmp(entrasync_lookup_get_value(lookup, 1, "mobilePhone", 0, &length), "040123123123") == 0,
      "has its value");
  CHECK(length == 12, "with its length");

  for (index = 0; index < sizeof outside / sizeof outside[0]; index++) {
    size_t there = outside[index];

    CHECK(entrasync_lookup_get_answer(lookup, there) == ENTRASYNC_ANSWER_UNKNOWN, "no answer");
    CHECK(entrasync_lookup_get_error(lookup, there) == NULL, "no error");
    CHECK(entrasync_lookup_get_line_count(lookup, there) == 0, "no lines");
    CHECK(entrasync_lookup_get_attribute_count(lookup, there) == 0, "no attributes");
    CHECK(entrasync_lookup_get_value_count(lookup, there, "mail") == 0, "no values");
    length = 99;
    CHECK(
        entrasync_lookup_get_line(lookup, 1, there, &length)[0] == '\0' && length == 0, "no line");
    CHECK(entrasync_lookup_get_attribute(lookup, 1, there, NULL)[0] == '\0', "no attribute");
    CHECK(entrasync_lookup_get_value(lookup, 1, "mail", there, NULL)[0] == '\0', "no value");
  }
  CHECK(entrasync_lookup_get_value_count(lookup, 1, NULL) == 0, "no name has no value");
  CHECK(entrasync_lookup_get_value_count(lookup, 1, "displayName") == 0, "nor has another");
  CHECK(entrasync_lookup_get_value_count(lookup, 1, "\xff") == 0, "nor what is no name");
  CHECK(entrasync_lookup_get_value(lookup, 1, NULL, 0, NULL)[0] == '\0', "and it is empty");

  CHECK(entrasync_lookup_find(lookup, NULL, 0, NULL, NULL) == ENTRASYNC_OK, "no address at all");
  CHECK(entrasync_lookup_get_answer_count(lookup) == 0, "has no answer");
  entrasync_report_free(report);
  entrasync_lookup_free(lookup);
  entrasync_client_free(client);
}

/* Whoever overlooks the status must not read an answer to what was asked before. */
static void a_refused_find_leaves_no_answer(void)
{
  static const char *const address[] = {"ainoa.jasen@example.com"};
  static const char *const hole[] = {"nobody@example.com", NULL};
  static const struct {
    const char *const *addresses;
    size_t count;
    const char *name;
  } refused[] = {{hole, 2, "a hole"}, {NULL, 1, "no addresses"}, {address, (size_t)-1, "too many"}};
  entrasync_client *client = NULL;
  entrasync_lookup *lookup = opened("desk.entraidconf", NULL, &client);
  size_t index;

  for (index = 0; index < sizeof refused / sizeof *refused; index++) {
    CHECK(entrasync_lookup_find(lookup, address, 1, NULL, NULL) == ENTRASYNC_OK, "it is found");
    CHECK(entrasync_lookup_get_answer(lookup, 0) == ENTRASYNC_ANSWER_MEMBER, "a member's");
    CHECK(
        entrasync_lookup_find(lookup, refused[index].addresses, refused[index].count, NULL, NULL)
            == ENTRASYNC_INVALID_ARGUMENT,
        refused[index].name);
    CHECK(entrasync_lookup_get_answer_count(lookup) == 0, "leaves no answer");
    CHECK(entrasync_lookup_get_answer(lookup, 0) == ENTRASYNC_ANSWER_UNKNOWN, "of before");
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
  CHECK(entrasync_lookup_find(lookup, address, 1, NULL, NULL) == ENTRASYNC_OK, "it outlives it");
  CHECK(
      strcmp(entrasync_lookup_get_line(lookup, 0, 0, NULL), "ainoa.jasen@example.com 040123123123")
          == 0,
      "and has all attributes in its line");
  CHECK(entrasync_lookup_find(lookup, address, 1, &report, NULL) == ENTRASYNC_OK, "once more");
  /* She signs in with another name than the address. */
  CHECK(entrasync_report_get_count(report, ENTRASYNC_COUNT_REQUESTS) == 2, "needs no sign-in");
  entrasync_report_free(report);
  entrasync_lookup_free(lookup);
}

/* MEMBERSHIP = transitive reaches the front desk from the main group. */
static void nested_groups_are_followed_where_it_is_said(void)
{
  static const char *const address[] = {"ainoa.jasen@example.com"};
  entrasync_client *client = NULL;
  entrasync_lookup *lookup = opened("good.entraidconf", NULL, &client);

  CHECK(entrasync_lookup_find(lookup, address, 1, NULL, NULL) == ENTRASYNC_OK, "of a nested group");
  CHECK(entrasync_lookup_get_answer(lookup, 0) == ENTRASYNC_ANSWER_NOT_MEMBER, "is no member");
  entrasync_lookup_free(lookup);
  entrasync_client_free(client);
  lookup = opened("all-nested.entraidconf", NULL, &client);
  CHECK(entrasync_lookup_find(lookup, address, 1, NULL, NULL) == ENTRASYNC_OK, "followed");
  CHECK(entrasync_lookup_get_answer(lookup, 0) == ENTRASYNC_ANSWER_MEMBER, "is one");
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

    /* Nobody may listen, or nobody answer in time. */
    CHECK(
        status == failures[index].status
            || (status == ENTRASYNC_NETWORK && failures[index].status == ENTRASYNC_TIMEOUT),
        "it cannot be told");
    CHECK(report == NULL && entrasync_error_get_status(error) == status, "and an error says why");
    CHECK(entrasync_lookup_get_answer_count(lookup) == 2, "both addresses have an answer");
    for (address = 0; address < 2; address++) {
      const entrasync_error *reason = entrasync_lookup_get_error(lookup, address);

      CHECK(
          entrasync_lookup_get_answer(lookup, address) == ENTRASYNC_ANSWER_UNKNOWN,
          "which is none");
      CHECK(entrasync_error_get_status(reason) == status, "for the same reason");
      CHECK(
          strcmp(
              entrasync_error_get_message(reason, NULL), entrasync_error_get_message(error, NULL))
              == 0,
          "in the same words");
      CHECK(reason == entrasync_lookup_get_error(lookup, address), "which stay where they are");
    }
    /* The lookup's errors are its own; this one is not. */
    entrasync_error_free(error);
    CHECK(
        strlen(entrasync_error_get_message(entrasync_lookup_get_error(lookup, 0), NULL)) > 10,
        "and outlive the caller's");
    entrasync_lookup_free(lookup);
    entrasync_client_free(client);
  }
}

static void one_of_two_clients_may_fail(void)
{
  static const char *const addresses[] = {"ainoa.jasen@example.com", "nobody@example.com"};
  entrasync_client *client = NULL, *second = NULL;
  entrasync_lookup *lookup = opened("unknown-group.entraidconf", NULL, &client);
  entrasync_error *error = NULL;

  CHECK(entrasync_client_open("desk.entraidconf", &second, NULL) == ENTRASYNC_OK, "another");
  CHECK(entrasync_lookup_add_client(lookup, second, NULL) == ENTRASYNC_OK, "goes together too");
  CHECK(
      entrasync_lookup_find(lookup, addresses, 2, NULL, &error) == ENTRASYNC_NOT_FOUND,
      "one cannot tell");
  CHECK(entrasync_lookup_get_answer(lookup, 0) == ENTRASYNC_ANSWER_MEMBER, "the other finds");
  CHECK(entrasync_lookup_get_error(lookup, 0) == NULL, "and then all is well");
  CHECK(entrasync_lookup_get_answer(lookup, 1) == ENTRASYNC_ANSWER_UNKNOWN, "or does not");
  CHECK(entrasync_lookup_get_error(lookup, 1) != NULL, "and then nothing is known");
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
  CHECK(entrasync_lookup_find(seen.lookup, address, 1, NULL, NULL) == ENTRASYNC_OK, "it is found");
  CHECK(seen.calls > 0, "the log was told");
  CHECK(seen.status == ENTRASYNC_INVALID_ARGUMENT, "and cannot use the lookup a second time");
  CHECK(
      entrasync_lookup_get_answer(seen.lookup, 0) == ENTRASYNC_ANSWER_MEMBER,
      "which has the answer all the same");
  entrasync_client_set_log(client, NULL, NULL);
  entrasync_client_set_progress(client, stop, NULL);
  CHECK(
      entrasync_lookup_find(seen.lookup, address, 1, NULL, NULL) == ENTRASYNC_CANCELLED,
      "it can be stopped");
  CHECK(entrasync_lookup_get_answer_count(seen.lookup) == 0, "and has no answer then");
  entrasync_lookup_free(seen.lookup);
  entrasync_client_free(client);
}

int main(void)
{
  null_is_refused();
  a_template_must_fit_the_query_filter();
  answers_come_in_the_order_of_the_addresses();
  a_refused_find_leaves_no_answer();
  the_lookup_keeps_its_client();
  nested_groups_are_followed_where_it_is_said();
  unknown_is_not_a_no();
  one_of_two_clients_may_fail();
  callbacks_can_watch_and_stop_it();
  return check_end();
}
