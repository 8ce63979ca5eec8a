/* The numbers that are part of the ABI: a program compiled long ago still means them. */
#include "check.h"
#include <entrasync.h>
#include <stddef.h>
#include <string.h>

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
  static const int counts[] = {
      ENTRASYNC_COUNT_FETCHED,       ENTRASYNC_COUNT_WRITTEN, ENTRASYNC_COUNT_ADDED,
      ENTRASYNC_COUNT_REMOVED,       ENTRASYNC_COUNT_SKIPPED, ENTRASYNC_COUNT_OTHERS,
      ENTRASYNC_COUNT_REQUESTS,      ENTRASYNC_COUNT_BYTES,   ENTRASYNC_COUNT_EXCLUDED,
      ENTRASYNC_COUNT_NESTED_GROUPS,
  };
  size_t index;

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
  for (index = 0; index < sizeof counts / sizeof counts[0]; index++)
    CHECK(
        counts[index] == (int)index + 1, "figure %d of the report has its number", (int)index + 1);
  CHECK(ENTRASYNC_LOG_WARNING == 1 && ENTRASYNC_LOG_INFO == 2, "the log levels have their numbers");
  CHECK(
      offsetof(entrasync_progress, pages) == 0 && offsetof(entrasync_progress, people) == 8
          && offsetof(entrasync_progress, bytes) == 16
          && offsetof(entrasync_progress, seconds) == 24
          && offsetof(entrasync_progress, waiting) == 32,
      "the members of entrasync_progress have their offsets");

  CHECK(
      strcmp(entrasync_version(), ENTRASYNC_VERSION) == 0,
      "header and library have the same version as text");
  CHECK(
      entrasync_version_number() == ENTRASYNC_VERSION_NUMBER,
      "header and library have the same version as a number");
  return check_end();
}
