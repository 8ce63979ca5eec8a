/*
 * Makes every kind of call on a thread whose stack has this many bytes, and says how many of them
 * were used:
 *
 *     stack BYTES CONFIGURATION...
 *
 * Each configuration's people are checked, written to a list and looked up. The exit status is 1 if
 * a call fails, or if more than three quarters of the stack were used. A stack that is too small
 * ends the process.
 */
#include <entrasync.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAINT 0xA5

static char **configurations;
static int failures;

static void note(const char *configuration, const char *what, entrasync_error *error)
{
  failures += error != NULL;
  if (error != NULL)
    fprintf(stderr, "%s: %s: %s\n", configuration, what, entrasync_error_get_message(error, NULL));
  entrasync_error_free(error);
}

static void use(const char *configuration)
{
  const char *addresses[] = {"nobody@example.com", "anna@example.com"};
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  entrasync_lookup *lookup = NULL;
  entrasync_check *check = NULL;
  entrasync_report *report = NULL;
  entrasync_error *error = NULL;

  if (entrasync_client_open(configuration, &client, &error) != ENTRASYNC_OK) {
    note(configuration, "open", error);
    return;
  }
  (void)entrasync_check_create(client, &check, NULL);
  (void)entrasync_check_run(check, &report, &error);
  note(configuration, "check", error);
  entrasync_report_free(report);
  (void)entrasync_list_create("stack.txt", NULL, &list, NULL);
  (void)entrasync_list_add_client(list, client, NULL);
  (void)entrasync_list_write(list, &report, &error);
  note(configuration, "write", error);
  entrasync_report_free(report);
  (void)entrasync_lookup_create(NULL, &lookup, NULL);
  (void)entrasync_lookup_add_client(lookup, client, NULL);
  (void)entrasync_lookup_find(lookup, addresses, 2, &report, &error);
  note(configuration, "find", error);
  entrasync_report_free(report);
  entrasync_lookup_free(lookup);
  entrasync_list_free(list);
  entrasync_check_free(check);
  entrasync_client_free(client);
}

static void *use_all(void *unused)
{
  char **configuration;

  for (configuration = configurations; *configuration != NULL; configuration++)
    use(*configuration);
  return unused;
}

int main(int count, char **arguments)
{
  size_t size = count > 2 ? strtoul(arguments[1], NULL, 10) : 0;
  size_t page = (size_t)sysconf(_SC_PAGESIZE), unused = 0;
  unsigned char *memory;
  pthread_attr_t attributes;
  pthread_t thread;

  size = (size + page - 1) / page * page;
  if (size < (size_t)PTHREAD_STACK_MIN) {
    fprintf(stderr, "usage: stack BYTES CONFIGURATION...\n");
    return 2;
  }
  configurations = arguments + 2;
  /* A page below the stack that nobody may touch, as the C library puts one there. */
  memory = (unsigned char *)mmap(
      NULL, page + size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED || mprotect(memory, page, PROT_NONE) != 0) {
    perror("mmap");
    return 1;
  }
  memory += page;
  memset(memory, PAINT, size);
  pthread_attr_init(&attributes);
  if (pthread_attr_setstack(&attributes, memory, size) != 0
      || pthread_create(&thread, &attributes, use_all, NULL) != 0) {
    fprintf(stderr, "a thread with %zu bytes of stack cannot start\n", size);
    return 1;
  }
  pthread_join(thread, NULL);
  while (unused < size && memory[unused] == PAINT)
    unused++;
  printf("%zu of %zu bytes of stack were used\n", size - unused, size);
  return failures > 0 || unused < size / 4 ? 1 : 0;
}
