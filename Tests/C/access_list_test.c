/*
 * A file system with access lists of its own, such as NFSv4, of which some servers show one and
 * take none: a list is replaced all the same, with its mode, and a warning says so.
 */
#include "check.h"
#include "file_state.h"
#include "run_list.h"
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What the file system does. These functions stand before those of the C library. */
static const char *list_name = NULL;
static int set_error, get_error;
static char new_value = 'n';
static ino_t old_inode;

static int is_list(const char *name)
{
  return list_name != NULL && strcmp(name, list_name) == 0;
}

#ifdef __cplusplus
extern "C" {
#endif

ssize_t flistxattr(int file, char *names, size_t size)
{
  size_t length = list_name != NULL ? strlen(list_name) + 1 : 0;

  (void)file;
  if (length <= size && length > 0)
    memcpy(names, list_name, length);
  return (ssize_t)length;
}

ssize_t fgetxattr(int file, const char *name, void *value, size_t size)
{
  struct stat status;

  if (!is_list(name))
    return syscall(SYS_fgetxattr, file, name, value, size);
  if (get_error != 0) {
    errno = get_error;
    return -1;
  }
  memset(value, fstat(file, &status) == 0 && status.st_ino == old_inode ? 'o' : new_value, 4);
  return 4;
}

int fsetxattr(int file, const char *name, const void *value, size_t size, int flags)
{
  if (!is_list(name))
    return (int)syscall(SYS_fsetxattr, file, name, value, size, flags);
  errno = set_error;
  return set_error != 0 ? -1 : 0;
}

#ifdef __cplusplus
}
#endif

static char warning[1024];

static void on_log(entrasync_log_level level, const char *message, void *user_data)
{
  (void)user_data;
  if (level == ENTRASYNC_LOG_WARNING)
    snprintf(warning, sizeof warning, "%s", message);
}

/** Replaces an old list of mode 640; `name` names what the file system does. */
static entrasync_status replace(const char *attribute, const char *name)
{
  entrasync_client *client = NULL;
  entrasync_list *list = NULL;
  entrasync_report *report = NULL;
  entrasync_status status;
  file_state old, now;

  warning[0] = '\0';
  list_name = NULL;
  file_write("list.txt", "");
  chmod("list.txt", 0640);
  old = file_look("list.txt");
  old_inode = old.status.st_ino;
  list_name = attribute;
  if (entrasync_client_open("good.entraidconf", &client, NULL) == ENTRASYNC_OK
      && entrasync_list_create("list.txt", "{mail}", &list, NULL) == ENTRASYNC_OK)
    entrasync_list_add_client(list, client, NULL);
  entrasync_client_set_log(client, on_log, NULL);
  status = entrasync_list_write(list, &report, NULL);
  now = file_look("list.txt");
  CHECK(
      (status == ENTRASYNC_OK) == (now.length > 1000),
      "%s: the list is replaced, or left as it is with an error", name);
  CHECK((now.status.st_mode & 07777) == 0640, "%s: the list keeps its mode", name);
  CHECK(
      (warning[0] != '\0') == (entrasync_report_get_warning_count(report) == 1),
      "%s: the report and the log have the same warning", name);
  unlink("list.txt");
  file_forget(old);
  file_forget(now);
  entrasync_report_free(report);
  entrasync_list_free(list);
  entrasync_client_free(client);
  return status;
}

int main(void)
{
  static const int errors[] = {EINVAL, EOPNOTSUPP, EPERM};
  size_t index;

  for (index = 0; index < sizeof errors / sizeof errors[0]; index++) {
    set_error = errors[index];
    CHECK(
        replace("system.nfs4_acl", "an access list that is refused") == ENTRASYNC_OK,
        "an access list of NFSv4 that is refused (%s) is not the end of a run",
        strerror(set_error));
    CHECK(
        strstr(warning, "list.txt: the list's access list (system.nfs4_acl) could not be kept (")
            == warning,
        "%s: the warning names the access list", strerror(set_error));
  }
  set_error = EINVAL;
  new_value = 'o';
  CHECK(
      replace("system.nfs4_dacl", "an access list that the mode implies") == ENTRASYNC_OK,
      "an access list that a new file has by itself is no error");
  CHECK(warning[0] == '\0', "an access list that a new file has by itself causes no warning");
  new_value = 'n';
  CHECK(
      replace("security.label", "a label that is refused") == ENTRASYNC_OK && warning[0] == '\0',
      "a label that is refused causes neither an error nor a warning");
  set_error = ENOSPC;
  CHECK(
      replace("system.nfs4_acl", "an access list for which there is no room") == ENTRASYNC_FILE,
      "an access list for which there is no room is an error");
  set_error = EINVAL;
  CHECK(
      replace("system.posix_acl_access", "a POSIX access list that is refused") == ENTRASYNC_FILE,
      "a POSIX access list that is refused is an error");
  set_error = 0;
  get_error = EINVAL;
  CHECK(
      replace("system.nfs4_acl", "an access list that cannot be read") == ENTRASYNC_OK,
      "an access list of NFSv4 that cannot be read is not the end of a run");
  CHECK(warning[0] != '\0', "an access list of NFSv4 that cannot be read causes a warning");
  get_error = 0;
  CHECK(
      replace("system.nfs4_acl", "an access list that is kept") == ENTRASYNC_OK
          && warning[0] == '\0',
      "an access list of NFSv4 that is kept causes no warning");
  return check_end();
}
