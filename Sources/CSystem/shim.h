/* SPDX-License-Identifier: Apache-2.0 */
/* What Linux has and Swift's Glibc module leaves out. */
#ifndef ENTRASYNC_SYSTEM_SHIM_H
#define ENTRASYNC_SYSTEM_SHIM_H

#include <linux/sockios.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
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

/**
 * A variable of the environment; NULL where there is none, and in a program that has more rights
 * than whoever has started it. glibc shows secure_getenv(3) under _GNU_SOURCE alone.
 */
static inline const char *shim_environment(const char *name)
{
  extern char *secure_getenv(const char *name);
  return secure_getenv(name);
}

/** Pages of memory, zeros at first; NULL where there is no more. */
static inline void *shim_map(size_t bytes)
{
  void *start = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return start == MAP_FAILED ? NULL : start;
}

/**
 * Makes room behind pages of memory, which may move; NULL where there is no more. glibc shows
 * mremap(2) under _GNU_SOURCE alone, and Swift cannot call it.
 */
static inline void *shim_remap(void *start, size_t bytes, size_t larger)
{
  const int may_move = 1; /* MREMAP_MAYMOVE */
  long moved = syscall(SYS_mremap, start, bytes, larger, may_move);
  return moved == -1 ? NULL : (void *)moved;
}

/**
 * How many bytes of a Unix socket its peer has not read yet, counted as the kernel does; -1 for any
 * other file. ioctl(2) has any number of arguments, which Swift cannot call.
 */
static inline int shim_unread(int socket)
{
  struct sockaddr address;
  socklen_t length = sizeof address;
  int count = 0;

  if (getsockname(socket, &address, &length) != 0 || address.sa_family != AF_UNIX
      || ioctl(socket, SIOCOUTQ, &count) != 0)
    return -1;
  return count;
}

/** Whether the kernel has raised a signal for what this process did. */
static inline int shim_signal_is_own(const siginfo_t *signal)
{
  return signal->si_code == SI_KERNEL || (signal->si_code == SI_USER && signal->si_pid == getpid());
}

/**
 * Makes a signal pending again for the process. Only the main thread may say who has sent it; from
 * any other thread, this process has.
 */
static inline void shim_return_signal(const siginfo_t *signal)
{
  if (syscall(SYS_rt_sigqueueinfo, getpid(), signal->si_signo, signal) != 0)
    kill(getpid(), signal->si_signo);
}

/** O_PATH of open(2), which names a file without opening it; glibc shows it under _GNU_SOURCE. */
#if defined(__x86_64__) || defined(__aarch64__) || defined(__riscv) || defined(__powerpc64__) \
    || defined(__s390x__)
enum { SHIM_O_PATH = 010000000 };
#else
#error "look up O_PATH of this architecture in asm/fcntl.h"
#endif

#endif
