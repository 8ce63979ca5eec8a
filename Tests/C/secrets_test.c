/* The library shows the client secret nowhere: in no log, error, warning or line of a list. */
#include "check.h"
#include "file_state.h"
#include <ctype.h>
#include <entrasync.h>
#include <string.h>

/* All that the library said in one run. */
static char said[1 << 20];

static void say(const char *text)
{
  size_t used = strlen(said);

  if (used + strlen(text) + 2 > sizeof said) {
    puts("Bail out! too much was said");
    exit(2);
  }
  strcat(said + used, text);
  strcat(said + used, "\n");
}

static void on_log(entrasync_log_level level, const char *message, void *user_data)
{
  (void)level;
  (void)user_data;
  say(message);
}

/* Reads the value of CLIENTSECRET without its quotes, and form-encoded as it is sent. */
static void read_secret(const char *configuration, char *plain, char *encoded)
{
  file_state file = file_look(configuration);
  const char *cursor = file.bytes == NULL ? NULL : strstr(file.bytes, "CLIENTSECRET");

  if (cursor != NULL) {
    cursor += strlen("CLIENTSECRET");
    cursor += strspn(cursor, " =\"");
  }
  for (; cursor != NULL && strchr("\"\n", *cursor) == NULL; cursor++) {
    *plain++ = *cursor;
    encoded += sprintf(
        encoded, isalnum((unsigned char)*cursor) || strchr("-._~", *cursor) ? "%c" : "%%%02X",
        (unsigned char)*cursor);
  }
  *plain = *encoded = '\0';
  file_forget(file);
}

static void listen_to(const char *configuration)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  entrasync_error *error = NULL;
  size_t index;

  if (entrasync_client_open(configuration, &client, &error) == ENTRASYNC_OK
      && entrasync_list_create(NULL, NULL, &list, &error) == ENTRASYNC_OK
      && entrasync_list_add_client(list, client, &error) == ENTRASYNC_OK) {
    entrasync_client_set_log(client, on_log, NULL);
    entrasync_list_fetch(list, NULL, &error);
  }
  for (index = 0; index < entrasync_client_get_warning_count(client); index++)
    say(entrasync_client_get_warning(client, index, NULL));
  for (index = 0; index < entrasync_list_get_line_count(list); index++)
    say(entrasync_list_get_line(list, index, NULL));
  say(entrasync_error_get_message(error, NULL));
  say(entrasync_error_get_server_code(error, NULL));
  entrasync_error_free(error);
  entrasync_list_free(list);
  entrasync_client_free(client);
}

int main(void)
{
  static const char *const configurations[] = {
      "good.entraidconf",          "wrong-secret.entraidconf", "unknown-client.entraidconf",
      "unknown-group.entraidconf", "stopped.entraidconf",      "no-permission.entraidconf",
      "spliced.entraidconf",       "throttled.entraidconf",
  };
  char plain[512], encoded[3 * 512];
  size_t index;

  for (index = 0; index < sizeof configurations / sizeof configurations[0]; index++) {
    said[0] = '\0';
    read_secret(configurations[index], plain, encoded);
    CHECK(
        strlen(plain) > 8, "%s: the configuration has a secret to search for",
        configurations[index]);
    listen_to(configurations[index]);
    CHECK(strlen(said) > 20, "%s: the run says something", configurations[index]);
    CHECK(
        strstr(said, plain) == NULL, "%s: the secret is in nothing that the run says",
        configurations[index]);
    CHECK(
        strstr(said, encoded) == NULL,
        "%s: the form-encoded secret is in nothing that the run says", configurations[index]);
    CHECK(
        strstr(said, "Bearer") == NULL && strstr(said, "eyJ") == NULL,
        "%s: no token is in anything that the run says", configurations[index]);
  }
  return check_end();
}
