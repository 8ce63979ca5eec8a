/*
 * Looks an address up by entrasync.h, COUNT times: with-entrasync CONFIGURATION ADDRESS COUNT
 *
 * It prints the milliseconds of CPU of the lookups after the first.
 */
#include <entrasync.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double milliseconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

static void check(entrasync_status status, const entrasync_error *error)
{
  size_t length;
  if (status == ENTRASYNC_OK)
    return;
  fprintf(stderr, "%s\n", entrasync_error_get_message(error, &length));
  exit(1);
}

int main(int count, char **arguments)
{
  entrasync_error *error = NULL;
  entrasync_client *client;
  entrasync_lookup *lookup;
  const char *address;
  double start = 0;
  int round, rounds;

  if (count != 4)
    return 2;
  address = arguments[2];
  rounds = atoi(arguments[3]);
  check(entrasync_client_open(arguments[1], &client, &error), error);
  check(entrasync_lookup_create(NULL, &lookup, &error), error);
  check(entrasync_lookup_add_client(lookup, client, &error), error);
  for (round = 1; round <= rounds; round++) {
    check(entrasync_lookup_find(lookup, &address, 1, NULL, &error), error);
    if (entrasync_lookup_get_answer(lookup, 0) != ENTRASYNC_ANSWER_MEMBER)
      return 1;
    if (round == 1)
      start = milliseconds();
  }
  printf("%f\n", milliseconds() - start);
  entrasync_lookup_free(lookup);
  entrasync_client_free(client);
  return 0;
}
