/*
 * Answers Postfix's socketmap questions from Microsoft Entra ID groups, in real time:
 *
 *     socketmap unix:PATH MAP TEMPLATE CONFIGURATION...
 *     socketmap inet:PORT MAP TEMPLATE CONFIGURATION...       on 127.0.0.1
 *
 * With `socketmap unix:/run/people/socket people '{mail}' senders.entraidconf` Postfix asks by
 * `socketmap:unix:/run/people/socket:people`. The protocol is that of socketmap_table(5).
 *
 * The library is synchronous, so there are two threads. This one has the sockets: it waits in
 * epoll, reads requests and writes replies. The other one, the worker, has the lookup, since one
 * thread at a time may use a handle. It takes what has been asked meanwhile, up to ten addresses,
 * and looks them up in one request. A connection has one question at a time, so that no queue is
 * longer than there are connections. Nothing is cached: the directory is asked each time.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <entrasync.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

/* Postfix has at most 100 processes of a kind by default. More clients than this wait. */
#ifndef MAX_CONNECTIONS
#define MAX_CONNECTIONS 200
#endif
/* How long a client may take for a request, from the last reply to its end, and for a reply. */
#ifndef PATIENCE_SECONDS
#define PATIENCE_SECONDS 60
#endif

enum {
  MAX_REQUEST = 2048, /* A line of SMTP, in which an address arrives, has no more bytes. */
  MAX_REPLY = 8192,   /* Postfix reads 100000. */
  MAX_BATCH = 10      /* The library asks about ten addresses in one request. */
};

struct connection {
  int socket;         /* -1 if there is none */
  long long deadline; /* in milliseconds; nothing is due while the worker has the question */
  int is_asked;       /* The worker has the question, from ask() to next_answered(). */

  char
      input[MAX_REQUEST + 8]; /* what was read and is not answered: a netstring, or its beginning */
  size_t used;

  /* While the worker has the question, these are the worker's. */
  char key[MAX_REQUEST + 1];
  char reply[MAX_REPLY + 8];
  size_t length, sent;
  struct connection *next;
};

static struct connection connections[MAX_CONNECTIONS];

/* What the threads share, under the lock. Questions are answered in the order of their arrival. */
static struct {
  pthread_mutex_t lock;
  pthread_cond_t is_needed;
  struct connection *first, **end; /* asked */
  struct connection *answered;
  int is_stopping;
  int wakeup; /* an eventfd: it can be read when something was answered */
} shared = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, NULL, &shared.first, NULL, 0, -1};

static const char *map;
static entrasync_lookup *lookup;
static int epoll, listener, signals;

/* Prints what the system says about a failure. Returns -1. */
static int fail(const char *what)
{
  fprintf(stderr, "socketmap: %s: %s\n", what, strerror(errno));
  return -1;
}

/* ---- Replies ------------------------------------------------------------------------------- */

/*
 * Makes a netstring of a reply. Data that does not fit is not cut off, which would be another
 * answer; the reason of an error may be.
 */
static void set_reply(struct connection *connection, const char *code, const char *text)
{
  char body[MAX_REPLY];
  int length = snprintf(body, sizeof body, "%s %s", code, text);

  if (length >= (int)sizeof body && strcmp(code, "OK") == 0)
    length = snprintf(body, sizeof body, "TEMP the line is too long for a reply");
  if (length >= (int)sizeof body)
    length = sizeof body - 1;
  connection->length = (size_t)snprintf(
      connection->reply, sizeof connection->reply, "%d:%.*s,", length, length, body);
  connection->sent = 0;
}

/* "Cannot tell" is never "no": Postfix takes TEMP and TIMEOUT as a reason to try again later. */
static void set_error_reply(struct connection *connection, const entrasync_error *error)
{
  int is_late = entrasync_error_get_status(error) == ENTRASYNC_TIMEOUT;

  set_reply(connection, is_late ? "TIMEOUT" : "TEMP", entrasync_error_get_message(error, NULL));
}

