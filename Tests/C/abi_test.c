/*
 * The ABI of libentrasync.so.1: a program that was compiled against any earlier header still runs.
 *
 * Below are the functions and numbers as they were first released. Add what is new; never change or
 * remove a line. If the header declares another type for a function, this program does not compile.
 * If the library lacks a function, it does not link. If a number differs, its check fails. That the
 * library implements each function as the header declares it is checked when the library is
 * compiled, by `@implementation @c` in Sources/EntraSyncC.
 */
#include "check.h"
#include <entrasync.h>
#include <stddef.h>
#include <string.h>

/* clang-format off */
#define FUNCTIONS(FUNCTION) \
  FUNCTION(const char *, entrasync_version, (void)) \
  FUNCTION(uint32_t, entrasync_version_number, (void)) \
  FUNCTION(const char *, entrasync_status_get_name, (entrasync_status)) \
  FUNCTION(entrasync_status, entrasync_error_get_status, (const entrasync_error *)) \
  FUNCTION(const char *, entrasync_error_get_message, (const entrasync_error *, size_t *)) \
  FUNCTION(int32_t, entrasync_error_get_http_status, (const entrasync_error *)) \
  FUNCTION(int32_t, entrasync_error_get_aadsts_code, (const entrasync_error *)) \
  FUNCTION(const char *, entrasync_error_get_server_code, (const entrasync_error *, size_t *)) \
  FUNCTION(const char *, entrasync_error_get_request_id, (const entrasync_error *, size_t *)) \
  FUNCTION(int64_t, entrasync_error_get_retry_after, (const entrasync_error *)) \
  FUNCTION(void, entrasync_error_free, (entrasync_error *)) \
  FUNCTION( \
      entrasync_status, entrasync_client_open, \
      (const char *, entrasync_client **, entrasync_error **)) \
  FUNCTION(void, entrasync_client_follow, (entrasync_client *, entrasync_client *)) \
  FUNCTION(size_t, entrasync_client_get_warning_count, (const entrasync_client *)) \
  FUNCTION( \
      const char *, entrasync_client_get_warning, \
      (const entrasync_client *, size_t, size_t *)) \
  FUNCTION( \
      entrasync_status, entrasync_client_check_credential, \
      (entrasync_client *, entrasync_error **)) \
  FUNCTION(int64_t, entrasync_client_get_credential_end, (const entrasync_client *)) \
  FUNCTION(size_t, entrasync_client_get_attribute_count, (const entrasync_client *)) \
  FUNCTION( \
      const char *, entrasync_client_get_attribute, \
      (const entrasync_client *, size_t, size_t *)) \
  FUNCTION(uint64_t, entrasync_progress_get_pages, (const entrasync_progress *)) \
  FUNCTION(uint64_t, entrasync_progress_get_people, (const entrasync_progress *)) \
  FUNCTION(uint64_t, entrasync_progress_get_bytes, (const entrasync_progress *)) \
  FUNCTION(double, entrasync_progress_get_seconds, (const entrasync_progress *)) \
  FUNCTION(double, entrasync_progress_get_waiting, (const entrasync_progress *)) \
  FUNCTION( \
      void, entrasync_client_set_progress, \
      (entrasync_client *, int (*)(const entrasync_progress *, void *), void *)) \
  FUNCTION( \
      void, entrasync_client_set_log, \
      (entrasync_client *, void (*)(entrasync_log_level, const char *, void *), void *)) \
  FUNCTION( \
      void, entrasync_client_set_log_level, (entrasync_client *, entrasync_log_level)) \
  FUNCTION(void, entrasync_client_free, (entrasync_client *)) \
  FUNCTION( \
      entrasync_status, entrasync_list_create, \
      (const char *, const char *, entrasync_list **, entrasync_error **)) \
  FUNCTION( \
      entrasync_status, entrasync_list_add_client, \
      (entrasync_list *, entrasync_client *, entrasync_error **)) \
  FUNCTION( \
      entrasync_status, entrasync_list_preview, \
      (entrasync_list *, entrasync_report **, entrasync_error **)) \
  FUNCTION(void, entrasync_list_set_accept_change, (entrasync_list *, int)) \
  FUNCTION(void, entrasync_list_set_adopt, (entrasync_list *, int)) \
  FUNCTION( \
      entrasync_status, entrasync_list_fetch, \
      (entrasync_list *, entrasync_report **, entrasync_error **)) \
  FUNCTION( \
      entrasync_status, entrasync_list_write, \
      (entrasync_list *, entrasync_report **, entrasync_error **)) \
  FUNCTION( \
      entrasync_status, entrasync_list_clear, \
      (entrasync_list *, entrasync_report **, entrasync_error **)) \
  FUNCTION(size_t, entrasync_list_get_line_count, (const entrasync_list *)) \
  FUNCTION(const char *, entrasync_list_get_line, (const entrasync_list *, size_t, size_t *)) \
  FUNCTION(void, entrasync_list_free, (entrasync_list *)) \
  FUNCTION( \
      entrasync_status, entrasync_lookup_create, \
      (const char *, entrasync_lookup **, entrasync_error **)) \
  FUNCTION( \
      entrasync_status, entrasync_lookup_add_client, \
      (entrasync_lookup *, entrasync_client *, entrasync_error **)) \
  FUNCTION(void, entrasync_lookup_set_aliases, (entrasync_lookup *, int)) \
  FUNCTION( \
      entrasync_status, entrasync_lookup_find, \
      (entrasync_lookup *, const char *const *, size_t, entrasync_report **, entrasync_error **)) \
  FUNCTION(size_t, entrasync_lookup_get_answer_count, (const entrasync_lookup *)) \
  FUNCTION(entrasync_answer, entrasync_lookup_get_answer, (const entrasync_lookup *, size_t)) \
  FUNCTION( \
      const entrasync_error *, entrasync_lookup_get_error, \
      (const entrasync_lookup *, size_t)) \
  FUNCTION( \
      const char *, entrasync_lookup_get_reason, \
      (const entrasync_lookup *, size_t, size_t *)) \
  FUNCTION(size_t, entrasync_lookup_get_line_count, (const entrasync_lookup *, size_t)) \
  FUNCTION( \
      const char *, entrasync_lookup_get_line, \
      (const entrasync_lookup *, size_t, size_t, size_t *)) \
  FUNCTION(size_t, entrasync_lookup_get_attribute_count, (const entrasync_lookup *, size_t)) \
  FUNCTION( \
      const char *, entrasync_lookup_get_attribute, \
      (const entrasync_lookup *, size_t, size_t, size_t *)) \
  FUNCTION( \
      size_t, entrasync_lookup_get_value_count, \
      (const entrasync_lookup *, size_t, const char *)) \
  FUNCTION( \
      const char *, entrasync_lookup_get_value, \
      (const entrasync_lookup *, size_t, const char *, size_t, size_t *)) \
  FUNCTION(void, entrasync_lookup_free, (entrasync_lookup *)) \
  FUNCTION( \
      entrasync_status, entrasync_check_create, \
      (entrasync_client *, entrasync_check **, entrasync_error **)) \
  FUNCTION( \
      entrasync_status, entrasync_check_run, \
      (entrasync_check *, entrasync_report **, entrasync_error **)) \
  FUNCTION(size_t, entrasync_check_get_step_count, (const entrasync_check *)) \
  FUNCTION( \
      const char *, entrasync_check_get_step_name, \
      (const entrasync_check *, size_t, size_t *)) \
  FUNCTION(entrasync_outcome, entrasync_check_get_step_outcome, (const entrasync_check *, size_t)) \
  FUNCTION( \
      const char *, entrasync_check_get_step_text, \
      (const entrasync_check *, size_t, size_t *)) \
  FUNCTION(size_t, entrasync_check_get_sample_count, (const entrasync_check *)) \
  FUNCTION(const char *, entrasync_check_get_sample, (const entrasync_check *, size_t, size_t *)) \
  FUNCTION(int64_t, entrasync_check_get_token_end, (const entrasync_check *)) \
  FUNCTION(void, entrasync_check_free, (entrasync_check *)) \
  FUNCTION(uint64_t, entrasync_report_get_count, (const entrasync_report *, entrasync_count)) \
  FUNCTION(double, entrasync_report_get_seconds, (const entrasync_report *)) \
  FUNCTION( \
      const char *, entrasync_report_get_added_line, \
      (const entrasync_report *, size_t, size_t *)) \
  FUNCTION( \
      const char *, entrasync_report_get_removed_line, \
      (const entrasync_report *, size_t, size_t *)) \
  FUNCTION(const char *, entrasync_report_get_guard, (const entrasync_report *, size_t *)) \
  FUNCTION(int, entrasync_report_get_changed, (const entrasync_report *)) \
  FUNCTION( \
      const char *, entrasync_report_get_skip_name, \
      (const entrasync_report *, size_t, size_t *)) \
  FUNCTION( \
      const char *, entrasync_report_get_skip_reason, \
      (const entrasync_report *, size_t, size_t *)) \
  FUNCTION( \
      const char *, entrasync_report_get_skip_display_name, \
      (const entrasync_report *, size_t, size_t *)) \
  FUNCTION( \
      const char *, entrasync_report_get_skip_sign_in_name, \
      (const entrasync_report *, size_t, size_t *)) \
  FUNCTION(size_t, entrasync_report_get_warning_count, (const entrasync_report *)) \
  FUNCTION( \
      const char *, entrasync_report_get_warning, \
      (const entrasync_report *, size_t, size_t *)) \
  FUNCTION(void, entrasync_report_free, (entrasync_report *)) \
  FUNCTION( \
      entrasync_status, entrasync_history_read, \
      (const char *, const char *, int64_t, size_t, entrasync_history **, entrasync_error **)) \
  FUNCTION( \
      entrasync_status, entrasync_list_read_history, \
      (const entrasync_list *, int64_t, size_t, entrasync_history **, entrasync_error **)) \
  FUNCTION(size_t, entrasync_history_get_run_count, (const entrasync_history *)) \
  FUNCTION(int64_t, entrasync_history_get_time, (const entrasync_history *, size_t)) \
  FUNCTION(double, entrasync_history_get_seconds, (const entrasync_history *, size_t)) \
  FUNCTION(entrasync_status, entrasync_history_get_status, (const entrasync_history *, size_t)) \
  FUNCTION(int, entrasync_history_get_changed, (const entrasync_history *, size_t)) \
  FUNCTION( \
      const char *, entrasync_history_get_message, \
      (const entrasync_history *, size_t, size_t *)) \
  FUNCTION( \
      uint64_t, entrasync_history_get_count, \
      (const entrasync_history *, size_t, entrasync_count)) \
  FUNCTION(size_t, entrasync_history_get_configuration_count, (const entrasync_history *, size_t)) \
  FUNCTION( \
      const char *, entrasync_history_get_configuration, \
      (const entrasync_history *, size_t, size_t, size_t *)) \
  FUNCTION(size_t, entrasync_history_get_group_count, (const entrasync_history *, size_t)) \
  FUNCTION( \
      const char *, entrasync_history_get_group, \
      (const entrasync_history *, size_t, size_t, size_t *)) \
  FUNCTION(int, entrasync_history_get_group_excluded, (const entrasync_history *, size_t, size_t)) \
  FUNCTION( \
      uint64_t, entrasync_history_get_group_people, (const entrasync_history *, size_t, size_t)) \
  FUNCTION(size_t, entrasync_history_get_reason_count, (const entrasync_history *, size_t)) \
  FUNCTION( \
      const char *, entrasync_history_get_reason, \
      (const entrasync_history *, size_t, size_t, size_t *)) \
  FUNCTION( \
      uint64_t, entrasync_history_get_reason_people, (const entrasync_history *, size_t, size_t)) \
  FUNCTION(void, entrasync_history_free, (entrasync_history *)) \
  FUNCTION( \
      entrasync_status, entrasync_troubles_note, \
      (const entrasync_list *, const char *, const char *, const char *const *, size_t, \
       entrasync_troubles **, entrasync_error **)) \
  FUNCTION(size_t, entrasync_troubles_get_count, (const entrasync_troubles *)) \
  FUNCTION(int, entrasync_troubles_get_noted, (const entrasync_troubles *)) \
  FUNCTION(entrasync_news, entrasync_troubles_get_news, (const entrasync_troubles *, size_t)) \
  FUNCTION(int, entrasync_troubles_get_failure, (const entrasync_troubles *, size_t)) \
  FUNCTION( \
      const char *, entrasync_troubles_get_text, \
      (const entrasync_troubles *, size_t, size_t *)) \
  FUNCTION(int64_t, entrasync_troubles_get_since, (const entrasync_troubles *, size_t)) \
  FUNCTION(int64_t, entrasync_troubles_get_end, (const entrasync_troubles *, size_t)) \
  FUNCTION(void, entrasync_troubles_free, (entrasync_troubles *))

