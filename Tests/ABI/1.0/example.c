/*
 * A complete use of the library: reads the people of one configuration, writes a list and prints
 * the report.
 *
 *     example senders.entraidconf allowed_senders.txt '{mail}'
 */
#include <entrasync.h>
#include <stdio.h>

static int show_progress(const entrasync_progress *progress, void *user_data)
{
  (void)user_data;
  fprintf(
      stderr, "%llu people so far\n", (unsigned long long)entrasync_progress_get_people(progress));
  return 0;
}

static void print_report(const entrasync_report *report)
{
  static const struct {
    entrasync_count count;
    const char *name;
  } figures[] = {
      {ENTRASYNC_COUNT_FETCHED, "people fetched"},
      {ENTRASYNC_COUNT_WRITTEN, "lines written"},
      {ENTRASYNC_COUNT_ADDED, "lines added"},
      {ENTRASYNC_COUNT_REMOVED, "lines removed"},
      {ENTRASYNC_COUNT_SKIPPED, "values left out"},
      {ENTRASYNC_COUNT_OTHERS, "no people"},
      {ENTRASYNC_COUNT_EXCLUDED, "excluded"},
      {ENTRASYNC_COUNT_REQUESTS, "requests"},
      {ENTRASYNC_COUNT_BYTES, "bytes"},
      {ENTRASYNC_COUNT_NESTED_GROUPS, "nested groups not followed"},
      {ENTRASYNC_COUNT_READINGS, "readings of the groups"},
      {ENTRASYNC_COUNT_DISPUTED, "addresses that nobody gets"},
  };
  size_t index;

  for (index = 0; index < sizeof figures / sizeof figures[0]; index++)
    printf(
        "%s: %llu\n", figures[index].name,
        (unsigned long long)entrasync_report_get_count(report, figures[index].count));
  printf("file changed: %s\n", entrasync_report_get_changed(report) ? "yes" : "no");
  printf("seconds: %.3f\n", entrasync_report_get_seconds(report));
  for (index = 0; index < entrasync_report_get_count(report, ENTRASYNC_COUNT_SKIPPED); index++)
    printf(
        "left out: %s: %s\n", entrasync_report_get_skip_name(report, index, NULL),
        entrasync_report_get_skip_reason(report, index, NULL));
}

static void print_error(const char *configuration, const entrasync_error *error)
{
  const char *request = entrasync_error_get_request_id(error, NULL);

  fprintf(stderr, "%s\n", entrasync_error_get_message(error, NULL));
  if (request[0] != '\0')
    fprintf(stderr, "%s: request id for Microsoft's support: %s\n", configuration, request);
}

int main(int count, char **arguments)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  entrasync_report *report = NULL;
  entrasync_error *error = NULL;
  entrasync_status status;
  size_t index;

  if (count != 4) {
    fprintf(stderr, "usage: %s CONFIGURATION LIST TEMPLATE\n", arguments[0]);
    return 2;
  }

  status = entrasync_client_open(arguments[1], &client, &error);
  if (status == ENTRASYNC_OK) {
    for (index = 0; index < entrasync_client_get_warning_count(client); index++)
      fprintf(stderr, "%s\n", entrasync_client_get_warning(client, index, NULL));
    entrasync_client_set_progress(client, show_progress, NULL);
    status = entrasync_list_create(arguments[2], arguments[3], &list, &error);
  }
  if (status == ENTRASYNC_OK)
    status = entrasync_list_add_client(list, client, &error);
  if (status == ENTRASYNC_OK)
    status = entrasync_list_write(list, &report, &error);

  if (status == ENTRASYNC_OK)
    print_report(report);
  else
    print_error(arguments[1], error);

  entrasync_error_free(error);
  entrasync_report_free(report);
  entrasync_list_free(list);
  entrasync_client_free(client);
  return status == ENTRASYNC_OK ? 0 : 1;
}