/* The reply for address number `index` of the lookup. Nobody has two lines in a map. */
static void set_answer(struct connection *connection, size_t index)
{
  switch (entrasync_lookup_get_answer(lookup, index)) {
  case ENTRASYNC_ANSWER_MEMBER:
    set_reply(connection, "OK", entrasync_lookup_get_line(lookup, index, 0, NULL));
    return;
  case ENTRASYNC_ANSWER_NOT_MEMBER:
  case ENTRASYNC_ANSWER_WITHOUT_LINE: /* As in a list, which would not hold the address. */
    set_reply(connection, "NOTFOUND", "");
    return;
  case ENTRASYNC_ANSWER_UNKNOWN:
    break;
  }
  set_error_reply(connection, entrasync_lookup_get_error(lookup, index));
}

/* ---- The worker ---------------------------------------------------------------------------- */

static void ask(struct connection *connection)
{
  pthread_mutex_lock(&shared.lock);
  connection->is_asked = 1;
  connection->next = NULL;
  *shared.end = connection;
  shared.end = &connection->next;
  pthread_cond_signal(&shared.is_needed);
  pthread_mutex_unlock(&shared.lock);
}

/* Waits for questions and takes up to MAX_BATCH. Returns their number; 0 when the program ends. */
static size_t take_questions(struct connection **batch)
{
  size_t count = 0;

  pthread_mutex_lock(&shared.lock);
  while (shared.first == NULL && !shared.is_stopping)
    pthread_cond_wait(&shared.is_needed, &shared.lock);
  while (shared.first != NULL && !shared.is_stopping && count < MAX_BATCH) {
    batch[count++] = shared.first;
    shared.first = shared.first->next;
  }
  if (shared.first == NULL)
    shared.end = &shared.first;
  pthread_mutex_unlock(&shared.lock);
  return count;
}

static void give_back(struct connection **batch, size_t count)
{
  static const uint64_t one = 1;
  size_t index;

  pthread_mutex_lock(&shared.lock);
  for (index = 0; index < count; index++) {
    batch[index]->next = shared.answered;
    shared.answered = batch[index];
  }
  pthread_mutex_unlock(&shared.lock);
  /* A full counter is not possible: it holds more than there are connections. */
  if (write(shared.wakeup, &one, sizeof one) != sizeof one)
    abort();
}

/* Looks up what a batch asks, and sets the reply of each connection. */
static void answer(struct connection **batch, size_t count)
{
  const char *addresses[MAX_BATCH];
  entrasync_error *error = NULL;
  size_t index;

  for (index = 0; index < count; index++)
    addresses[index] = batch[index]->key;
  if (entrasync_lookup_find(lookup, addresses, count, NULL, &error) != ENTRASYNC_OK)
    fprintf(stderr, "socketmap: %s\n", entrasync_error_get_message(error, NULL));
  /* After a failure there are answers to all addresses, some of them unknown, or to none. */
  for (index = 0; index < count; index++) {
    if (entrasync_lookup_get_answer_count(lookup) == count)
      set_answer(batch[index], index);
    else
      set_error_reply(batch[index], error);
  }
  entrasync_error_free(error);
}

static void *work(void *unused)
{
  struct connection *batch[MAX_BATCH];
  size_t count;

  while ((count = take_questions(batch)) > 0) {
    answer(batch, count);
    give_back(batch, count);
  }
  return unused;
}

/* The library calls this a few times a second in the worker, so that a lookup ends with us. */
static int is_stopping(const entrasync_progress *progress, void *unused)
{
  int result;

  (void)progress;
  (void)unused;
  pthread_mutex_lock(&shared.lock);
  result = shared.is_stopping;
  pthread_mutex_unlock(&shared.lock);
  return result;
}

static void stop_worker(pthread_t worker)
{
  pthread_mutex_lock(&shared.lock);
  shared.is_stopping = 1;
  pthread_cond_signal(&shared.is_needed);
  pthread_mutex_unlock(&shared.lock);
  pthread_join(worker, NULL);
}

/* A connection whose question was answered; NULL if there is no other. */
static struct connection *next_answered(void)
{
  struct connection *connection;

  pthread_mutex_lock(&shared.lock);
  connection = shared.answered;
  if (connection != NULL) {
    shared.answered = connection->next;
    connection->is_asked = 0;
  }
  pthread_mutex_unlock(&shared.lock);
  return connection;
}

/* ---- Connections --------------------------------------------------------------------------- */

