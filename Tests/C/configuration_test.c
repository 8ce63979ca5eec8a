/* A configuration that cannot be used gives one line with file, line and key, but no secret. */
#include "check.h"
#include "file_state.h"
#include <entrasync.h>
#include <string.h>

#define TENANT "TENANTID=6e518c62-cf72-4239-bf34-c47959d688ac\n"
#define CLIENT "CLIENTID=4290173a-9421-4eb6-acb4-03f2add15a5f\n"
#define SECRET "CLIENTSECRET=never&seen+in+an%error\n"
#define GROUP "GROUPID=fe6a70bc-00f4-4b60-8576-81bfae175578\n"

static const struct {
  const char *name;
  const char *text;
  const char *mention;
} malformed[] = {
    {"an empty file", "", "TENANTID"},
    {"no tenant", CLIENT SECRET GROUP, "TENANTID"},
    {"no client", TENANT SECRET GROUP, "CLIENTID"},
    {"no secret", TENANT CLIENT GROUP, "CLIENTSECRET"},
    {"no group", TENANT CLIENT SECRET, "GROUPID"},
    {"a client id that is no GUID", TENANT "CLIENTID=me\n" SECRET GROUP, "line 2: CLIENTID"},
    {"a group that is a name", TENANT CLIENT SECRET "GROUPID=Everybody\n", "line 4: GROUPID"},
    {"an empty secret", TENANT CLIENT "CLIENTSECRET=\n" GROUP, "line 3: CLIENTSECRET"},
    {"a secret with a lost end", TENANT CLIENT "CLIENTSECRET='never&seen\n" GROUP, "line 3"},
    {"a secret twice", TENANT CLIENT SECRET GROUP "CLIENTSECRET=never&seen either\n", "line 5"},
    {"an unknown attribute", TENANT CLIENT SECRET GROUP "QUERYFILTER=male\n", "line 5: QUERY"},
    {"plain http", TENANT CLIENT SECRET GROUP "GRAPHURL=http://example.com\n", "line 5: GRAPHURL"},
    {"a timeout of words", TENANT CLIENT SECRET GROUP "TIMEOUT=soon\n", "line 5: TIMEOUT"},
    {"a guard of words", TENANT CLIENT SECRET GROUP "MAXREMOVED=some\n", "line 5: MAXREMOVED"},
    {"an unknown cloud", TENANT CLIENT SECRET GROUP "CLOUD=cirrus\n", "line 5: CLOUD"},
    {"no UTF-8", TENANT CLIENT SECRET GROUP "PROXY=\xff\xfe\n", "UTF-8"},
};

static void malformed_files_are_refused(void)
{
  size_t index;

  for (index = 0; index < sizeof malformed / sizeof malformed[0]; index++) {
    entrasync_client *client = NULL;
    entrasync_error *error = NULL;
    const char *message;

    file_write("malformed.entraidconf", malformed[index].text);
    CHECK(
        entrasync_client_open("malformed.entraidconf", &client, &error) == ENTRASYNC_CONFIGURATION,
        "client_open: %s is refused", malformed[index].name);
    message = entrasync_error_get_message(error, NULL);
    if (!CHECK(
            strstr(message, "malformed.entraidconf") && strstr(message, malformed[index].mention),
            "%s: the message names the file and says \"%s\"", malformed[index].name,
            malformed[index].mention))
      fprintf(stderr, "# \"%s\" lacks \"%s\"\n", message, malformed[index].mention);
    CHECK(
        strstr(message, "never&seen") == NULL, "%s: the message does not show the secret",
        malformed[index].name);
    CHECK(strchr(message, '\n') == NULL, "%s: the message is one line", malformed[index].name);
    CHECK(client == NULL, "%s: no client is handed out", malformed[index].name);
    entrasync_error_free(error);
  }
}

static void unreadable_files_are_refused(void)
{
  static const char *const paths[] = {
      "no.such.entraidconf",
      ".",
      "good.entraidconf/below",
      "no/such/folder/x.entraidconf",
  };
  size_t index;

  for (index = 0; index < sizeof paths / sizeof paths[0]; index++) {
    entrasync_client *client = NULL;
    entrasync_error *error = NULL;

    CHECK(
        entrasync_client_open(paths[index], &client, &error) == ENTRASYNC_FILE,
        "client_open: %s cannot be read", paths[index]);
    CHECK(
        strstr(entrasync_error_get_message(error, NULL), paths[index]) != NULL,
        "%s: the message names the path", paths[index]);
    CHECK(client == NULL, "%s: no client is handed out", paths[index]);
    entrasync_error_free(error);
  }
}

static void a_warning_names_file_line_and_key(void)
{
  entrasync_client *client = NULL;
  const char *warning;
  size_t length = 0;

  file_write("warned.entraidconf", TENANT CLIENT SECRET GROUP "COLOUR=blue\n");
  CHECK(chmod("warned.entraidconf", 0644) == 0, "a configuration is made readable for every user");
  CHECK(
      entrasync_client_open("warned.entraidconf", &client, NULL) == ENTRASYNC_OK,
      "client_open: a configuration with an unknown key opens");
  CHECK(
      entrasync_client_get_warning_count(client) == 2,
      "client_get_warning_count: an unknown key and an open mode give two warnings");
  warning = entrasync_client_get_warning(client, 0, &length);
  CHECK(
      strstr(warning, "warned.entraidconf") != NULL,
      "client_get_warning: the first warning names the file");
  CHECK(
      strstr(warning, "line 5") && strstr(warning, "COLOUR"),
      "client_get_warning: the first warning names the line and the key");
  CHECK(length == strlen(warning), "client_get_warning: the length of the first warning is right");
  warning = entrasync_client_get_warning(client, 1, NULL);
  CHECK(
      strstr(warning, "chmod 600 warned.entraidconf") != NULL,
      "client_get_warning: the second warning says how to restrict the permissions");
  entrasync_client_free(client);
}

int main(void)
{
  malformed_files_are_refused();
  unreadable_files_are_refused();
  a_warning_names_file_line_and_key();
  return check_end();
}
