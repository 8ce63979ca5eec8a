/* A sign-in by certificate: it works, shows no secret, and is refused early if it cannot work. */
#include "check.h"
#include "file_state.h"
#include "run_list.h"
#include <string.h>
#include <time.h>

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

static void check_sign_in(const char *configuration)
{
  run_result result = run_list(configuration, "list.txt", "{mail}", 0);

  CHECK(result.status == ENTRASYNC_OK, "%s: a certificate signs in", configuration);
  CHECK(
      entrasync_report_get_count(result.report, ENTRASYNC_COUNT_WRITTEN) > 0,
      "%s: a run that signed in by certificate writes a list", configuration);
  run_free(result);
}

/* Checks a credential twice, and compares the last warning and the error with these words. */
static void check_credential(const char *configuration, const char *warning, const char *refusal)
{
  entrasync_client *client = NULL;
  entrasync_error *error = NULL;
  entrasync_status status;
  size_t count, before;

  CHECK(
      entrasync_client_open(configuration, &client, NULL) == ENTRASYNC_OK, "%s: it is opened",
      configuration);
  before = entrasync_client_get_warning_count(client);
  (void)entrasync_client_check_credential(client, NULL);
  status = entrasync_client_check_credential(client, &error);
  CHECK(
      status == (refusal == NULL ? ENTRASYNC_OK : ENTRASYNC_CONFIGURATION),
      "client_check_credential: %s: the status", configuration);
  CHECK(
      strstr(entrasync_error_get_message(error, NULL), refusal == NULL ? "" : refusal) != NULL,
      "client_check_credential: %s: the message", configuration);
  CHECK(
      strstr(entrasync_error_get_message(error, NULL), "geheim") == NULL,
      "client_check_credential: %s: the message shows no password", configuration);
  count = entrasync_client_get_warning_count(client);
  CHECK(
      count == before + (warning == NULL ? 0 : 1),
      "client_check_credential: %s: each doubt is one warning", configuration);
  CHECK(
      warning == NULL
          || strstr(entrasync_client_get_warning(client, count - 1, NULL), warning) != NULL,
      "client_check_credential: %s: the warning", configuration);
  entrasync_error_free(error);
  entrasync_client_free(client);
}

/* Whether a credential is known to end between so many days from now. */
static void check_credential_end(const char *configuration, int first, int last)
{
  entrasync_client *client = NULL;
  int64_t now = (int64_t)time(NULL), end;

  CHECK(
      entrasync_client_open(configuration, &client, NULL) == ENTRASYNC_OK, "%s: it is opened",
      configuration);
  end = entrasync_client_get_credential_end(client);
  CHECK(
      end >= now + first * INT64_C(86400) && end <= now + last * INT64_C(86400),
      "client_get_credential_end: %s: the certificate's end", configuration);
  entrasync_client_free(client);
}

int main(void)
{
  check_credential_end("soon.entraidconf", 1, 10);
  check_credential_end("certificate.entraidconf", 31, 40000);
  check_credential_end("expired.entraidconf", -40000, 0);
  check_sign_in("certificate.entraidconf");
  check_sign_in("chain.entraidconf");
  check_sign_in("archive.entraidconf");
  check_credential("good.entraidconf", NULL, NULL);
  check_credential("archive.entraidconf", NULL, NULL);
  check_credential("soon.entraidconf", "expires on 20", NULL);
  check_credential("expired.entraidconf", NULL, "expired on 20");
  check_credential("locked.entraidconf", NULL, "cannot be opened with the password of");

  check_refusal("expired.entraidconf", "expired on ");
  check_refusal("encrypted.entraidconf", "is encrypted");
  check_refusal("mismatched.entraidconf", "holds the key of another certificate");
  check_refusal("locked.entraidconf", "cannot be opened with the password of CLIENTKEYPASSWORD");
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