/* What a connection waits for. */
enum step { NOTHING, INPUT, OUTPUT, ANSWER, END };

static long long milliseconds(void)
{
  struct timespec now;

  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static int milliseconds_until(long long due)
{
  long long wait = due - milliseconds();

  return wait < 0 ? 0 : (int)wait;
}

static void set_deadline(struct connection *connection)
{
  connection->deadline = milliseconds() + PATIENCE_SECONDS * 1000LL;
}

/* Closes the socket. If the worker has the question, the rest is free once it has been answered. */
static void close_connection(struct connection *connection)
{
  close(connection->socket);
  connection->socket = -1;
}

/* Takes the request of a whole netstring: MAP, a space and a KEY. */
static enum step take_question(struct connection *connection, const char *request, size_t length)
{
  size_t name = strlen(map);

  if (memchr(request, '\0', length) != NULL)
    set_reply(connection, "PERM", "the request holds a NUL");
  else if (length <= name || memcmp(request, map, name) != 0 || request[name] != ' ')
    set_reply(connection, "PERM", "the request does not begin with the name of this map");
  else {
    memcpy(connection->key, request + name + 1, length - name - 1);
    connection->key[length - name - 1] = '\0';
    return ANSWER;
  }
  return NOTHING;
}

/* Takes the next request out of the input. What is no netstring, or too long, ends it all. */
static enum step read_request(struct connection *connection)
{
  const char *input = connection->input;
  size_t used = connection->used, length = 0, start = 0, end;
  enum step step;

  while (start < used && input[start] >= '0' && input[start] <= '9' && length <= MAX_REQUEST)
    length = length * 10 + (size_t)(input[start++] - '0');
  if (length > MAX_REQUEST || (start > 1 && input[0] == '0'))
    return END;
  if (start == used)
    return INPUT;
  if (start == 0 || input[start++] != ':')
    return END;
  end = start + length;
  if (end >= used)
    return INPUT;
  if (input[end] != ',')
    return END;
  step = take_question(connection, input + start, length);
  connection->used = used - end - 1;
  memmove(connection->input, input + end + 1, connection->used);
  if (step == ANSWER)
    ask(connection);
  else
    set_deadline(connection);
  return step;
}

static enum step write_reply(struct connection *connection)
{
  ssize_t count = send(
      connection->socket, connection->reply + connection->sent,
      connection->length - connection->sent, MSG_NOSIGNAL);

  if (count < 0)
    return errno == EAGAIN ? OUTPUT : errno == EINTR ? NOTHING : END;
  connection->sent += (size_t)count;
  if (connection->sent == connection->length)
    set_deadline(connection);
  return NOTHING;
}

/* Goes on with a connection that the worker does not have, until it has to wait. */
static void go_on(struct connection *connection)
{
  struct epoll_event event = {0, {connection}};
  enum step step = NOTHING;

  while (step == NOTHING)
    step =
        connection->sent < connection->length ? write_reply(connection) : read_request(connection);
  event.events = step == INPUT ? EPOLLIN : step == OUTPUT ? EPOLLOUT : 0;
  if (step == END || epoll_ctl(epoll, EPOLL_CTL_MOD, connection->socket, &event) != 0)
    close_connection(connection);
}

static void read_input(struct connection *connection)
{
  ssize_t count = recv(
      connection->socket, connection->input + connection->used,
      sizeof connection->input - connection->used, 0);

  if (count < 0 && (errno == EAGAIN || errno == EINTR))
    return;
  if (count <= 0) {
    close_connection(connection);
    return;
  }
  connection->used += (size_t)count;
  go_on(connection);
}

static void handle_connection(struct connection *connection, uint32_t events)
{
  if (events & EPOLLIN)
    read_input(connection);
  else if (events & EPOLLOUT)
    go_on(connection);
  else
    close_connection(connection); /* The client is gone. */
}

static void handle_answers(void)
{
  struct connection *connection;
  uint64_t count;

  if (read(shared.wakeup, &count, sizeof count) < 0)
    return;
  while ((connection = next_answered()) != NULL) {
    set_deadline(connection);
    if (connection->socket >= 0)
      go_on(connection);
  }
}

/* ---- The listener -------------------------------------------------------------------------- */

static struct connection *free_connection(void)
{
  size_t index;

  for (index = 0; index < MAX_CONNECTIONS; index++)
    if (connections[index].socket < 0 && !connections[index].is_asked)
      return &connections[index];
  return NULL;
}

/* Accepts a client. Returns 0 if none can be accepted for now. */
static int accept_client(void)
{
  struct connection *connection = free_connection();
  struct epoll_event event = {EPOLLIN, {connection}};
  int client;

  if (connection == NULL)
    return 0;
  client = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (client < 0)
    return errno == EAGAIN || errno == EINTR || errno == ECONNABORTED;
  connection->socket = client;
  connection->used = connection->length = connection->sent = 0;
  set_deadline(connection);
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, client, &event) != 0)
    close_connection(connection);
  return 1;
}

