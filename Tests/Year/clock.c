/*
 * A clock that is handed in: the time of the day is what the file $YEAR_CLOCK says, in seconds
 * since 1970. It is loaded by LD_PRELOAD. How long something takes is measured as ever.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *handed_in;

__attribute__((constructor)) static void find_clock(void)
{
  const char *path = getenv("YEAR_CLOCK");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  void *place;

  if (file < 0)
    return;
  place = mmap(NULL, sizeof *handed_in, PROT_READ, MAP_SHARED, file, 0);
  close(file);
  if (place != MAP_FAILED)
    handed_in = place;
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
  if (handed_in && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    now->tv_sec = *handed_in;
    now->tv_nsec = 0;
    return 0;
  }
  return (int)syscall(SYS_clock_gettime, clock, now);
}

time_t time(time_t *place)
{
  struct timespec now;

  clock_gettime(CLOCK_REALTIME, &now);
  if (place)
    *place = now.tv_sec;
  return now.tv_sec;
}

int gettimeofday(struct timeval *place, void *zone)
{
  struct timespec now;

  (void)zone;
  clock_gettime(CLOCK_REALTIME, &now);
  place->tv_sec = now.tv_sec;
  place->tv_usec = now.tv_nsec / 1000;
  return 0;
}
