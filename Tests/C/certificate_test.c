/* A sign-in by certificate: it works, shows no secret, and is refused early if it cannot work. */
#include "check.h"
#include "file_state.h"
#include "run_list.h"
#include <string.h>

static char said[65536];

static void on_log(entrasync_log_level level, const char *message, void *user_data)
{
  (void)level;
  (void)user_data;
  if (strlen(said) + strlen(message) < sizeof said)
    strcat(said, message);
}

static entrasync_status listen_to(const char *configuration)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  entrasync_error *error = NULL;
  entrasync_status status;

  said[0] = '\0';
  status = entrasync_client_open(configuration, &client, &error);
  if (status == ENTRASYNC_OK)
    status = entrasync_list_create(NULL, "{mail}", &list, &error);
  if (status == ENTRASYNC_OK)
    status = entrasync_list_add_client(list, client, &error);
  if (status == ENTRASYNC_OK) {
    entrasync_client_set_log(client, on_log, NULL);
    status = entrasync_list_fetch(list, NULL, &error);
  }
  on_log(ENTRASYNC_LOG_INFO, entrasync_error_get_message(error, NULL), NULL);
  entrasync_error_free(error);
  entrasync_list_free(list);
  entrasync_client_free(client);
  return status;
}

static void check_refusal(const char *configuration, const char *words)
{
  file_state before = file_look("list.txt"), after;
  run_result result = run_list(configuration, "list.txt", "{mail}", 0);

  CHECK(
      result.status == ENTRASYNC_CONFIGURATION, "%s: the configuration is refused", configuration);
  CHECK(
      strstr(entrasync_error_get_message(result.error, NULL), words) != NULL,
      "%s: the message says \"%s\"", configuration, words);
  after = file_look("list.txt");
  CHECK(file_untouched(before, after), "%s: the list is untouched", configuration);
  file_forget(before);
  file_forget(after);
  run_free(result);
}

int main(void)
{
  run_result result = run_list("certificate.entraidconf", "list.txt", "{mail}", 0);

  CHECK(result.status == ENTRASYNC_OK, "a certificate signs in");
  CHECK(
      entrasync_report_get_count(result.report, ENTRASYNC_COUNT_WRITTEN) > 0,
      "a run that signed in by certificate writes a list");
  run_free(result);

  check_refusal("expired.entraidconf", "expired on ");
  check_refusal("encrypted.entraidconf", "is encrypted");
  check_refusal("mismatched.entraidconf", "holds the key of another certificate");
  check_refusal("no-key.entraidconf", "there is no such file");

  CHECK(
      listen_to("certificate.entraidconf") == ENTRASYNC_OK,
      "a run that signs in by certificate succeeds with a log");
  CHECK(strstr(said, "thumbprint") != NULL, "the log names the certificate's thumbprint");
  CHECK(
      strstr(said, "PRIVATE") == NULL && strstr(said, "eyJ") == NULL,
      "the log holds no private key, client assertion or token");
  CHECK(
      listen_to("encrypted.entraidconf") == ENTRASYNC_CONFIGURATION,
      "an encrypted key is refused with a log");
  CHECK(
      strstr(said, "geheimgeheim") == NULL,
      "the log and the error of an encrypted key do not show its passphrase");
  return check_end();
}
