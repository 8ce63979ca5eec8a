/* The state of a file at one moment: its bytes, and what shows whether it was touched. */
#ifndef FILE_STATE_H
#define FILE_STATE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/** `bytes` ends with a NUL, so that it can be searched; it is NULL if there is no file. */
typedef struct file_state {
  struct stat status;
  char *bytes;
  size_t length;
} file_state;

static inline file_state file_look(const char *path)
{
  file_state state;
  FILE *file = fopen(path, "rb");

  memset(&state, 0, sizeof state);
  if (file != NULL && fstat(fileno(file), &state.status) == 0) {
    state.bytes = (char *)calloc(1, (size_t)state.status.st_size + 1);
    if (state.bytes != NULL)
      state.length = fread(state.bytes, 1, (size_t)state.status.st_size, file);
  }
  if (file != NULL)
    fclose(file);
  return state;
}

static inline void file_forget(file_state state)
{
  free(state.bytes);
}

static inline int file_same_bytes(file_state before, file_state after)
{
  return before.bytes != NULL && after.bytes != NULL && before.length == after.length
      && memcmp(before.bytes, after.bytes, before.length) == 0;
}

/** Whether the file was neither written to nor replaced. */
static inline int file_untouched(file_state before, file_state after)
{
  return file_same_bytes(before, after) && before.status.st_ino == after.status.st_ino
      && before.status.st_mtim.tv_sec == after.status.st_mtim.tv_sec
      && before.status.st_mtim.tv_nsec == after.status.st_mtim.tv_nsec
      && before.status.st_mode == after.status.st_mode;
}

static inline void file_write(const char *path, const char *text)
{
  FILE *file = fopen(path, "wb");

  if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0) {
    perror(path);
    exit(2);
  }
}

#endif
