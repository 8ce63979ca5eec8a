/* SPDX-License-Identifier: Apache-2.0 */
/* What Linux has and Swift's Glibc module leaves out. */
#ifndef ENTRASYNC_SYSTEM_SHIM_H
#define ENTRASYNC_SYSTEM_SHIM_H

#include <sys/xattr.h>

/** O_PATH of open(2), which glibc shows under _GNU_SOURCE alone: names a file without opening it. */
#if defined(__x86_64__) || defined(__aarch64__) || defined(__riscv) || defined(__powerpc64__) \
    || defined(__s390x__)
enum { SHIM_O_PATH = 010000000 };
#else
#error "look up O_PATH of this architecture in asm/fcntl.h"
#endif

#endif
