/* One run that writes one configuration's people to one list file. */
#ifndef RUN_LIST_H
#define RUN_LIST_H

#include <entrasync.h>

/** How the run ended; the caller frees both pointers with run_free(). */
typedef struct run_result {
  entrasync_status status;
  entrasync_report *report;
  entrasync_error *error;
} run_result;

/**
 * Opens `configuration`, writes the list `path` with `line_template` and `accept_change`, and
 * closes everything but the report and the error.
 */
static inline run_result run_list(
    const char *configuration, const char *path, const char *line_template, int accept_change)
{
  run_result result = {ENTRASYNC_OK, NULL, NULL};
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;

  result.status = entrasync_client_open(configuration, &client, &result.error);
  if (result.status == ENTRASYNC_OK)
    result.status = entrasync_list_create(path, line_template, &list, &result.error);
  if (result.status == ENTRASYNC_OK)
    result.status = entrasync_list_add_client(list, client, &result.error);
  if (result.status == ENTRASYNC_OK) {
    entrasync_list_set_accept_change(list, accept_change);
    result.status = entrasync_list_write(list, &result.report, &result.error);
  }
  entrasync_list_free(list);
  entrasync_client_free(client);
  return result;
}

static inline void run_free(run_result result)
{
  entrasync_report_free(result.report);
  entrasync_error_free(result.error);
}

#endif
