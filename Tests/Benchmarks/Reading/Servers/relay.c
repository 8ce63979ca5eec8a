/*
 * A slow line on one machine: passes TCP connections on, later and no faster than a line would.
 *
 *     relay MILLISECONDS MEGABITS FROM:TO...
 *
 * It listens on each port FROM of 127.0.0.1 and connects to the port TO. A round trip takes
 * MILLISECONDS, so what is sent arrives half of that later. All connections share a line of
 * MEGABITS a second in each direction. A new connection takes a round trip before its first byte
 * leaves, as its handshake would. Packets are not lost, and no connection begins slowly.
 *
 * It serves until it is killed, and says "ready" first.
 */
#define _GNU_SOURCE
#include "flow.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { most_connections = 64, most_ports = 8 };

struct connection {
  struct flow up;
  struct flow down;
};

static struct line up_line;
static struct line down_line;
static struct connection *connections[most_connections];
static int listeners[most_ports];
static int targets[most_ports];
static int port_count;

static void stop(const char *what)
{
  perror(what);
  exit(1);
}

static struct sockaddr_in address_of(int port)
{
  struct sockaddr_in address;

  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_port = htons((unsigned short)port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static int listen_on(int port)
{
  struct sockaddr_in address = address_of(port);
  int yes = 1;
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0
      || bind(listener, (struct sockaddr *)&address, sizeof address) != 0
      || listen(listener, most_connections) != 0)
    stop("listen");
  return listener;
}

static void make_ready(int socket)
{
  int yes = 1;

  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK);
}

static void accept_from(int listener, int target)
{
  struct sockaddr_in address = address_of(target);
  struct connection *new;
  int client = accept(listener, NULL, NULL);
  int server;
  size_t index = 0;

  if (client < 0)
    return;
  server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (server < 0 || connect(server, (struct sockaddr *)&address, sizeof address) != 0)
    stop("connect");
  make_ready(client);
  make_ready(server);
  while (index < most_connections && connections[index] != NULL)
    index++;
  new = calloc(1, sizeof *new);
  if (index == most_connections || new == NULL) {
    fprintf(stderr, "relay: too many connections\n");
    exit(1);
  }
  new->up.from = new->down.to = client;
  new->up.to = new->down.from = server;
  new->up.line = &up_line;
  new->down.line = &down_line;
  new->up.may_leave = now() + 2 * half_a_trip;
  connections[index] = new;
}

static void serve(void)
{
  static struct pollfd polled[most_ports + 2 * most_connections];
  instant time = now();
  instant until = time + 3600 * 1000000000LL;
  struct timespec wait;
  int index;
  int count = port_count;

  for (index = 0; index < port_count; index++)
    polled[index] = (struct pollfd){listeners[index], POLLIN, 0};
  for (index = 0; index < most_connections; index++) {
    struct connection *connection = connections[index];
    struct pollfd *pair = &polled[count];

    if (connection == NULL)
      continue;
    /* poll takes no notice of a negative descriptor, and so not of the end of one at rest. */
    pair[0] = (struct pollfd){connection->up.from, 0, 0};
    pair[1] = (struct pollfd){connection->down.from, 0, 0};
    until = expect(&connection->up, &pair[0], &pair[1], time, until);
    until = expect(&connection->down, &pair[1], &pair[0], time, until);
    for (int side = 0; side < 2; side++)
      if (pair[side].events == 0)
        pair[side].fd = -1;
    count += 2;
  }

  wait.tv_sec = (until - time) / 1000000000LL;
  wait.tv_nsec = (until - time) % 1000000000LL;
  if (ppoll(polled, (nfds_t)count, &wait, NULL) < 0 && errno != EINTR)
    stop("ppoll");

  time = now();
  count = port_count;
  for (index = 0; index < most_connections; index++) {
    struct connection *connection = connections[index];
    struct pollfd *pair = &polled[count];

    if (connection == NULL)
      continue;
    count += 2;
    if ((pair[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && (pair[0].events & POLLIN) != 0)
      take(&connection->up);
    if ((pair[1].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && (pair[1].events & POLLIN) != 0)
      take(&connection->down);
    if (!hand_out(&connection->up, time) || !hand_out(&connection->down, time)
        || (is_over(&connection->up) && is_over(&connection->down))) {
      close(connection->up.from);
      close(connection->up.to);
      free(connection);
      connections[index] = NULL;
    }
  }
  for (index = 0; index < port_count; index++)
    if ((polled[index].revents & POLLIN) != 0)
      accept_from(listeners[index], targets[index]);
}

int main(int count, char **arguments)
{
  int index;

  if (count < 4 || count > 3 + most_ports) {
    fprintf(stderr, "usage: %s MILLISECONDS MEGABITS FROM:TO...\n", arguments[0]);
    return 2;
  }
  half_a_trip = (instant)(atof(arguments[1]) / 2 * 1e6);
  nanoseconds_a_byte = 8e3 / atof(arguments[2]);
  /* Otherwise the kernel adds 50 microseconds to each wait. */
  prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
  for (index = 3; index < count; index++, port_count++) {
    int from;

    if (sscanf(arguments[index], "%d:%d", &from, &targets[port_count]) != 2) {
      fprintf(stderr, "%s: %s is no FROM:TO\n", arguments[0], arguments[index]);
      return 2;
    }
    listeners[port_count] = listen_on(from);
  }
  signal(SIGPIPE, SIG_IGN);
  printf("ready\n");
  fflush(stdout);
  for (;;)
    serve();
}
