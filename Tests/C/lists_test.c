/* How a list file is replaced: whole, where it is, as it was owned, and only when it changes. */
#include "check.h"
#include "file_state.h"
#include "run_list.h"
#include <string.h>
#include <unistd.h>

static uint64_t figure(run_result result, entrasync_count count)
{
  return entrasync_report_get_count(result.report, count);
}

static void a_new_list_is_written(void)
{
  run_result result;
  file_state list;

  unlink("lists.txt");
  result = run_list("good.entraidconf", "lists.txt", "{mail}", 0);
  list = file_look("lists.txt");
  CHECK(result.status == ENTRASYNC_OK && list.bytes != NULL, "a list is made");
  CHECK(entrasync_report_get_changed(result.report) == 1, "the report says so");
  CHECK(figure(result, ENTRASYNC_COUNT_WRITTEN) > 100, "it has lines");
  CHECK(
      figure(result, ENTRASYNC_COUNT_ADDED) == figure(result, ENTRASYNC_COUNT_WRITTEN), "all new");
  CHECK(list.length > 0 && list.bytes[list.length - 1] == '\n', "the last of them ends");
  CHECK(strchr(list.bytes, '@') != NULL && strchr(list.bytes, ' ') == NULL, "they are addresses");
  file_forget(list);
  run_free(result);
}

static void an_unchanged_list_is_not_touched(void)
{
  file_state before = file_look("lists.txt"), after;
  run_result result = run_list("good.entraidconf", "lists.txt", "{mail}", 0);

  after = file_look("lists.txt");
  CHECK(result.status == ENTRASYNC_OK, "a second run");
  CHECK(file_untouched(before, after), "leaves the file alone");
  CHECK(entrasync_report_get_changed(result.report) == 0, "the report says so");
  CHECK(
      figure(result, ENTRASYNC_COUNT_ADDED) == 0 && figure(result, ENTRASYNC_COUNT_REMOVED) == 0,
      "and counts no change");
  CHECK(figure(result, ENTRASYNC_COUNT_WRITTEN) > 100, "but the lines");
  file_forget(before);
  file_forget(after);
  run_free(result);
}

static void the_mode_is_kept(void)
{
  static const mode_t modes[] = {0600, 0640, 0644, 0660};
  size_t index;

  for (index = 0; index < sizeof modes / sizeof modes[0]; index++) {
    file_state after;

    file_write("mode.txt", "gone@example.com\n");
    CHECK(chmod("mode.txt", modes[index]) == 0, "a list with its own mode");
    run_free(run_list("good.entraidconf", "mode.txt", "{mail}", 1));
    after = file_look("mode.txt");
    CHECK(after.bytes && strstr(after.bytes, "gone@") == NULL, "is replaced");
    CHECK((after.status.st_mode & 07777) == modes[index], "and keeps its mode");
    file_forget(after);
  }
}

static void a_link_stays_and_its_target_is_replaced(void)
{
  struct stat link;
  file_state target;
  run_result result;

  unlink("link.txt");
  file_write("target.txt", "");
  CHECK(symlink("target.txt", "link.txt") == 0, "a symbolic link to a list");
  result = run_list("good.entraidconf", "link.txt", "{mail}", 0);
  target = file_look("target.txt");
  CHECK(result.status == ENTRASYNC_OK, "is written through");
  CHECK(lstat("link.txt", &link) == 0 && S_ISLNK(link.st_mode), "the link stays one");
  CHECK(target.length > 1000, "and its target has the lines");
  file_forget(target);
  run_free(result);
}

static void the_lines_can_be_read_back(void)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  file_state file = file_look("lists.txt");
  const char *cursor = file.bytes;
  size_t index, wrong = 0, unsorted = 0;

  CHECK(entrasync_client_open("good.entraidconf", &client, NULL) == ENTRASYNC_OK, "it opens");
  CHECK(entrasync_list_create(NULL, "{mail}", &list, NULL) == ENTRASYNC_OK, "a list in memory");
  CHECK(entrasync_list_add_client(list, client, NULL) == ENTRASYNC_OK, "goes together");
  CHECK(entrasync_list_get_line_count(list) == 0, "it has no line before the run");
  CHECK(entrasync_list_fetch(list, NULL, NULL) == ENTRASYNC_OK, "and is fetched");
  for (index = 0; index < entrasync_list_get_line_count(list); index++) {
    size_t length = 0;
    const char *line = entrasync_list_get_line(list, index, &length);

    wrong += length != strlen(line) || strncmp(cursor, line, length) != 0 || cursor[length] != '\n';
    unsorted += index > 0 && strcmp(entrasync_list_get_line(list, index - 1, NULL), line) >= 0;
    cursor += length + 1;
  }
  CHECK(index > 100 && wrong == 0, "its lines are those of the file");
  CHECK(*cursor == '\0', "all of them");
  CHECK(unsorted == 0, "sorted, each once");
  CHECK(entrasync_list_get_line(list, index, NULL)[0] == '\0', "after the last comes nothing");
  entrasync_list_free(list);
  entrasync_client_free(client);
  file_forget(file);
}