/* Closes the connections whose time is over. Returns when the next one's is; -1 for never. */
static long long close_late_connections(void)
{
  long long now = milliseconds(), next = -1;
  size_t index;

  for (index = 0; index < MAX_CONNECTIONS; index++) {
    struct connection *connection = &connections[index];

    if (connection->socket < 0 || connection->is_asked)
      continue;
    if (connection->deadline <= now)
      close_connection(connection);
    else if (next < 0 || connection->deadline < next)
      next = connection->deadline;
  }
  return next;
}

/* Which file an event of epoll is about; a connection is about itself. */
static const char listener_event, signal_event, answer_event;

static int watch(int file, const void *subject)
{
  struct epoll_event event = {EPOLLIN, {(void *)subject}};

  return epoll_ctl(epoll, EPOLL_CTL_ADD, file, &event);
}

/* Watches the listener again if it is time to. Returns when that will be; -1 if it is watched. */
static long long watch_listener(long long due)
{
  if (due < 0 || due > milliseconds())
    return due;
  return watch(listener, &listener_event) == 0 ? -1 : milliseconds() + 1000;
}

/*
 * Serves until SIGTERM or SIGINT. Events are taken one by one, so that none is about a connection
 * that an earlier one has closed. If a client cannot be accepted, since there are as many as there
 * may be or no file is left, the listener is not watched for a second: it would be ready at once.
 */
static int serve(void)
{
  long long listener_due = 0;

  for (;;) {
    struct epoll_event event;
    long long due = close_late_connections();
    int count;

    listener_due = watch_listener(listener_due);
    if (due < 0 || (listener_due >= 0 && listener_due < due))
      due = listener_due;
    count = epoll_wait(epoll, &event, 1, due < 0 ? -1 : milliseconds_until(due));
    if (count < 0 && errno != EINTR)
      return fail("epoll_wait");
    if (count < 1)
      continue;
    if (event.data.ptr == &signal_event)
      return 0;
    if (event.data.ptr == &answer_event)
      handle_answers();
    else if (event.data.ptr != &listener_event)
      handle_connection(event.data.ptr, event.events);
    else if (!accept_client()) {
      epoll_ctl(epoll, EPOLL_CTL_DEL, listener, NULL);
      listener_due = milliseconds() + 1000;
    }
  }
}

/* ---- The beginning and the end ------------------------------------------------------------- */

/* A socket that an earlier run has left, since it was killed, is removed; one in use is not. */
static void remove_stale_socket(const struct sockaddr_un *address)
{
  struct stat status;
  int probe;

  if (lstat(address->sun_path, &status) != 0 || !S_ISSOCK(status.st_mode))
    return;
  probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (connect(probe, (const struct sockaddr *)address, sizeof *address) != 0
      && errno == ECONNREFUSED)
    unlink(address->sun_path);
  close(probe);
}

