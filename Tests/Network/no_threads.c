/* SPDX-License-Identifier: Apache-2.0 */
/* Loaded with LD_PRELOAD: no thread can be started, as for a user who has too many processes. */
#include <errno.h>
#include <pthread.h>

int pthread_create(
    pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument)
{
  (void)thread;
  (void)attributes;
  (void)start;
  (void)argument;
  return EAGAIN;
}
