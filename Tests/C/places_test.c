/* Which paths a list may have and which not, and what a new or a replaced list is like. */
#include "check.h"
#include "file_state.h"
#include "run_list.h"
#include <dirent.h>
#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

/** How many entries the working directory has. */
static int entries(void)
{
  DIR *folder = opendir(".");
  int count = 0;

  while (folder != NULL && readdir(folder) != NULL)
    count++;
  if (folder != NULL)
    closedir(folder);
  return count;
}

static void accepts(const char *path, const char *file, const char *name)
{
  run_result result = run_list("good.entraidconf", path, "{mail}", 0);
  file_state list = file_look(file);

  if (!CHECK(result.status == ENTRASYNC_OK && list.length > 1000, "a list is written to %s", name))
    fprintf(stderr, "# %s\n", entrasync_error_get_message(result.error, NULL));
  unlink(file);
  file_forget(list);
  run_free(result);
}

/**
 * Checks that a list at `path` is refused. The message is one line that begins with `shown` and has
 * `reason`, and no file is made or removed.
 */
static void refuses(const char *path, const char *shown, const char *reason, const char *name)
{
  int before = entries();
  struct timespec began, ended;
  const char *message;
  run_result result;
  size_t length = 0;
  char start[512];

  clock_gettime(CLOCK_MONOTONIC, &began);
  result = run_list("good.entraidconf", path, "{mail}", 0);
  clock_gettime(CLOCK_MONOTONIC, &ended);
  message = entrasync_error_get_message(result.error, &length);
  snprintf(start, sizeof start, "%s: the list was left as it is: %s", shown, reason);
  if (!CHECK(
          result.status == ENTRASYNC_FILE && strncmp(message, start, strlen(start)) == 0
              && strchr(message, '\n') == NULL && strlen(message) == length,
          "%s is refused as a list, with the reason", name))
    fprintf(stderr, "# found:    %s\n# expected: %s\n", message, start);
  CHECK(ended.tv_sec - began.tv_sec < 30, "%s is refused at once", name);
  CHECK(entries() == before, "%s: nothing is made or removed beside it", name);
  run_free(result);
}

static void any_bytes_are_a_name(void)
{
  char longest[256];

  CHECK(
      mkdir("a folder", 0755) == 0 && mkdir("new\nfolder", 0755) == 0,
      "two folders with odd names are made");
  accepts("a folder/a list.txt", "a folder/a list.txt", "a path with spaces");
  accepts("new\nfolder/new\nlist", "new\nfolder/new\nlist", "a path with a newline");
  accepts("caf\xe9.txt", "caf\xe9.txt", "a path that is not UTF-8");
  memset(longest, 'x', 255);
  longest[255] = '\0';
  accepts(longest, longest, "a path whose name has 255 bytes");
  accepts("-", "-", "a path that looks like a flag");
  accepts(
      "a\\b'c\"d$e*.txt", "a\\b'c\"d$e*.txt",
      "a path with characters that a shell would interpret");
}

static void other_things_are_refused(void)
{
  struct sockaddr_un address;
  int server = socket(AF_UNIX, SOCK_STREAM, 0);
  struct stat status;

  memset(&address, 0, sizeof address);
  address.sun_family = AF_UNIX;
  strcpy(address.sun_path, "socket");
  CHECK(mkfifo("fifo", 0644) == 0 && mkfifo("two\nlines", 0644) == 0, "two FIFOs are made");
  CHECK(bind(server, (struct sockaddr *)&address, sizeof address) == 0, "a socket is made");
  refuses("a folder", "a folder", "it is a folder", "a folder");
  refuses("a folder/", "a folder/", "it is a folder", "a folder by a path that ends with a slash");
  refuses(".", ".", "it is a folder", "the working directory");
  refuses("new\nfolder", "new\\u{a}folder", "it is a folder", "a folder whose name has two lines");
  refuses("fifo", "fifo", "it is not a regular file", "a FIFO, which nobody reads");
  refuses(
      "two\nlines", "two\\u{a}lines", "it is not a regular file",
      "a FIFO whose name has two lines");
  refuses("socket", "socket", "it is not a regular file", "a socket");
  refuses(
      "nothing/list.txt", "nothing/list.txt",
      "its folder cannot be opened (No such file or directory); check the path",
      "a path in a folder that is not there");
  refuses(
      "caf\xe9/list", "caf\xef\xbf\xbd/list", "its folder cannot be opened",
      "a missing folder whose name is not UTF-8");
  refuses(
      "good.entraidconf/list", "good.entraidconf/list",
      "its folder cannot be opened (Not a directory); check the path", "a path below a file");
  CHECK(
      stat("fifo", &status) == 0 && S_ISFIFO(status.st_mode),
      "a FIFO that was refused is still a FIFO");
  close(server);
}

