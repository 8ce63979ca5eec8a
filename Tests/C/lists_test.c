/* How a list file is replaced: as a whole, in its place, with its mode, and only if it changes. */
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
  CHECK(result.status == ENTRASYNC_OK && list.bytes != NULL, "a missing list is made");
  CHECK(
      entrasync_report_get_changed(result.report) == 1,
      "a new list: the report says that the file changed");
  CHECK(figure(result, ENTRASYNC_COUNT_WRITTEN) > 100, "a new list: the report counts its lines");
  CHECK(
      figure(result, ENTRASYNC_COUNT_ADDED) == figure(result, ENTRASYNC_COUNT_WRITTEN),
      "a new list: the report counts all lines as added");
  CHECK(list.length > 0 && list.bytes[list.length - 1] == '\n', "a new list ends with a newline");
  CHECK(
      strchr(list.bytes, '@') != NULL && strchr(list.bytes, ' ') == NULL,
      "a new list holds addresses and no blanks");
  file_forget(list);
  run_free(result);
}

static void an_unchanged_list_is_not_touched(void)
{
  file_state before = file_look("lists.txt"), after;
  run_result result = run_list("good.entraidconf", "lists.txt", "{mail}", 0);

  after = file_look("lists.txt");
  CHECK(result.status == ENTRASYNC_OK, "a second run of the same list succeeds");
  CHECK(file_untouched(before, after), "an unchanged list is not touched");
  CHECK(
      entrasync_report_get_changed(result.report) == 0,
      "an unchanged list: the report says that the file did not change");
  CHECK(
      figure(result, ENTRASYNC_COUNT_ADDED) == 0 && figure(result, ENTRASYNC_COUNT_REMOVED) == 0,
      "an unchanged list: the report counts no line as added or removed");
  CHECK(
      figure(result, ENTRASYNC_COUNT_WRITTEN) > 100,
      "an unchanged list: the report counts its lines");
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

    file_write("mode.txt", "");
    CHECK(
        chmod("mode.txt", modes[index]) == 0, "a list is given the mode %03o",
        (unsigned)modes[index]);
    run_free(run_list("good.entraidconf", "mode.txt", "{mail}", 0));
    after = file_look("mode.txt");
    CHECK(after.length > 1000, "a list with the mode %03o is replaced", (unsigned)modes[index]);
    CHECK(
        (after.status.st_mode & 07777) == modes[index], "a replaced list keeps the mode %03o",
        (unsigned)modes[index]);
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
  CHECK(symlink("target.txt", "link.txt") == 0, "a symbolic link to a list is made");
  result = run_list("good.entraidconf", "link.txt", "{mail}", 0);
  target = file_look("target.txt");
  CHECK(result.status == ENTRASYNC_OK, "a run whose list is a symbolic link succeeds");
  CHECK(
      lstat("link.txt", &link) == 0 && S_ISLNK(link.st_mode),
      "a symbolic link to a list stays a link");
  CHECK(target.length > 1000, "the target of a symbolic link receives the lines");
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

  CHECK(
      entrasync_client_open("good.entraidconf", &client, NULL) == ENTRASYNC_OK,
      "client_open: a configuration opens");
  CHECK(
      entrasync_list_create(NULL, "{mail}", &list, NULL) == ENTRASYNC_OK,
      "list_create: a list without a path is created");
  CHECK(
      entrasync_list_add_client(list, client, NULL) == ENTRASYNC_OK,
      "list_add_client: the client is added to the list");
  CHECK(
      entrasync_list_get_line_count(list) == 0,
      "list_get_line_count: there is no line before the run");
  CHECK(
      entrasync_list_fetch(list, NULL, NULL) == ENTRASYNC_OK, "list_fetch: the lines are fetched");
  for (index = 0; index < entrasync_list_get_line_count(list); index++) {
    size_t length = 0;
    const char *line = entrasync_list_get_line(list, index, &length);

    wrong += length != strlen(line) || strncmp(cursor, line, length) != 0 || cursor[length] != '\n';
    unsorted += index > 0 && strcmp(entrasync_list_get_line(list, index - 1, NULL), line) >= 0;
    cursor += length + 1;
  }
  CHECK(index > 100 && wrong == 0, "list_get_line: the lines are those of the file");
  CHECK(*cursor == '\0', "list_get_line: the file has no more lines");
  CHECK(unsorted == 0, "list_get_line: the lines are sorted, each once");
  CHECK(
      entrasync_list_get_line(list, index, NULL)[0] == '\0',
      "list_get_line: there is nothing after the last line");
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
  CHECK(
      result.status == ENTRASYNC_OK && list.length > 0,
      "a group of people with odd attributes is written");
  for (line = list.bytes; line != NULL && *line != '\0'; line = strchr(line, '\n') + 1) {
    size_t length = strcspn(line, "\n"), marks = 0;

    for (index = 0; index < length; index++)
      marks += line[index] == ' ' || line[index] == '*' || line[index] == '<';
    wrong += marks != 6 || memcmp(line, "* ", 2) != 0
        || memcmp(line + length - 10, " <reg> - 0", 10) != 0;
  }
  CHECK(wrong == 0, "odd attributes: each line has the shape of the template");
  CHECK(strstr(list.bytes, "root@") == NULL, "odd attributes: no forged address is in the list");
  CHECK(
      figure(result, ENTRASYNC_COUNT_SKIPPED) > 10,
      "odd attributes: the report counts what was left out");
  CHECK(
      entrasync_report_get_skip_name(result.report, 0, NULL)[0] != '\0'
          && entrasync_report_get_skip_reason(result.report, 0, NULL)[0] != '\0',
      "odd attributes: the report names who was left out, with a reason");
  file_forget(list);
  run_free(result);
}