/* A socket that listens at an address of its family; -1 after an error was printed. */
static int listening(const struct sockaddr *address, socklen_t length)
{
  static const int yes = 1;
  int result = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  if (result >= 0
      && (setsockopt(result, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0
          || bind(result, address, length) != 0 || listen(result, SOMAXCONN) != 0)) {
    fail("the socket");
    close(result);
    return -1;
  }
  return result < 0 ? fail("the socket") : result;
}

static int listen_at_path(const char *path)
{
  struct sockaddr_un address = {AF_UNIX, ""};

  if (strlen(path) >= sizeof address.sun_path) {
    errno = ENAMETOOLONG;
    return fail(path);
  }
  strcpy(address.sun_path, path);
  remove_stale_socket(&address);
  return listening((struct sockaddr *)&address, sizeof address);
}

/* Only this machine can connect: the protocol has no password. */
static int listen_at_port(const char *text)
{
  struct sockaddr_in address;
  char *end;
  unsigned long port = strtoul(text, &end, 10);

  if (*text < '0' || *text > '9' || *end != '\0' || port > 65535) {
    errno = EINVAL;
    return fail(text);
  }
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_port = htons((uint16_t)port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return listening((struct sockaddr *)&address, sizeof address);
}

/* Adds a configuration to the lookup, which keeps the client. */
static entrasync_status add_configuration(const char *path, entrasync_error **error)
{
  entrasync_client *client = NULL;
  entrasync_status status = entrasync_client_open(path, &client, error);
  size_t index;

  if (status == ENTRASYNC_OK)
    status = entrasync_client_check_credential(client, error);
  if (status == ENTRASYNC_OK)
    status = entrasync_lookup_add_client(lookup, client, error);
  for (index = 0; index < entrasync_client_get_warning_count(client); index++)
    fprintf(stderr, "socketmap: %s\n", entrasync_client_get_warning(client, index, NULL));
  entrasync_client_set_progress(client, is_stopping, NULL);
  entrasync_client_free(client);
  return status;
}

static int open_lookup(const char *line_template, char **configurations)
{
  entrasync_error *error = NULL;
  entrasync_status status = entrasync_lookup_create(line_template, &lookup, &error);

  while (status == ENTRASYNC_OK && *configurations != NULL)
    status = add_configuration(*configurations++, &error);
  if (status != ENTRASYNC_OK)
    fprintf(stderr, "socketmap: %s\n", entrasync_error_get_message(error, NULL));
  entrasync_error_free(error);
  return status == ENTRASYNC_OK ? 0 : -1;
}

/* SIGTERM and SIGINT are blocked in both threads, and read from a file. */
static int open_signals(void)
{
  sigset_t mask;

  signal(SIGPIPE, SIG_IGN);
  sigemptyset(&mask);
  sigaddset(&mask, SIGTERM);
  sigaddset(&mask, SIGINT);
  pthread_sigmask(SIG_BLOCK, &mask, NULL);
  return signalfd(-1, &mask, SFD_CLOEXEC);
}

/* Serves with the worker beside it. Returns the exit status. */
static int run(void)
{
  pthread_t worker;
  int failed;

  shared.wakeup = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  epoll = epoll_create1(EPOLL_CLOEXEC);
  if (shared.wakeup < 0 || epoll < 0 || watch(signals, &signal_event) != 0
      || watch(shared.wakeup, &answer_event) != 0)
    return fail("the first files");
  errno = pthread_create(&worker, NULL, work, NULL);
  if (errno != 0)
    return fail("the worker");
  failed = serve();
  stop_worker(worker);
  return failed;
}

/* Listens at `unix:PATH` or `inet:PORT`. Sets the path of a socket that is to be removed. */
static int listen_at(const char *address, const char **path)
{
  int result;

  if (strncmp(address, "inet:", 5) == 0)
    return listen_at_port(address + 5);
  if (strncmp(address, "unix:", 5) != 0) {
    errno = EINVAL;
    return fail(address);
  }
  result = listen_at_path(address + 5);
  if (result >= 0)
    *path = address + 5;
  return result;
}

int main(int count, char **arguments)
{
  const char *path = NULL;
  size_t index;
  int failed;

  if (count < 5) {
    fprintf(stderr, "usage: socketmap unix:PATH|inet:PORT MAP TEMPLATE CONFIGURATION...\n");
    return 2;
  }
  for (index = 0; index < MAX_CONNECTIONS; index++)
    connections[index].socket = -1;
  map = arguments[2];
  signals = open_signals();
  failed = signals < 0 ? fail("signals") : open_lookup(arguments[3], arguments + 4);
  if (failed == 0)
    failed = listener = listen_at(arguments[1], &path);
  if (failed >= 0)
    failed = run();
  if (path != NULL)
    unlink(path);
  entrasync_lookup_free(lookup);
  return failed == 0 ? 0 : 1;
}
