/*
 * flow.h - what is under way in one direction of a connection, and when it arrives.
 */
#ifndef BENCHMARK_FLOW_H
#define BENCHMARK_FLOW_H

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { piece_size = 8192, most_pieces = 256 };

/* Nanoseconds of the monotonic clock. */
typedef long long instant;

/* One direction of the line: when it is free for the next piece. */
struct line {
  instant is_free;
};

struct piece {
  instant arrives;
  size_t start;
  size_t size;
  char bytes[piece_size];
};

/* What is under way in one direction of one connection: a ring of pieces. */
struct flow {
  int from;
  int to;
  struct line *line;
  instant may_leave;
  size_t first;
  size_t count;
  int ended;
  struct piece pieces[most_pieces];
};

/* The line: how long a byte travels, and how many nanoseconds pass until the next may leave. */
static instant half_a_trip;
static double nanoseconds_a_byte;

static instant now(void)
{
  struct timespec time;

  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

/* Takes a piece from the sender and lets it leave when the line is free. */
static void take(struct flow *flow)
{
  struct piece *piece = &flow->pieces[(flow->first + flow->count) % most_pieces];
  ssize_t size = read(flow->from, piece->bytes, sizeof piece->bytes);
  instant leaves = now();

  if (size < 0 && (errno == EAGAIN || errno == EINTR))
    return;
  if (leaves < flow->may_leave)
    leaves = flow->may_leave;
  if (leaves < flow->line->is_free)
    leaves = flow->line->is_free;
  if (size > 0)
    flow->line->is_free = leaves += (instant)((double)size * nanoseconds_a_byte);
  /* The end of the connection travels as an empty piece. */
  piece->arrives = leaves + half_a_trip;
  piece->start = 0;
  piece->size = size > 0 ? (size_t)size : 0;
  flow->count++;
  if (size <= 0)
    flow->ended = 1;
}

/* Hands out what has arrived. Returns 0 if the receiver has gone. */
static int hand_out(struct flow *flow, instant time)
{
  while (flow->count > 0 && flow->pieces[flow->first].arrives <= time) {
    struct piece *piece = &flow->pieces[flow->first];
    ssize_t size;

    if (piece->size == 0) {
      shutdown(flow->to, SHUT_WR);
    } else {
      size = send(flow->to, piece->bytes + piece->start, piece->size, MSG_NOSIGNAL);
      if (size < 0)
        return errno == EAGAIN || errno == EINTR;
      piece->start += (size_t)size;
      piece->size -= (size_t)size;
      if (piece->size > 0)
        return 1;
    }
    flow->first = (flow->first + 1) % most_pieces;
    flow->count--;
  }
  return 1;
}

static int is_over(const struct flow *flow)
{
  return flow->ended && flow->count == 0;
}

/* Adds what this flow waits for. Returns when it must be looked at again, or `until`. */
static instant expect(
    const struct flow *flow, struct pollfd *from, struct pollfd *to, instant time, instant until)
{
  if (!flow->ended && flow->count < most_pieces)
    from->events |= POLLIN;
  if (flow->count == 0)
    return until;
  if (flow->pieces[flow->first].arrives <= time)
    to->events |= POLLOUT;
  else if (flow->pieces[flow->first].arrives < until)
    return flow->pieces[flow->first].arrives;
  return until;
}

#endif