static void an_address_belongs_to_one_person(void)
{
  run_result result;
  file_state list;
  size_t length = 0, index;

  unlink("doubles.txt");
  result = run_list("doubles.entraidconf", "doubles.txt", NULL, 0);
  list = file_look("doubles.txt");
  CHECK(
      result.status == ENTRASYNC_OK && list.bytes != NULL,
      "a group in which people have the same addresses is written");
  CHECK(
      strstr(list.bytes, "bo@doubles.example 0407000005\n") != NULL
          && strstr(list.bytes, "0407000004") == NULL,
      "an address of two people: the member's line is in the list, and no guest's");
  CHECK(
      strstr(list.bytes, "anna@") == NULL,
      "an address of two people of one rank is not in the list");
  CHECK(
      figure(result, ENTRASYNC_COUNT_DISPUTED) == 2,
      "the report counts the addresses that nobody gets");
  CHECK(
      entrasync_report_get_warning_count(result.report) == 2,
      "report_get_warning_count: there is a warning for each of them");
  CHECK(
      strstr(
          entrasync_report_get_warning(result.report, 0, &length),
          "f0000000-0000-4000-8000-000000000002 and f0000000-0000-4000-8000-000000000003")
          != NULL,
      "report_get_warning: a warning names both people");
  CHECK(
      length == strlen(entrasync_report_get_warning(result.report, 0, NULL)),
      "report_get_warning: the length is that of the text");
  CHECK(
      strcmp(entrasync_report_get_warning(result.report, 2, &length), "") == 0 && length == 0,
      "report_get_warning: there is nothing after the last warning");
  index = (size_t)figure(result, ENTRASYNC_COUNT_SKIPPED);
  CHECK(
      entrasync_report_get_skip_display_name(result.report, index, NULL)[0] == '\0'
          && entrasync_report_get_skip_sign_in_name(result.report, index, NULL)[0] == '\0',
      "report_get_skip_display_name and _sign_in_name: there is nothing after the last person");
  CHECK(figure(result, ENTRASYNC_COUNT_READINGS) == 1, "a first filling: the groups are read once");
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
  CHECK(result.status == ENTRASYNC_GUARD, "removing all 20 lines is stopped by the guard");
  CHECK(
      strstr(entrasync_error_get_message(result.error, NULL), "none of its 20 lines would stay")
          != NULL,
      "a stopped change: the message has the figures");
  CHECK(file_untouched(before, after), "a stopped change: the list is untouched");
  run_free(result);
  file_forget(before);
  file_forget(after);

  result = run_list("good.entraidconf", "guard.txt", "{mail}", 1);
  CHECK(result.status == ENTRASYNC_OK, "removing all 20 lines succeeds when it is accepted");
  CHECK(
      figure(result, ENTRASYNC_COUNT_REMOVED) == 20,
      "an accepted change: the report counts 20 lines as removed");
  CHECK(figure(result, ENTRASYNC_COUNT_READINGS) == 2, "a large change: the groups are read twice");
  run_free(result);
}

static void acceptance_is_for_one_run(void)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;

  CHECK(
      entrasync_client_open("empty.entraidconf", &client, NULL) == ENTRASYNC_OK,
      "client_open: a configuration with an empty group opens");
  CHECK(
      entrasync_list_create("once.txt", "{mail}", &list, NULL) == ENTRASYNC_OK,
      "list_create: a list of nobody is created");
  CHECK(
      entrasync_list_add_client(list, client, NULL) == ENTRASYNC_OK,
      "list_add_client: the client with the empty group is added");
  file_write("once.txt", "kept@example.com\n");
  CHECK(
      entrasync_list_write(list, NULL, NULL) == ENTRASYNC_GUARD,
      "list_set_accept_change: a list is not emptied before it is called");
  entrasync_list_set_accept_change(list, 1);
  CHECK(
      entrasync_list_write(list, NULL, NULL) == ENTRASYNC_OK,
      "list_set_accept_change: a list is emptied once after it is called");
  file_write("once.txt", "kept@example.com\n");
  CHECK(
      entrasync_list_write(list, NULL, NULL) == ENTRASYNC_GUARD,
      "list_set_accept_change: a list is not emptied a second time");
  entrasync_list_free(list);
  entrasync_client_free(client);
}

static void a_list_can_be_cleared_without_a_client(void)
{
  entrasync_list *list = NULL;
  entrasync_report *report = NULL;
  file_state after;

  file_write("clear.txt", "one@example.com\ntwo@example.com\n");
  CHECK(
      entrasync_list_create("clear.txt", "{mail}", &list, NULL) == ENTRASYNC_OK,
      "list_create: a list to clear is created");
  CHECK(
      entrasync_list_clear(list, &report, NULL) == ENTRASYNC_OK,
      "list_clear: a list without clients is cleared");
  after = file_look("clear.txt");
  CHECK(after.bytes != NULL && after.length == 0, "list_clear: the file is there and empty");
  CHECK(
      entrasync_report_get_changed(report) == 1,
      "list_clear: the report says that the file changed");
  CHECK(
      entrasync_report_get_count(report, ENTRASYNC_COUNT_REMOVED) == 2,
      "list_clear: the report counts the two lines that the file held");
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
  an_address_belongs_to_one_person();
  a_large_change_waits_for_a_person();
  acceptance_is_for_one_run();
  a_list_can_be_cleared_without_a_client();
  return check_end();
}
