/* What the hosts have in common: one list or lookup of one configuration. */
#ifndef HOST_H
#define HOST_H

#include "check.h"
#include <entrasync.h>
#include <string.h>

typedef struct host {
  entrasync_client *client;
  entrasync_list *list;
  entrasync_lookup *lookup;
  entrasync_check *check;
} host;

/* Opens NAME.entraidconf, and a list at `path`, a lookup and a check of it; whether that works. */
static inline int host_make(host *host, const char *name, const char *path)
{
  char file[256];

  memset(host, 0, sizeof *host);
  snprintf(file, sizeof file, "%s.entraidconf", name);
  return entrasync_client_open(file, &host->client, NULL) == ENTRASYNC_OK
      && entrasync_list_create(path, "{mail}", &host->list, NULL) == ENTRASYNC_OK
      && entrasync_list_add_client(host->list, host->client, NULL) == ENTRASYNC_OK
      && entrasync_lookup_create("{mail}", &host->lookup, NULL) == ENTRASYNC_OK
      && entrasync_lookup_add_client(host->lookup, host->client, NULL) == ENTRASYNC_OK
      && entrasync_check_create(host->client, &host->check, NULL) == ENTRASYNC_OK;
}

/* The same, as a check. */
static inline host host_open(const char *name, const char *path)
{
  host host;

  CHECK(host_make(&host, name, path), "%s: a list, a lookup and a check are made", name);
  return host;
}

static inline void host_close(host host)
{
  entrasync_check_free(host.check);
  entrasync_lookup_free(host.lookup);
  entrasync_list_free(host.list);
  entrasync_client_free(host.client);
}

/* What a host can ask the library to do. */
typedef enum action { FETCH, PREVIEW, WRITE, CLEAR, FIND, LOOK, ACTIONS } action;

static const char *const action_names[ACTIONS] = {
    "list_fetch", "list_preview", "list_write", "list_clear", "lookup_find", "check_run",
};

/* Does it. The message of an error is copied to `message`, which has room for 1024 bytes. */
static inline entrasync_status host_do(host host, action action, char *message)
{
  static const char *const address[] = {"ainoa.jasen@example.com"};
  entrasync_error *error = NULL;
  entrasync_status status = ENTRASYNC_OK;

  switch (action) {
  case FETCH:
    status = entrasync_list_fetch(host.list, NULL, &error);
    break;
  case PREVIEW:
    status = entrasync_list_preview(host.list, NULL, &error);
    break;
  case WRITE:
    status = entrasync_list_write(host.list, NULL, &error);
    break;
  case CLEAR:
    status = entrasync_list_clear(host.list, NULL, &error);
    break;
  case FIND:
    status = entrasync_lookup_find(host.lookup, address, 1, NULL, &error);
    break;
  case LOOK:
    status = entrasync_check_run(host.check, NULL, &error);
    break;
  case ACTIONS:
    break;
  }
  if (message != NULL)
    snprintf(message, 1024, "%s", entrasync_error_get_message(error, NULL));
  entrasync_error_free(error);
  return status;
}

#endif