#define POINTER(result, name, parameters) \
  static result (*const pointer_to_##name) parameters = name;
FUNCTIONS(POINTER)

#define CHECK_POINTER(result, name, parameters) \
  CHECK(pointer_to_##name != NULL, "the library exports " #name " with its first type");

#define CONSTANT(name, number) {#name, (int)name, number}
static const struct {
  const char *name;
  int value, number;
} constants[] = {
  CONSTANT(ENTRASYNC_LOG_WARNING, 1),
  CONSTANT(ENTRASYNC_LOG_INFO, 2),
  CONSTANT(ENTRASYNC_ANSWER_UNKNOWN, 0),
  CONSTANT(ENTRASYNC_ANSWER_MEMBER, 1),
  CONSTANT(ENTRASYNC_ANSWER_NOT_MEMBER, 2),
  CONSTANT(ENTRASYNC_ANSWER_WITHOUT_LINE, 3),
  CONSTANT(ENTRASYNC_OUTCOME_NONE, 0),
  CONSTANT(ENTRASYNC_OUTCOME_PASSED, 1),
  CONSTANT(ENTRASYNC_OUTCOME_DOUBTFUL, 2),
  CONSTANT(ENTRASYNC_OUTCOME_FAILED, 3),
  CONSTANT(ENTRASYNC_COUNT_FETCHED, 1),
  CONSTANT(ENTRASYNC_COUNT_WRITTEN, 2),
  CONSTANT(ENTRASYNC_COUNT_ADDED, 3),
  CONSTANT(ENTRASYNC_COUNT_REMOVED, 4),
  CONSTANT(ENTRASYNC_COUNT_SKIPPED, 5),
  CONSTANT(ENTRASYNC_COUNT_OTHERS, 6),
  CONSTANT(ENTRASYNC_COUNT_REQUESTS, 7),
  CONSTANT(ENTRASYNC_COUNT_BYTES, 8),
  CONSTANT(ENTRASYNC_COUNT_EXCLUDED, 9),
  CONSTANT(ENTRASYNC_COUNT_NESTED_GROUPS, 10),
  CONSTANT(ENTRASYNC_COUNT_READINGS, 11),
  CONSTANT(ENTRASYNC_COUNT_DISPUTED, 12),
  CONSTANT(ENTRASYNC_COUNT_CONTACTS, 13),
  CONSTANT(ENTRASYNC_COUNT_DEVICES, 14),
  CONSTANT(ENTRASYNC_COUNT_SERVICE_PRINCIPALS, 15),
  CONSTANT(ENTRASYNC_COUNT_UNKNOWN_KINDS, 16),
  CONSTANT(ENTRASYNC_COUNT_BEFORE, 17),
};
/* clang-format on */

static const struct {
  entrasync_status status;
  int number;
  const char *name;
} statuses[] = {
    {ENTRASYNC_OK, 0, "ok"},
    {ENTRASYNC_INVALID_ARGUMENT, 1, "invalid_argument"},
    {ENTRASYNC_CONFIGURATION, 2, "configuration"},
    {ENTRASYNC_FILE, 3, "file"},
    {ENTRASYNC_NETWORK, 4, "network"},
    {ENTRASYNC_AUTHENTICATION, 5, "authentication"},
    {ENTRASYNC_PERMISSION, 6, "permission"},
    {ENTRASYNC_NOT_FOUND, 7, "not_found"},
    {ENTRASYNC_THROTTLED, 8, "throttled"},
    {ENTRASYNC_SERVER, 9, "server"},
    {ENTRASYNC_GUARD, 10, "guard"},
    {ENTRASYNC_CANCELLED, 11, "cancelled"},
    {ENTRASYNC_TIMEOUT, 12, "timeout"},
    {ENTRASYNC_BUSY, 13, "busy"},
};

int main(void)
{
  size_t index;

  FUNCTIONS(CHECK_POINTER)
  for (index = 0; index < sizeof statuses / sizeof statuses[0]; index++) {
    CHECK(
        (int)statuses[index].status == statuses[index].number, "the number of status %s is %d",
        statuses[index].name, statuses[index].number);
    CHECK(
        strcmp(entrasync_status_get_name(statuses[index].status), statuses[index].name) == 0,
        "the name of status %d is %s", statuses[index].number, statuses[index].name);
  }
  CHECK(
      strcmp(entrasync_status_get_name((entrasync_status)14), "unknown") == 0,
      "the name of status 14, which does not exist, is unknown");
  for (index = 0; index < sizeof constants / sizeof constants[0]; index++)
    CHECK(
        constants[index].value == constants[index].number, "the number of %s is %d",
        constants[index].name, constants[index].number);
  CHECK(
      sizeof(entrasync_status) == 4 && sizeof(entrasync_log_level) == 4
          && sizeof(entrasync_answer) == 4 && sizeof(entrasync_outcome) == 4
          && sizeof(entrasync_count) == 4,
      "each enumeration has four bytes");
  CHECK(
      strcmp(entrasync_version(), ENTRASYNC_VERSION) == 0,
      "header and library have the same version as text");
  CHECK(
      entrasync_version_number() == ENTRASYNC_VERSION_NUMBER,
      "header and library have the same version as a number");
  return check_end();
}
