/* SPDX-License-Identifier: Apache-2.0 */
/* What Linux has for starting programs and Swift's Glibc module leaves out. */
#ifndef ENTRASYNC_SPAWN_SHIM_H
#define ENTRASYNC_SPAWN_SHIM_H

#include <spawn.h>

/* glibc declares it under _GNU_SOURCE alone. */
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);

/** Closes the files from `descriptor` on in the program that is started. */
static inline int shim_close_from(posix_spawn_file_actions_t *actions, int descriptor)
{
  return posix_spawn_file_actions_addclosefrom_np(actions, descriptor);
}

#endif