static void links_are_followed(void)
{
  struct stat status;

  CHECK(symlink("a folder", "linked") == 0, "a symbolic link to a folder is made");
  accepts("linked/list.txt", "a folder/list.txt", "a path through a link to a folder");
  CHECK(
      lstat("linked", &status) == 0 && S_ISLNK(status.st_mode),
      "a symbolic link to a folder stays a link");
  CHECK(
      symlink("a folder/later.txt", "ahead") == 0,
      "a symbolic link to a list that is not there yet is made");
  accepts("ahead", "a folder/later.txt", "the missing target of a link");
  CHECK(
      lstat("ahead", &status) == 0 && S_ISLNK(status.st_mode),
      "a symbolic link to a new list stays a link");
  CHECK(symlink("round", "round") == 0, "a symbolic link to itself is made");
  refuses("round", "round", "it is a symbolic link that leads nowhere", "a link to itself");
  CHECK(symlink("fifo", "to-fifo") == 0, "a symbolic link to a FIFO is made");
  refuses("to-fifo", "to-fifo", "it is not a regular file", "a link to a FIFO");
}

static void a_hard_link_keeps_the_old_list(void)
{
  file_state list, other;

  file_write("list.txt", "old@example.com\n");
  CHECK(link("list.txt", "other.txt") == 0, "a hard link to a list is made");
  /* The guard stops the first run, and the second accepts what that would have done. */
  run_free(run_list("good.entraidconf", "list.txt", "{mail}", 0));
  run_free(run_list("good.entraidconf", "list.txt", "{mail}", 1));
  list = file_look("list.txt");
  other = file_look("other.txt");
  CHECK(
      list.length > 1000 && list.status.st_nlink == 1,
      "a list with a hard link is replaced by another file");
  CHECK(
      other.bytes && strcmp(other.bytes, "old@example.com\n") == 0,
      "the hard link keeps the old list");
  file_forget(list);
  file_forget(other);
}

static void a_new_list_follows_the_umask(void)
{
  static const mode_t masks[] = {0, 022, 027, 077, 0177};
  mode_t before = umask(0);
  size_t index;

  for (index = 0; index < sizeof masks / sizeof masks[0]; index++) {
    file_state list;

    umask(masks[index]);
    unlink("new.txt");
    run_free(run_list("good.entraidconf", "new.txt", "{mail}", 0));
    list = file_look("new.txt");
    CHECK(
        (list.status.st_mode & 07777) == (0666 & ~masks[index]),
        "a new list under the umask %03o has the right mode", (unsigned)masks[index]);
    file_forget(list);
  }
  umask(before);
}

static void what_people_noted_is_kept(void)
{
  char value[16] = "";
  file_state list;
  int supported;

  file_write("list.txt", "old@example.com\n");
  supported = setxattr("list.txt", "user.note", "kept", 4, 0) == 0;
  if (!supported && errno == ENOTSUP) {
    printf("# no extended attributes here\n");
    return;
  }
  /* The guard stops the first run, and the second accepts what that would have done. */
  run_free(run_list("good.entraidconf", "list.txt", "{mail}", 0));
  run_free(run_list("good.entraidconf", "list.txt", "{mail}", 1));
  list = file_look("list.txt");
  CHECK(supported && list.length > 1000, "a list with an extended attribute is replaced");
  CHECK(
      getxattr("list.txt", "user.note", value, sizeof value) == 4 && memcmp(value, "kept", 4) == 0,
      "a replaced list keeps its extended attribute");
  file_forget(list);
}

int main(void)
{
  any_bytes_are_a_name();
  other_things_are_refused();
  links_are_followed();
  a_hard_link_keeps_the_old_list();
  a_new_list_follows_the_umask();
  what_people_noted_is_kept();
  return check_end();
}
