/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests need of Linux and Swift's Glibc module leaves out: starting programs, events. */
#ifndef ENTRASYNC_SPAWN_SHIM_H
#define ENTRASYNC_SPAWN_SHIM_H

#include <spawn.h>
#include <sys/eventfd.h>

/* glibc declares it under _GNU_SOURCE alone. */
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);

/** Closes the files from `descriptor` on in the program that is started. */
static inline int shim_close_from(posix_spawn_file_actions_t *actions, int descriptor)
{
  return posix_spawn_file_actions_addclosefrom_np(actions, descriptor);
}

/** An eventfd(2) that is closed on exec. */
static inline int shim_event(void)
{
  return eventfd(0, EFD_CLOEXEC);
}

#endif