static void text_from_the_directory_stays_text(void)
{
  run_result result;
  file_state list;
  const char *line;
  size_t wrong = 0, index;

  unlink("oddities.txt");
  result = run_list("oddities.entraidconf", "oddities.txt", "* {mail} <reg> - 0", 0);
  list = file_look("oddities.txt");
  CHECK(result.status == ENTRASYNC_OK && list.length > 0, "people who try to be rules");
  for (line = list.bytes; line != NULL && *line != '\0'; line = strchr(line, '\n') + 1) {
    size_t length = strcspn(line, "\n"), marks = 0;

    for (index = 0; index < length; index++)
      marks += line[index] == ' ' || line[index] == '*' || line[index] == '<';
    wrong += marks != 6 || memcmp(line, "* ", 2) != 0
        || memcmp(line + length - 10, " <reg> - 0", 10) != 0;
  }
  CHECK(wrong == 0, "become none: each line has the shape of the template");
  CHECK(strstr(list.bytes, "root@") == NULL, "and nobody smuggled an address in");
  CHECK(figure(result, ENTRASYNC_COUNT_SKIPPED) > 10, "who was left out is counted");
  CHECK(
      entrasync_report_get_skip_name(result.report, 0, NULL)[0] != '\0'
          && entrasync_report_get_skip_reason(result.report, 0, NULL)[0] != '\0',
      "and named, with a reason");
  file_forget(list);
  run_free(result);
}

static void a_large_change_waits_for_a_person(void)
{
  FILE *file = fopen("guard.txt", "w");
  file_state before, after;
  run_result result;
  int number;

  for (number = 0; file != NULL && number < 20; number++)
    fprintf(file, "person%02d@gone.example\n", number);
  if (file != NULL)
    fclose(file);

  before = file_look("guard.txt");
  result = run_list("good.entraidconf", "guard.txt", "{mail}", 0);
  after = file_look("guard.txt");
  CHECK(result.status == ENTRASYNC_GUARD, "removing everybody is stopped");
  CHECK(
      strstr(entrasync_error_get_message(result.error, NULL), "20 of 20") != NULL,
      "the error tells the figures");
  CHECK(file_untouched(before, after), "and the list is untouched");
  run_free(result);
  file_forget(before);
  file_forget(after);

  result = run_list("good.entraidconf", "guard.txt", "{mail}", 1);
  CHECK(result.status == ENTRASYNC_OK, "until somebody accepts it");
  CHECK(figure(result, ENTRASYNC_COUNT_REMOVED) == 20, "and then it is made");
  run_free(result);
}

static void acceptance_is_for_one_run(void)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;

  CHECK(entrasync_client_open("empty.entraidconf", &client, NULL) == ENTRASYNC_OK, "nobody");
  CHECK(entrasync_list_create("once.txt", "{mail}", &list, NULL) == ENTRASYNC_OK, "a list");
  CHECK(entrasync_list_add_client(list, client, NULL) == ENTRASYNC_OK, "goes together");
  file_write("once.txt", "kept@example.com\n");
  CHECK(entrasync_list_write(list, NULL, NULL) == ENTRASYNC_GUARD, "is not emptied by itself");
  entrasync_list_set_accept_change(list, 1);
  CHECK(entrasync_list_write(list, NULL, NULL) == ENTRASYNC_OK, "is emptied when accepted");
  file_write("once.txt", "kept@example.com\n");
  CHECK(entrasync_list_write(list, NULL, NULL) == ENTRASYNC_GUARD, "and only that once");
  entrasync_list_free(list);
  entrasync_client_free(client);
}

static void a_list_can_be_cleared_without_a_client(void)
{
  entrasync_list *list = NULL;
  entrasync_report *report = NULL;
  file_state after;

  file_write("clear.txt", "one@example.com\ntwo@example.com\n");
  CHECK(entrasync_list_create("clear.txt", "{mail}", &list, NULL) == ENTRASYNC_OK, "a list");
  CHECK(entrasync_list_clear(list, &report, NULL) == ENTRASYNC_OK, "is cleared");
  after = file_look("clear.txt");
  CHECK(after.bytes != NULL && after.length == 0, "its file is there and empty");
  CHECK(entrasync_report_get_changed(report) == 1, "the report says so");
  CHECK(entrasync_report_get_count(report, ENTRASYNC_COUNT_REMOVED) == 2, "and what it held");
  file_forget(after);
  entrasync_report_free(report);
  entrasync_list_free(list);
}

int main(void)
{
  a_new_list_is_written();
  an_unchanged_list_is_not_touched();
  the_mode_is_kept();
  a_link_stays_and_its_target_is_replaced();
  the_lines_can_be_read_back();
  text_from_the_directory_stays_text();
  a_large_change_waits_for_a_person();
  acceptance_is_for_one_run();
  a_list_can_be_cleared_without_a_client();
  return check_end();
}
