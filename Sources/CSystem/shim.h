/* SPDX-License-Identifier: Apache-2.0 */
/* What Linux has and Swift's Glibc module leaves out. */
#ifndef ENTRASYNC_SYSTEM_SHIM_H
#define ENTRASYNC_SYSTEM_SHIM_H

#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

/**
 * A file in memory that no child of exec inherits; -1 where there is none. glibc shows
 * memfd_create(2) under _GNU_SOURCE alone.
 */
static inline int shim_memory_file(void)
{
  const unsigned int close_on_exec = 1; /* MFD_CLOEXEC */
  return (int)syscall(SYS_memfd_create, "entrasync", close_on_exec);
}

/** O_PATH of open(2), which names a file without opening it; glibc shows it under _GNU_SOURCE. */
#if defined(__x86_64__) || defined(__aarch64__) || defined(__riscv) || defined(__powerpc64__) \
    || defined(__s390x__)
enum { SHIM_O_PATH = 010000000 };
#else
#error "look up O_PATH of this architecture in asm/fcntl.h"
#endif

#endif
