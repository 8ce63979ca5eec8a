/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entrasync.h - keeps lists of people from Microsoft Entra ID groups.
 *
 * A configuration file names a tenant, an application, its credential and one or more groups. The
 * library signs in, reads the groups' members through Microsoft Graph and turns each into one line
 * of text. It replaces a list file with the result as a whole, or leaves it as it was.
 *
 *     #include <entrasync.h>
 *     #include <stdio.h>
 *
 *     int main(void)
 *     {
 *         entrasync_client *client = NULL;
 *         entrasync_list *list = NULL;
 *         entrasync_report *report = NULL;
 *         entrasync_error *error = NULL;
 *         int failed = 0;
 *
 *         if (entrasync_client_open("senders.entraidconf", &client, &error) == ENTRASYNC_OK
 *             && entrasync_list_create("senders.txt", "{mail}", &list, &error) == ENTRASYNC_OK
 *             && entrasync_list_add_client(list, client, &error) == ENTRASYNC_OK
 *             && entrasync_list_write(list, &report, &error) == ENTRASYNC_OK)
 *             printf("%llu lines\n", (unsigned long long)entrasync_report_get_count(
 *                                        report, ENTRASYNC_COUNT_WRITTEN));
 *         else
 *             failed = fprintf(stderr, "%s\n", entrasync_error_get_message(error, NULL));
 *
 *         entrasync_error_free(error);
 *         entrasync_report_free(report);
 *         entrasync_list_free(list);
 *         entrasync_client_free(client);
 *         return failed ? 1 : 0;
 *     }
 *
 * What holds for every function:
 *
 * - Strings passed in are UTF-8, end with a NUL and are copied. File paths are passed to the system
 *   byte for byte. A relative path leads where it leads when a client is opened or a list is
 *   created, and so do the paths in a configuration; changing the working directory later changes
 *   nothing. Only in a working directory that no path leads to for this user, since a directory
 *   above is closed to it or the path would be longer than the system's, paths stay relative.
 * - Strings handed out are UTF-8, end with a NUL and are borrowed: they live as long as the handle
 *   they were read from. `length`, which may be NULL, receives the length in bytes.
 * - What a function hands out through a `**` parameter is the caller's, who frees it with the
 *   `_free` function of its type. On failure the parameter is set to NULL. Every `_free` function
 *   accepts NULL.
 * - `error` is always the last argument and may be NULL. It is set to NULL on success.
 * - If a required pointer is NULL, a function returns ENTRASYNC_INVALID_ARGUMENT, and a getter
 *   returns 0 or "".
 * - Callbacks run on the thread that called the library, and only during that call. They must
 *   return: no longjmp and no exception may leave them. They must not start another run of the
 *   list, lookup or check that is at work: that call gives ENTRASYNC_INVALID_ARGUMENT.
 * - A handle may move between threads, but only one thread may use it at a time. Handles share
 *   nothing with each other, except that lists, lookups and checks keep their clients.
 * - No function exits, prints, changes a signal handler, the locale, the umask, the working
 *   directory or the environment, or starts a thread of its own. libcurl resolves host names in a
 *   thread.
 * - The thread that calls needs a stack of 128 KiB, and what its own callbacks use.
 * - When memory runs out, a call returns an error or goes on, but more often the Swift runtime ends
 *   the process, by a signal such as SIGABRT, SIGILL or SIGSEGV. The list is then the old one or
 *   the new one as a whole, its lock is free, and the next run removes what this one has left.
 * - The Swift runtime inside the library does not read the environment. SWIFT_BACKTRACE,
 *   SWIFT_ROOT and SWIFT_DEBUG_* install no signal handler here and print nothing.
 *
 * What holds in the process:
 *
 * - Signals. While libcurl may start its thread, the calling thread blocks every signal but SIGSEGV
 *   and the like, so that no handler ever runs on libcurl's thread. What comes meanwhile arrives as
 *   soon as the library waits, calls back or returns: a few times a second. Callbacks run with the
 *   caller's own mask. SIGPIPE and SIGXFSZ that the library's own writing raises are taken away,
 *   and may take one with them that the process sends itself at that moment; a file size limit
 *   (`ulimit -f`) is an error like a full disk. A thread must not be cancelled (pthread_cancel)
 *   while it is in a call.
 * - Files. All files of the library and of libcurl are closed on exec. None has the number 0, 1 or
 *   2, even if the caller has closed those: a placeholder, which answers EBADF as a closed file
 *   does, takes them while libcurl works, and in callbacks only while a name is looked up. A client
 *   keeps connections open only after a lookup, a check, and a list that has asked for the names of
 *   people. If the caller has closed them, and perhaps opened other files under their numbers, the
 *   next call neither uses nor closes those; it opens new connections. A callback must not close
 *   files of the library: the call then ends with ENTRASYNC_INVALID_ARGUMENT as soon as it needs
 *   them. A name that a run gave up on (TIMEOUT) may occupy libcurl's thread, and files of its own,
 *   for some seconds more.
 * - fork(). Both processes may use their handles. A callback must not fork and go on in the child:
 *   there, the call ends with ENTRASYNC_INVALID_ARGUMENT at that callback, and nothing is written,
 *   sent or unlocked. A thread may fork while another one is in a call; fork() then waits until
 *   that one waits for a server, calls back or returns. A handle that another thread was using at
 *   that moment is of no use to the child, which opens its own.
 */
#ifndef ENTRASYNC_H
#define ENTRASYNC_H

#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#define ENTRASYNC_NULLABLE _Nullable
#define ENTRASYNC_NONNULL _Nonnull
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wnullability-extension"
#else
#define ENTRASYNC_NULLABLE
#define ENTRASYNC_NONNULL
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version ------------------------------------------------------------------------------- */

/** The version of this header as text, `MAJOR.MINOR.PATCH`. */
#define ENTRASYNC_VERSION "1.0.0"

/** The version of this header as a number: 10000 * MAJOR + 100 * MINOR + PATCH. */
#define ENTRASYNC_VERSION_NUMBER 10000

/**
 * The version of the loaded library as text.
 *
 * Ownership: the string is static. Threads: any. Errors: none.
 */
const char *ENTRASYNC_NONNULL entrasync_version(void);

/**
 * The version of the loaded library as a number like ENTRASYNC_VERSION_NUMBER.
 *
 * Ownership: none. Threads: any. Errors: none.
 */
uint32_t entrasync_version_number(void);

/* ---- Status -------------------------------------------------------------------------------- */

/** How a call ended. The numbers are part of the ABI and are never used again for anything else. */
typedef enum entrasync_status {
  /** The call did what was asked. */
  ENTRASYNC_OK = 0,
  /** The caller passed something impossible: NULL, a bad template, a list without clients. */
  ENTRASYNC_INVALID_ARGUMENT = 1,
  /** The configuration file lacks something or holds something malformed. */
  ENTRASYNC_CONFIGURATION = 2,
  /** A file or folder could not be read or written. */
  ENTRASYNC_FILE = 3,
  /** The server could not be reached: name, connection, TLS, proxy, or a broken transfer. */
  ENTRASYNC_NETWORK = 4,
  /** The sign-in was refused: tenant, client id or credential. */
  ENTRASYNC_AUTHENTICATION = 5,
  /** The application lacks a permission in Entra ID. */
  ENTRASYNC_PERMISSION = 6,
  /** The group does not exist in the tenant, or an excluded group has nobody in it. */
  ENTRASYNC_NOT_FOUND = 7,
  /** Microsoft asked to slow down, and the time for this run did not allow it. */
  ENTRASYNC_THROTTLED = 8,
  /** The server's answer is not valid. */
  ENTRASYNC_SERVER = 9,
  /** The change is larger than the list's guard allows; the list was left as it was. */
  ENTRASYNC_GUARD = 10,
  /** A callback asked to stop. */
  ENTRASYNC_CANCELLED = 11,
  /** The run took longer than TIMEOUT. */
  ENTRASYNC_TIMEOUT = 12,
  /** Another run was working on the list and did not end in time; the message says which. */
  ENTRASYNC_BUSY = 13
} entrasync_status;

/**
 * The name of a status in lower case, such as `not_found`; `unknown` for any other number.
 *
 * Ownership: the string is static. Threads: any. Errors: none.
 */
const char *ENTRASYNC_NONNULL entrasync_status_get_name(entrasync_status status);

/* ---- Error --------------------------------------------------------------------------------- */

/** Why a call failed. It never holds a secret, a token or a client assertion. */
typedef struct entrasync_error entrasync_error;

/**
 * What kind of failure it was; ENTRASYNC_OK for NULL.
 *
 * Ownership: none. Threads: one at a time. Errors: none.
 */
entrasync_status entrasync_error_get_status(const entrasync_error *ENTRASYNC_NULLABLE error);

/**
 * One line, without a newline at its end, that says what is wrong, where, and what to do.
 *
 * Ownership: borrowed from `error`. Threads: one at a time. Errors: "" for NULL.
 */
const char *ENTRASYNC_NONNULL entrasync_error_get_message(
    const entrasync_error *ENTRASYNC_NULLABLE error, size_t *ENTRASYNC_NULLABLE length);

/**
 * The HTTP status of the server's answer; 0 if there is none.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 for NULL.
 */
int32_t entrasync_error_get_http_status(const entrasync_error *ENTRASYNC_NULLABLE error);

/**
 * The number of Entra's AADSTS code, such as 7000215 (wrong client secret); 0 if there is none.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 for NULL.
 */
int32_t entrasync_error_get_aadsts_code(const entrasync_error *ENTRASYNC_NULLABLE error);

/**
 * The error code of Graph or of the token endpoint, such as `Authorization_RequestDenied` or
 * `invalid_client`; "" if there is none.
 *
 * Ownership: borrowed from `error`. Threads: one at a time. Errors: "" for NULL.
 */
const char *ENTRASYNC_NONNULL entrasync_error_get_server_code(
    const entrasync_error *ENTRASYNC_NULLABLE error, size_t *ENTRASYNC_NULLABLE length);

/**
 * The request id (Graph) or trace id (sign-in) that Microsoft's support asks for; "" if there is
 * none.
 *
 * Ownership: borrowed from `error`. Threads: one at a time. Errors: "" for NULL.
 */
const char *ENTRASYNC_NONNULL entrasync_error_get_request_id(
    const entrasync_error *ENTRASYNC_NULLABLE error, size_t *ENTRASYNC_NULLABLE length);

/**
 * How many seconds the server asked to wait (Retry-After); -1 if it did not ask.
 *
 * Ownership: none. Threads: one at a time. Errors: -1 for NULL.
 */
int64_t entrasync_error_get_retry_after(const entrasync_error *ENTRASYNC_NULLABLE error);

/**
 * Frees the error.
 *
 * Ownership: `error` is freed; NULL is accepted. Threads: one at a time. Errors: none.
 */
void entrasync_error_free(entrasync_error *ENTRASYNC_NULLABLE error);

/* ---- Progress ------------------------------------------------------------------------------ */

/** How far a run has come. It lives only during the callback that it is passed to. */
typedef struct entrasync_progress entrasync_progress;

/**
 * Pages of members received.
 *
 * Ownership: none. Threads: that of the callback. Errors: 0 for NULL.
 */
uint64_t entrasync_progress_get_pages(const entrasync_progress *ENTRASYNC_NULLABLE progress);

/**
 * People received.
 *
 * Ownership: none. Threads: that of the callback. Errors: 0 for NULL.
 */
uint64_t entrasync_progress_get_people(const entrasync_progress *ENTRASYNC_NULLABLE progress);

/**
 * Bytes of the answers, after decompression.
 *
 * Ownership: none. Threads: that of the callback. Errors: 0 for NULL.
 */
uint64_t entrasync_progress_get_bytes(const entrasync_progress *ENTRASYNC_NULLABLE progress);

/**
 * Seconds since the run began.
 *
 * Ownership: none. Threads: that of the callback. Errors: 0 for NULL.
 */
double entrasync_progress_get_seconds(const entrasync_progress *ENTRASYNC_NULLABLE progress);

/**
 * Seconds still to wait before the next try, because the server asked for it or another run holds
 * the list; 0 otherwise.
 *
 * Ownership: none. Threads: that of the callback. Errors: 0 for NULL.
 */
double entrasync_progress_get_waiting(const entrasync_progress *ENTRASYNC_NULLABLE progress);

/**
 * Called a few times a second while the library works or waits. Returning anything but 0 stops the
 * run with ENTRASYNC_CANCELLED. Over HTTP/2 the clients of a list are read at the same time; each
 * client's callback is called in its turn, in the order in which the clients were added.
 */
typedef int (*entrasync_progress_callback)(
    const entrasync_progress *ENTRASYNC_NONNULL progress, void *ENTRASYNC_NULLABLE user_data);

/* ---- Client -------------------------------------------------------------------------------- */

/** One configuration: a tenant, a credential and groups, and after the sign-in the token. */
typedef struct entrasync_client entrasync_client;

/** How much a log line matters. */
typedef enum entrasync_log_level {
  /** Something that a person should correct; the run goes on. */
  ENTRASYNC_LOG_WARNING = 1,
  /** What is being done: a request, a wait, a page. */
  ENTRASYNC_LOG_INFO = 2
} entrasync_log_level;

/**
 * Receives one line of the log, without a newline at its end. It never holds a secret or a token.
 * Over HTTP/2 the clients of a list are read at the same time, so that their lines come mixed.
 */
typedef void (*entrasync_log_callback)(
    entrasync_log_level level, const char *ENTRASYNC_NONNULL message,
    void *ENTRASYNC_NULLABLE user_data);

/**
 * Reads the configuration file at `path`. Nothing is sent yet.
 *
 * The file is trusted as far as whoever can write it. If users other than root and this process's
 * can change or replace it, it names only files of that user and files below its own directory;
 * each run of one that names another ends with ENTRASYNC_CONFIGURATION.
 *
 * Ownership: `*client` is the caller's. Threads: any.
 * Errors: ENTRASYNC_FILE if the file cannot be read, ENTRASYNC_CONFIGURATION naming file, line and
 * key, or if the process is root's and every user can write the file, ENTRASYNC_INVALID_ARGUMENT
 * for a path that is empty or longer than the system's.
 */
entrasync_status entrasync_client_open(
    const char *ENTRASYNC_NULLABLE path,
    entrasync_client *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE client,
    entrasync_error *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE error);

/**
 * Lets a client share with another one which servers were found dead, so that a batch of lists does
 * not wait for each of them anew: for five minutes a server that answered nothing in the run of
 * one, for all its tries, is not asked by the others, whose runs end with the same error. A
 * connection may take 12 s to be made then.
 *
 * @param client A client that is in no call.
 * @param earlier A client of the batch; NULL for the first one. What it shares lasts as long as one
 * of the clients.
 *
 * Ownership: none. Threads: one at a time for all clients of a batch. Errors: none; does nothing
 * for NULL.
 */
void entrasync_client_follow(
    entrasync_client *ENTRASYNC_NULLABLE client, entrasync_client *ENTRASYNC_NULLABLE earlier);

/**
 * How many warnings the configuration file gave, for example for an unknown key.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 for NULL.
 */
size_t entrasync_client_get_warning_count(const entrasync_client *ENTRASYNC_NULLABLE client);

/**
 * Warning number `index` of the configuration, counted from 0: one line naming file, line and key.
 *
 * Ownership: borrowed from `client`. Threads: one at a time. Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_client_get_warning(
    const entrasync_client *ENTRASYNC_NULLABLE client, size_t index,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * When the credential of the configuration ends, in seconds since 1970, as far as that is known
 * without asking a server: a certificate says it itself; of a client secret SECRETEXPIRES says it,
 * or Graph has said it to an earlier run that is remembered. A credential that has ended counts no
 * more if the configuration names the next one. Of a day, it is the last second in UTC.
 *
 * Ownership: none. Threads: one at a time.
 * Errors: 0 for NULL, for an end that is not known, and if the credential cannot be used.
 */
int64_t entrasync_client_get_credential_end(const entrasync_client *ENTRASYNC_NULLABLE client);

/**
 * Reads the files of the credential that the configuration names, and checks whether it can be
 * used. Nothing is sent. A client secret cannot be checked without sending it: only its file is.
 *
 * What a person should correct, such as a credential that is known to end within 30 days, joins the
 * warnings of the client, at their end and each once.
 *
 * Ownership: none. Threads: one at a time.
 * Errors: ENTRASYNC_CONFIGURATION naming key and line, as the next sign-in would give it.
 */
entrasync_status entrasync_client_check_credential(
    entrasync_client *ENTRASYNC_NULLABLE client,
    entrasync_error *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE error);

/**
 * How many attributes the configuration's QUERYFILTER names.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 for NULL.
 */
size_t entrasync_client_get_attribute_count(const entrasync_client *ENTRASYNC_NULLABLE client);

/**
 * Attribute number `index` of the QUERYFILTER, counted from 0, spelt as Graph spells it, such as
 * `mobilePhone`, without a kind such as `:phone`. If the QUERYFILTER names alternatives
 * (`mail|userPrincipalName`), this is the first of them.
 *
 * Ownership: borrowed from `client`. Threads: one at a time. Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_client_get_attribute(
    const entrasync_client *ENTRASYNC_NULLABLE client, size_t index,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * Sets the callback that is called while the client works, in place of any earlier one. NULL means
 * none. A run that has begun keeps the callback that it began with.
 *
 * Ownership: `user_data` stays the caller's and must outlive the client's last run.
 * Threads: one at a time. Errors: none; does nothing for a NULL client.
 */
void entrasync_client_set_progress(
    entrasync_client *ENTRASYNC_NULLABLE client,
    entrasync_progress_callback ENTRASYNC_NULLABLE callback, void *ENTRASYNC_NULLABLE user_data);

/**
 * Sets the callback that receives the client's log, in place of any earlier one. NULL means none. A
 * run that has begun keeps the callback that it began with.
 *
 * Ownership: `user_data` stays the caller's and must outlive the client's last run.
 * Threads: one at a time. Errors: none; does nothing for a NULL client.
 */
void entrasync_client_set_log(
    entrasync_client *ENTRASYNC_NULLABLE client, entrasync_log_callback ENTRASYNC_NULLABLE callback,
    void *ENTRASYNC_NULLABLE user_data);

/**
 * Sets which lines of the log matter: with ENTRASYNC_LOG_WARNING the callback gets warnings alone,
 * with ENTRASYNC_LOG_INFO, as at first, every line. A list that changes much has a line for each
 * person, so that a caller who wants warnings alone saves time.
 *
 * Ownership: none. Threads: one at a time.
 * Errors: none; does nothing for a NULL client and for another level.
 */
void entrasync_client_set_log_level(
    entrasync_client *ENTRASYNC_NULLABLE client, entrasync_log_level level);

/**
 * Frees the client. Lists, lookups and checks that use it keep what they need of it.
 *
 * Ownership: `client` is freed; NULL is accepted. Threads: one at a time. Errors: none.
 */
void entrasync_client_free(entrasync_client *ENTRASYNC_NULLABLE client);

/* ---- List ---------------------------------------------------------------------------------- */

/** One list of people: its file, the shape of its lines, and the clients whose people it holds. */
typedef struct entrasync_list entrasync_list;

/** What a run read, left out and changed. */
typedef struct entrasync_report entrasync_report;

/**
 * Describes a list. Nothing is read or written yet.
 *
 * `path` is the list file; NULL means a list that is only fetched. `line_template` is the shape of
 * a line: text in which each `{attribute}` stands for an attribute of the QUERYFILTER, such as
 * `* {mail} <reg> - 0`. `{address}` stands for the first attribute and `{phone}` for the first that
 * is a phone number, whatever their names; `{{` and `}}` are braces. NULL means all attributes of
 * the QUERYFILTER in their order with one space between.
 *
 * Ownership: `*list` is the caller's. Threads: any.
 * Errors: ENTRASYNC_INVALID_ARGUMENT for a path that is empty, longer than the system's or ends in
 * `.entraidconf`, or a malformed template; ENTRASYNC_FILE for a relative path in a working
 * directory that has been removed.
 */
entrasync_status entrasync_list_create(
    const char *ENTRASYNC_NULLABLE path, const char *ENTRASYNC_NULLABLE line_template,
    entrasync_list *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE list,
    entrasync_error *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE error);

/**
 * Adds a client, whose people become part of the list. The people of several clients are merged.
 *
 * Ownership: the list keeps the client alive; the caller still frees its handle.
 * Threads: one at a time. Errors: ENTRASYNC_INVALID_ARGUMENT if the template names an attribute
 * that the client's QUERYFILTER lacks, and in a callback of a call that uses the object.
 */
entrasync_status entrasync_list_add_client(
    entrasync_list *ENTRASYNC_NULLABLE list, entrasync_client *ENTRASYNC_NULLABLE client,
    entrasync_error *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE error);

/**
 * Reads the people of all clients and reports what entrasync_list_write() would change: the lines
 * that it would add and remove, and whether the guard would object. Nothing is changed.
 *
 * Ownership: `*report` is the caller's; `report` may be NULL. Threads: one at a time.
 * Errors: any status but ENTRASYNC_GUARD and ENTRASYNC_BUSY.
 */
entrasync_status entrasync_list_preview(
    entrasync_list *ENTRASYNC_NULLABLE list,
    entrasync_report *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE report,
    entrasync_error *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE error);

/**
 * Says whether a person accepts the change that a stopped run has proposed. If `accept` is not 0,
 * the guard (MAXREMOVED, MAXADDED) does not stop the next entrasync_list_write() if all lines that
 * go or come are shown so in `.proposed.diff`; the list becomes empty only if that was shown. Lines
 * that were shown as coming and do not come are judged by the guard as a loss to the proposal. It
 * guards the writes after that one as before. Without a proposal that can be read nothing is
 * accepted: the write is stopped, and leaves a proposal for a person to look at. A preview takes
 * the acceptance back.
 *
 * A person can accept the same with a file beside the list: its path is that of the list with
 * `.accept` at the end. The next write that locks the list removes the file, even if that write
 * fails. These files count only if they are regular files with one link, belong to root or to the
 * user of the run, and can be written by nobody else. Anything else at their paths is named in the
 * log, the AUDITFILE and the error, and ignored.
 *
 * Ownership: none. Threads: one at a time. Errors: none; does nothing for NULL.
 */
void entrasync_list_set_accept_change(entrasync_list *ENTRASYNC_NULLABLE list, int accept);

/**
 * Says whether a person knows that the list is to be kept by entrasync from now on. If `adopt` is
 * not 0, the next entrasync_list_write() may be the first one over a list that has lines, whatever
 * it removes within MAXREMOVED. It matters only where runs are remembered (STATEDIR): without it, a
 * first run that would remove more than ten lines or more than 5 % of them is stopped by the guard,
 * since somebody may have put them there by hand. A preview takes it back.
 *
 * Ownership: none. Threads: one at a time. Errors: none; does nothing for NULL.
 */
void entrasync_list_set_adopt(entrasync_list *ENTRASYNC_NULLABLE list, int adopt);

/**
 * Reads the people of all clients and keeps their lines in memory, sorted bytewise and without
 * duplicates. No file is touched.
 *
 * Ownership: `*report` is the caller's; `report` may be NULL. Threads: one at a time.
 * Errors: any status; the lines of an earlier fetch are gone then.
 */
entrasync_status entrasync_list_fetch(
    entrasync_list *ENTRASYNC_NULLABLE list,
    entrasync_report *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE report,
    entrasync_error *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE error);

/**
 * Reads the people of all clients and replaces the list file, whole and atomically. A file that
 * would not change is not touched. If the call fails, the file stays as it was, byte for byte, with
 * one exception: the new list is in place, but the disk failed to confirm it. The status is then
 * ENTRASYNC_FILE, and the message says so.
 *
 * The lines remain readable through entrasync_list_get_line(). The guard is the strictest
 * MAXREMOVED and MAXADDED of the clients' configurations. Whatever those are, it also stops a run
 * that would leave none of the list's old lines. Where runs are remembered, it stops a run as well
 * if a group of GROUPID or EXCLUDEGROUPID had people in the last run that went well and has none,
 * or has lost more than MAXREMOVED of them, though the list hardly changes; and a first run over
 * the list as entrasync_list_set_adopt() says. If lines go that no earlier run has put there, and
 * the guard lets that pass, the report has a warning that names the first of them. If it stops a
 * run, the change is kept beside the list in two files: `.proposed`, and `.proposed.diff` for
 * people to read, each after the name of the list. The next write that succeeds removes them.
 *
 * A run that finds no line for a list that is missing or empty fails with ENTRASYNC_GUARD and makes
 * no file. Nobody can accept that: entrasync_list_clear() makes an empty list on purpose. A list
 * that would have more bytes than a run can read, 64 MiB, is not written (ENTRASYNC_FILE).
 *
 * If another process is writing the same list, the call waits for it, for one minute at most. The
 * lock leaves no file behind. Each run is recorded in the AUDITFILE of every configuration that
 * names one, before the list is changed, and in the first client's log.
 *
 * Ownership: `*report` is the caller's; `report` may be NULL. Threads: one at a time.
 * Errors: any status; ENTRASYNC_GUARD if the change is larger than allowed, ENTRASYNC_BUSY if
 * another process still holds the list.
 */
entrasync_status entrasync_list_write(
    entrasync_list *ENTRASYNC_NULLABLE list,
    entrasync_report *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE report,
    entrasync_error *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE error);

/**
 * Makes the list file empty on purpose, for a gateway that looks addresses up in real time instead.
 * This needs no client, asks no server and is not stopped by the guard. If lines go that no earlier
 * run has put there, the report has a warning that names the first of them.
 *
 * Ownership: `*report` is the caller's; `report` may be NULL. Threads: one at a time.
 * Errors: ENTRASYNC_INVALID_ARGUMENT for a list without a path, ENTRASYNC_FILE, ENTRASYNC_BUSY,
 * ENTRASYNC_CONFIGURATION for a client's configuration that names a file it may not.
 */
entrasync_status entrasync_list_clear(
    entrasync_list *ENTRASYNC_NULLABLE list,
    entrasync_report *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE report,
    entrasync_error *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE error);

/**
 * How many lines the last fetch, preview or write gave.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 for NULL or after a failure.
 */
size_t entrasync_list_get_line_count(const entrasync_list *ENTRASYNC_NULLABLE list);

/**
 * Line number `index` of the last fetch, preview or write, counted from 0, without a newline at its
 * end.
 *
 * Ownership: borrowed from `list` until its next fetch, preview, write or clear.
 * Threads: one at a time. Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_list_get_line(
    const entrasync_list *ENTRASYNC_NULLABLE list, size_t index, size_t *ENTRASYNC_NULLABLE length);

/**
 * Frees the list. The file stays.
 *
 * Ownership: `list` is freed; NULL is accepted. Threads: one at a time. Errors: none.
 */
void entrasync_list_free(entrasync_list *ENTRASYNC_NULLABLE list);

/* ---- Lookup -------------------------------------------------------------------------------- */

/** Looks addresses up in the groups of any number of clients, at the moment of the question. */
typedef struct entrasync_lookup entrasync_lookup;

/** What is known about an address. */
typedef enum entrasync_answer {
  /** Nothing is known; entrasync_lookup_get_error() says why. It never means "no". */
  ENTRASYNC_ANSWER_UNKNOWN = 0,
  /** It belongs to a member of the groups, and a list would hold it. */
  ENTRASYNC_ANSWER_MEMBER = 1,
  /** It belongs to nobody in the groups, or to somebody whom EXCLUDEGROUPID leaves out. */
  ENTRASYNC_ANSWER_NOT_MEMBER = 2,
  /**
   * It belongs to somebody in the groups, but a list would hold no line for it: a value is missing
   * or cannot be used, or several people have the address. entrasync_lookup_get_reason() says why.
   */
  ENTRASYNC_ANSWER_WITHOUT_LINE = 3
} entrasync_answer;

/**
 * Describes a lookup. Nothing is asked yet.
 *
 * `line_template` is the shape of the lines that entrasync_lookup_get_line() gives, as for
 * entrasync_list_create(). NULL means all attributes of the QUERYFILTER.
 *
 * Ownership: `*lookup` is the caller's. Threads: any.
 * Errors: ENTRASYNC_INVALID_ARGUMENT for a malformed template.
 */
entrasync_status entrasync_lookup_create(
    const char *ENTRASYNC_NULLABLE line_template,
    entrasync_lookup *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE lookup,
    entrasync_error *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE error);

/**
 * Adds a client, in whose groups addresses are looked up. The clients' people count together, as in
 * a list: an address belongs to one person, and whom one client excludes no other brings back. If a
 * client cannot tell, and what it knows could matter, the answer is ENTRASYNC_ANSWER_UNKNOWN.
 *
 * Ownership: the lookup keeps the client alive; the caller still frees its handle.
 * Threads: one at a time. Errors: ENTRASYNC_INVALID_ARGUMENT if the template names an attribute
 * that the client's QUERYFILTER lacks, and in a callback of a call that uses the object.
 */
entrasync_status entrasync_lookup_add_client(
    entrasync_lookup *ENTRASYNC_NULLABLE lookup, entrasync_client *ENTRASYNC_NULLABLE client,
    entrasync_error *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE error);

/**
 * Says whether a person's other addresses (`proxyAddresses`) count too: they do if `aliases` is not
 * 0. Before this is called, they do not. The lines hold the person's address of the QUERYFILTER in
 * both cases.
 *
 * Ownership: none. Threads: one at a time. Errors: none; does nothing for NULL.
 */
void entrasync_lookup_set_aliases(entrasync_lookup *ENTRASYNC_NULLABLE lookup, int aliases);

/**
 * Looks up `count` addresses. GROUPID, EXCLUDEGROUPID, MEMBERSHIP, ACCOUNTS and USERTYPE count as
 * they do for a list, and an address is a member's if a list would hold it. White space around an
 * address and the case of its letters do not matter, and nothing in it is a pattern. Text that no
 * list can hold, such as `*`, is never a member's.
 *
 * The client keeps its token and its connection, so that the next lookup of an address takes one
 * request and one round trip. That request can carry up to nine more addresses. For more than ten,
 * each request carries twenty questions.
 *
 * Ownership: `*report` is the caller's; `report` may be NULL. Threads: one at a time.
 * Errors: any status but ENTRASYNC_GUARD and ENTRASYNC_BUSY: that of the first address whose answer
 * is unknown. The answers to the other addresses can be read all the same. There are no answers
 * after a callback's ENTRASYNC_CANCELLED or after ENTRASYNC_INVALID_ARGUMENT.
 */
entrasync_status entrasync_lookup_find(
    entrasync_lookup *ENTRASYNC_NULLABLE lookup,
    const char *ENTRASYNC_NULLABLE const *ENTRASYNC_NULLABLE addresses, size_t count,
    entrasync_report *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE report,
    entrasync_error *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE error);

/**
 * How many answers the last find gave: as many as there were addresses, or 0.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 for NULL.
 */
size_t entrasync_lookup_get_answer_count(const entrasync_lookup *ENTRASYNC_NULLABLE lookup);

/**
 * The answer of the last find to address number `index`, counted from 0.
 *
 * Ownership: none. Threads: one at a time. Errors: ENTRASYNC_ANSWER_UNKNOWN outside the range.
 */
entrasync_answer entrasync_lookup_get_answer(
    const entrasync_lookup *ENTRASYNC_NULLABLE lookup, size_t index);

/**
 * Why the answer to address number `index` is unknown; NULL if it is known.
 *
 * Ownership: borrowed from `lookup` until its next find; not to be freed. Threads: one at a time.
 * Errors: NULL outside the range.
 */
const entrasync_error *ENTRASYNC_NULLABLE entrasync_lookup_get_error(
    const entrasync_lookup *ENTRASYNC_NULLABLE lookup, size_t index);

/**
 * Why a list would hold no line for address number `index`, though it belongs to somebody in the
 * groups, in one line such as `has no mobilePhone`; "" for every answer but
 * ENTRASYNC_ANSWER_WITHOUT_LINE.
 *
 * Ownership: borrowed from `lookup` until its next find. Threads: one at a time.
 * Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_lookup_get_reason(
    const entrasync_lookup *ENTRASYNC_NULLABLE lookup, size_t index,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * How many lines a list would hold for address number `index`: usually 1, and 0 for any answer
 * but ENTRASYNC_ANSWER_MEMBER.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 outside the range.
 */
size_t entrasync_lookup_get_line_count(
    const entrasync_lookup *ENTRASYNC_NULLABLE lookup, size_t index);

/**
 * Line number `line` for address number `index`, both counted from 0, without a newline at its end.
 *
 * Ownership: borrowed from `lookup` until its next find. Threads: one at a time.
 * Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_lookup_get_line(
    const entrasync_lookup *ENTRASYNC_NULLABLE lookup, size_t index, size_t line,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * The attributes of which a person may have several values, in alphabetical order with commas
 * between. A person has at most one value of any other attribute.
 */
#define ENTRASYNC_COLLECTION_ATTRIBUTES "businessPhones,otherMails,proxyAddresses"

/**
 * How many attributes the member with address number `index` has: those of the QUERYFILTER of the
 * client that found the member.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 if the address is not a member's.
 */
size_t entrasync_lookup_get_attribute_count(
    const entrasync_lookup *ENTRASYNC_NULLABLE lookup, size_t index);

/**
 * The name of attribute number `attribute` of the member with address number `index`, both counted
 * from 0, spelt as entrasync_client_get_attribute() spells it.
 *
 * Ownership: borrowed from `lookup` until its next find. Threads: one at a time.
 * Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_lookup_get_attribute(
    const entrasync_lookup *ENTRASYNC_NULLABLE lookup, size_t index, size_t attribute,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * How many values the member with address number `index` has for an attribute of the QUERYFILTER.
 * Only values that a list may hold count. `attribute` is the attribute's name in any case, such as
 * `mobilePhone`. If the QUERYFILTER names alternatives, it is the first of them.
 *
 * Ownership: none. Threads: one at a time.
 * Errors: 0 if the address is not a member's, and for any other name.
 */
size_t entrasync_lookup_get_value_count(
    const entrasync_lookup *ENTRASYNC_NULLABLE lookup, size_t index,
    const char *ENTRASYNC_NULLABLE attribute);

/**
 * Value number `value` of an attribute, counted from 0, as a line would hold it.
 *
 * Ownership: borrowed from `lookup` until its next find. Threads: one at a time.
 * Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_lookup_get_value(
    const entrasync_lookup *ENTRASYNC_NULLABLE lookup, size_t index,
    const char *ENTRASYNC_NULLABLE attribute, size_t value, size_t *ENTRASYNC_NULLABLE length);

/**
 * Frees the lookup.
 *
 * Ownership: `lookup` is freed; NULL is accepted. Threads: one at a time. Errors: none.
 */
void entrasync_lookup_free(entrasync_lookup *ENTRASYNC_NULLABLE lookup);

/* ---- Check --------------------------------------------------------------------------------- */

/** A check of one client, step by step: whether all is right that lists and lookups need. */
typedef struct entrasync_check entrasync_check;

/** How one step of a check ended. */
typedef enum entrasync_outcome {
  /** There is no such step. */
  ENTRASYNC_OUTCOME_NONE = 0,
  /** It is right. */
  ENTRASYNC_OUTCOME_PASSED = 1,
  /** It works, but a person should look at it. */
  ENTRASYNC_OUTCOME_DOUBTFUL = 2,
  /** It is wrong, and nothing after it was checked. */
  ENTRASYNC_OUTCOME_FAILED = 3
} entrasync_outcome;

/**
 * Prepares a check of a client. Nothing is sent yet.
 *
 * Ownership: `*check` is the caller's; it keeps the client alive. Threads: one at a time.
 * Errors: ENTRASYNC_INVALID_ARGUMENT.
 */
entrasync_status entrasync_check_create(
    entrasync_client *ENTRASYNC_NULLABLE client,
    entrasync_check *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE check,
    entrasync_error *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE error);

/**
 * Signs in, looks for the groups and reads their members, up to the first failure. The steps can be
 * read afterwards, after a failure too. Nothing is written.
 *
 * Ownership: `*report` is the caller's; `report` may be NULL. Threads: one at a time.
 * Errors: any status but ENTRASYNC_GUARD and ENTRASYNC_BUSY. If a step has failed, it is the last
 * one, and its text says the same.
 */
entrasync_status entrasync_check_run(
    entrasync_check *ENTRASYNC_NULLABLE check,
    entrasync_report *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE report,
    entrasync_error *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE error);

/**
 * How many steps the last run took.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 for NULL.
 */
size_t entrasync_check_get_step_count(const entrasync_check *ENTRASYNC_NULLABLE check);

/**
 * What step number `index`, counted from 0, looked at: `credential`, `host`, `token`,
 * `permissions`, `group`, `members` or `attribute`.
 *
 * Ownership: borrowed from `check` until its next run. Threads: one at a time.
 * Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_check_get_step_name(
    const entrasync_check *ENTRASYNC_NULLABLE check, size_t index,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * How step number `index` ended.
 *
 * Ownership: none. Threads: one at a time. Errors: ENTRASYNC_OUTCOME_NONE outside the range.
 */
entrasync_outcome entrasync_check_get_step_outcome(
    const entrasync_check *ENTRASYNC_NULLABLE check, size_t index);

/**
 * What step number `index` found, in one line; after a failure, what is wrong and what to do.
 *
 * Ownership: borrowed from `check` until its next run. Threads: one at a time.
 * Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_check_get_step_text(
    const entrasync_check *ENTRASYNC_NULLABLE check, size_t index,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * How many lines of people were kept as samples: five at most.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 for NULL.
 */
size_t entrasync_check_get_sample_count(const entrasync_check *ENTRASYNC_NULLABLE check);

/**
 * Sample number `index`, counted from 0: all attributes of the QUERYFILTER with one space between.
 *
 * Ownership: borrowed from `check` until its next run. Threads: one at a time.
 * Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_check_get_sample(
    const entrasync_check *ENTRASYNC_NULLABLE check, size_t index,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * When the token expires, in seconds since 1970; 0 if there was no sign-in.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 for NULL.
 */
int64_t entrasync_check_get_token_end(const entrasync_check *ENTRASYNC_NULLABLE check);

/**
 * Frees the check.
 *
 * Ownership: `check` is freed; NULL is accepted. Threads: one at a time. Errors: none.
 */
void entrasync_check_free(entrasync_check *ENTRASYNC_NULLABLE check);

/* ---- Report -------------------------------------------------------------------------------- */

/** What a report counts. */
typedef enum entrasync_count {
  /**
   * People received from Graph, over all groups and clients. Each client counts its own, here and
   * for the members that were not read: somebody whom two clients read counts twice.
   */
  ENTRASYNC_COUNT_FETCHED = 1,
  /** Lines in the list. */
  ENTRASYNC_COUNT_WRITTEN = 2,
  /** Lines that the list file did not hold before. */
  ENTRASYNC_COUNT_ADDED = 3,
  /** Lines that the list file held before and no longer holds. */
  ENTRASYNC_COUNT_REMOVED = 4,
  /** People, or single values of a person, that were left out; the report names each. */
  ENTRASYNC_COUNT_SKIPPED = 5,
  /** Members of the groups that were not read, of every kind: nested groups and what follows. */
  ENTRASYNC_COUNT_OTHERS = 6,
  /** HTTP requests sent, repeated ones included. */
  ENTRASYNC_COUNT_REQUESTS = 7,
  /** Bytes of the answers, after decompression. */
  ENTRASYNC_COUNT_BYTES = 8,
  /**
   * People whom the configuration leaves out on purpose: EXCLUDEGROUPID, ACCOUNTS, USERTYPE. Each
   * counts once, and of several clients it is enough if one leaves the person out.
   */
  ENTRASYNC_COUNT_EXCLUDED = 9,
  /**
   * Groups nested in those of GROUPID and EXCLUDEGROUPID, whose own members were not read because
   * MEMBERSHIP is `direct`.
   */
  ENTRASYNC_COUNT_NESTED_GROUPS = 10,
  /** How often the groups were read for the list: twice before a large change. */
  ENTRASYNC_COUNT_READINGS = 11,
  /** Addresses that nobody gets, because several people of one rank have them. */
  ENTRASYNC_COUNT_DISPUTED = 12,
  /** Mail contacts that were not read, because CONTACTS is `no`. */
  ENTRASYNC_COUNT_CONTACTS = 13,
  /** Devices, which are never read. */
  ENTRASYNC_COUNT_DEVICES = 14,
  /** Service principals, which are never read. */
  ENTRASYNC_COUNT_SERVICE_PRINCIPALS = 15,
  /** Members of a type that this version does not know; a warning names the types. */
  ENTRASYNC_COUNT_UNKNOWN_KINDS = 16,
  /** Lines in the list before the run; of a history alone. */
  ENTRASYNC_COUNT_BEFORE = 17
} entrasync_count;

/**
 * One of the report's figures.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 for NULL or an unknown `count`.
 */
uint64_t entrasync_report_get_count(
    const entrasync_report *ENTRASYNC_NULLABLE report, entrasync_count count);

/**
 * How long the run took, in seconds.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 for NULL.
 */
double entrasync_report_get_seconds(const entrasync_report *ENTRASYNC_NULLABLE report);

/**
 * Added line number `index`, counted from 0 below ENTRASYNC_COUNT_ADDED, in order: one that the
 * list file did not hold before. After a preview, it is one that a write would add.
 *
 * Ownership: borrowed from `report`. Threads: one at a time. Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_report_get_added_line(
    const entrasync_report *ENTRASYNC_NULLABLE report, size_t index,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * Removed line number `index`, counted from 0 below ENTRASYNC_COUNT_REMOVED, in order: one that the
 * list file held before and no longer holds. After a preview, it is one that a write would remove.
 * It has the bytes of the file, which may not be UTF-8 if another program wrote them.
 *
 * Ownership: borrowed from `report`. Threads: one at a time. Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_report_get_removed_line(
    const entrasync_report *ENTRASYNC_NULLABLE report, size_t index,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * Why the guard objects to the change, in one line with the figures; "" if it does not. If a write
 * succeeded in spite of the objection, a person had accepted the change.
 *
 * Ownership: borrowed from `report`. Threads: one at a time. Errors: "" for NULL.
 */
const char *ENTRASYNC_NONNULL entrasync_report_get_guard(
    const entrasync_report *ENTRASYNC_NULLABLE report, size_t *ENTRASYNC_NULLABLE length);

/**
 * 1 if the list file was replaced, or would be after a preview. 0 if it already held these lines,
 * or if the run writes no list.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 for NULL.
 */
int entrasync_report_get_changed(const entrasync_report *ENTRASYNC_NULLABLE report);

/**
 * The object id in Entra ID of the person whom skip number `index` is about. `index` counts from 0
 * and is below ENTRASYNC_COUNT_SKIPPED.
 *
 * Ownership: borrowed from `report`. Threads: one at a time. Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_report_get_skip_name(
    const entrasync_report *ENTRASYNC_NULLABLE report, size_t index,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * Why the person or the value of skip number `index` was left out, in one line such as
 * `mobilePhone "040 123 4567 x12" has an extension, which cannot receive a text message`.
 *
 * Ownership: borrowed from `report`. Threads: one at a time. Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_report_get_skip_reason(
    const entrasync_report *ENTRASYNC_NULLABLE report, size_t index,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * The display name of the person whom skip number `index` is about, as the directory has it; "" if
 * it is not known. A preview and a check ask for the names of at most 100 people, and wait no
 * longer than 5 seconds for them. A write does so if it keeps an audit. A lookup knows them.
 *
 * Ownership: borrowed from `report`. Threads: one at a time. Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_report_get_skip_display_name(
    const entrasync_report *ENTRASYNC_NULLABLE report, size_t index,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * The sign-in name (`userPrincipalName`) of that person; "" if it is not known, and for a mail
 * contact, which has none.
 *
 * Ownership: borrowed from `report`. Threads: one at a time. Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_report_get_skip_sign_in_name(
    const entrasync_report *ENTRASYNC_NULLABLE report, size_t index,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * How many warnings the run gave: what a person should know though the call succeeded.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 for NULL.
 */
size_t entrasync_report_get_warning_count(const entrasync_report *ENTRASYNC_NULLABLE report);

/**
 * Warning number `index`, counted from 0: one line, such as that nobody gets an address that two
 * people have, or that two readings of the groups disagree.
 *
 * Ownership: borrowed from `report`. Threads: one at a time. Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_report_get_warning(
    const entrasync_report *ENTRASYNC_NULLABLE report, size_t index,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * Frees the report.
 *
 * Ownership: `report` is freed; NULL is accepted. Threads: one at a time. Errors: none.
 */
void entrasync_report_free(entrasync_report *ENTRASYNC_NULLABLE report);

/* ---- History ------------------------------------------------------------------------------- */

/**
 * The runs of one list that are remembered: their figures, nobody's address among them, and what a
 * run that failed said. Each write and each
 * clear of a list is remembered for 400 days, in the folder that STATEDIR names or in
 * /var/lib/entrasync, unless STATEDIR is `none`.
 */
typedef struct entrasync_history entrasync_history;

/**
 * Reads the runs of a list, the latest first. A list of which nothing is remembered has none.
 *
 * @param folder The folder; NULL for /var/lib/entrasync.
 * @param list The list's path, as its runs name it.
 * @param since When the first of the runs began at the earliest, in seconds since 1970.
 * @param most How many runs are wanted at most.
 *
 * Ownership: `*history` belongs to the caller; free it with entrasync_history_free(). Threads: any.
 * Errors: ENTRASYNC_INVALID_ARGUMENT; ENTRASYNC_FILE for a history that cannot be read.
 */
entrasync_status entrasync_history_read(
    const char *ENTRASYNC_NULLABLE folder, const char *ENTRASYNC_NULLABLE list, int64_t since,
    size_t most, entrasync_history *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE history,
    entrasync_error *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE error);

/**
 * Reads the runs of a list, as entrasync_history_read() does, from the folder in which runs of this
 * list are remembered: that of its first client whose configuration has STATEDIR, or the usual one.
 *
 * Ownership: `*history` belongs to the caller; free it with entrasync_history_free(). Threads: one
 * at a time.
 * Errors: ENTRASYNC_INVALID_ARGUMENT, also for a list without a path; ENTRASYNC_FILE for a history
 * that cannot be read.
 */
entrasync_status entrasync_list_read_history(
    const entrasync_list *ENTRASYNC_NULLABLE list, int64_t since, size_t most,
    entrasync_history *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE history,
    entrasync_error *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE error);

/**
 * How many runs there are.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 for NULL.
 */
size_t entrasync_history_get_run_count(const entrasync_history *ENTRASYNC_NULLABLE history);

/**
 * When run number `run`, counted from 0, began, in seconds since 1970.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 outside the range.
 */
int64_t entrasync_history_get_time(const entrasync_history *ENTRASYNC_NULLABLE history, size_t run);

/**
 * How long the run took, in seconds.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 outside the range.
 */
double entrasync_history_get_seconds(
    const entrasync_history *ENTRASYNC_NULLABLE history, size_t run);

/**
 * How the run ended: ENTRASYNC_OK if it went well, ENTRASYNC_GUARD if the guard stopped it, and so
 * on.
 *
 * Ownership: none. Threads: one at a time. Errors: ENTRASYNC_OK outside the range.
 */
entrasync_status entrasync_history_get_status(
    const entrasync_history *ENTRASYNC_NULLABLE history, size_t run);

/**
 * 1 if the run replaced the list file, 0 if the list stayed as it was.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 outside the range.
 */
int entrasync_history_get_changed(const entrasync_history *ENTRASYNC_NULLABLE history, size_t run);

/**
 * What a run that failed said, in one line; "" for one that went well.
 *
 * Ownership: borrowed from `history`. Threads: one at a time. Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_history_get_message(
    const entrasync_history *ENTRASYNC_NULLABLE history, size_t run,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * One of the run's figures: BEFORE, WRITTEN (the lines after it), ADDED, REMOVED, FETCHED,
 * EXCLUDED, DISPUTED, SKIPPED, REQUESTS. What a run that failed did not come to know is 0. Of one
 * that the guard stopped, ADDED and REMOVED say
 * what it would have changed.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 outside the range, and for another `count`.
 */
uint64_t entrasync_history_get_count(
    const entrasync_history *ENTRASYNC_NULLABLE history, size_t run, entrasync_count count);

/**
 * How many configurations fed the list in the run.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 outside the range.
 */
size_t entrasync_history_get_configuration_count(
    const entrasync_history *ENTRASYNC_NULLABLE history, size_t run);

/**
 * The path of configuration number `index`, counted from 0.
 *
 * Ownership: borrowed from `history`. Threads: one at a time. Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_history_get_configuration(
    const entrasync_history *ENTRASYNC_NULLABLE history, size_t run, size_t index,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * How many groups the run read, those of EXCLUDEGROUPID among them. It is 0 if the run failed
 * before all groups were read.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 outside the range.
 */
size_t entrasync_history_get_group_count(
    const entrasync_history *ENTRASYNC_NULLABLE history, size_t run);

/**
 * The object id of group number `index`, counted from 0.
 *
 * Ownership: borrowed from `history`. Threads: one at a time. Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_history_get_group(
    const entrasync_history *ENTRASYNC_NULLABLE history, size_t run, size_t index,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * 1 if EXCLUDEGROUPID names that group, 0 if GROUPID does.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 outside the range.
 */
int entrasync_history_get_group_excluded(
    const entrasync_history *ENTRASYNC_NULLABLE history, size_t run, size_t index);

/**
 * How many people that group had.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 outside the range.
 */
uint64_t entrasync_history_get_group_people(
    const entrasync_history *ENTRASYNC_NULLABLE history, size_t run, size_t index);

/**
 * For how many kinds of reasons people, or single values, were left out in the run; 50 at most.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 outside the range.
 */
size_t entrasync_history_get_reason_count(
    const entrasync_history *ENTRASYNC_NULLABLE history, size_t run);

/**
 * Reason number `index`, counted from 0, the most frequent first: the kind of the reason, without
 * anybody's address or number.
 *
 * Ownership: borrowed from `history`. Threads: one at a time. Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_history_get_reason(
    const entrasync_history *ENTRASYNC_NULLABLE history, size_t run, size_t index,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * How many were left out for that reason.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 outside the range.
 */
uint64_t entrasync_history_get_reason_people(
    const entrasync_history *ENTRASYNC_NULLABLE history, size_t run, size_t index);

/**
 * Frees the history.
 *
 * Ownership: `history` is freed; NULL is accepted. Threads: one at a time. Errors: none.
 */
void entrasync_history_free(entrasync_history *ENTRASYNC_NULLABLE history);

/* ---- Troubles ------------------------------------------------------------------------------ */

/**
 * What a person has to be told of troubles that last, so that a mail comes once when a kind of
 * trouble begins, once a day while it lasts, and once when it is over.
 */
typedef struct entrasync_troubles entrasync_troubles;

/** What has become of a trouble. */
typedef enum entrasync_news {
  /** Nothing that a person has to be told. */
  ENTRASYNC_NEWS_NONE = 0,
  /** It is new. */
  ENTRASYNC_NEWS_BEGINS = 1,
  /** It has lasted for another day. */
  ENTRASYNC_NEWS_LASTS = 2,
  /** It was over, and is back within a day. From now on it is over when it has stayed away for six
      hours. */
  ENTRASYNC_NEWS_RETURNS = 3,
  /** It is over. */
  ENTRASYNC_NEWS_ENDS = 4
} entrasync_news;

/**
 * Notes what a run has met, beside the runs that are remembered, and says what of it is news. It is
 * to be called after each run, also after one that went well. Where nothing is remembered, every
 * trouble begins anew.
 *
 * @param list The list, where its own runs are remembered; NULL for the usual folder.
 * @param subject What the run was about, such as the list's path.
 * @param failure The kind of the failure, such as the name of its status; NULL if the run went
 * well.
 * @param warnings The warnings of the run, `warning_count` texts; NULL if there are none. Those
 * that differ in quoted texts, numbers and ids alone are of one kind.
 *
 * Ownership: `*troubles` belongs to the caller; free it with entrasync_troubles_free().
 * Threads: one at a time for a list.
 * Errors: ENTRASYNC_INVALID_ARGUMENT; ENTRASYNC_FILE if it cannot be noted: everything is news
 * then.
 */
entrasync_status entrasync_troubles_note(
    const entrasync_list *ENTRASYNC_NULLABLE list, const char *ENTRASYNC_NULLABLE subject,
    const char *ENTRASYNC_NULLABLE failure,
    const char *ENTRASYNC_NULLABLE const *ENTRASYNC_NULLABLE warnings, size_t warning_count,
    entrasync_troubles *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE troubles,
    entrasync_error *ENTRASYNC_NULLABLE *ENTRASYNC_NULLABLE error);

/**
 * How many troubles there are to tell: of those that were met, the ones that are news, in their
 * order, and then the kinds that are over.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 for NULL.
 */
size_t entrasync_troubles_get_count(const entrasync_troubles *ENTRASYNC_NULLABLE troubles);

/**
 * 1 if the troubles were noted; 0 where nothing is remembered (STATEDIR is `none`, or there is no
 * usual folder), so that everything is news every time.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 for NULL.
 */
int entrasync_troubles_get_noted(const entrasync_troubles *ENTRASYNC_NULLABLE troubles);

/**
 * What has become of trouble number `index`, counted from 0.
 *
 * Ownership: none. Threads: one at a time. Errors: ENTRASYNC_NEWS_NONE outside the range.
 */
entrasync_news entrasync_troubles_get_news(
    const entrasync_troubles *ENTRASYNC_NULLABLE troubles, size_t index);

/**
 * 1 if that trouble is a failure, 0 if it is a warning.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 outside the range.
 */
int entrasync_troubles_get_failure(
    const entrasync_troubles *ENTRASYNC_NULLABLE troubles, size_t index);

/**
 * The text of that trouble as it was given, or the kind of one that is over.
 *
 * Ownership: borrowed from `troubles`. Threads: one at a time. Errors: "" outside the range.
 */
const char *ENTRASYNC_NONNULL entrasync_troubles_get_text(
    const entrasync_troubles *ENTRASYNC_NULLABLE troubles, size_t index,
    size_t *ENTRASYNC_NULLABLE length);

/**
 * When that trouble began, in seconds since 1970.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 outside the range.
 */
int64_t entrasync_troubles_get_since(
    const entrasync_troubles *ENTRASYNC_NULLABLE troubles, size_t index);

/**
 * When that trouble was over, in seconds since 1970; 0 while it lasts.
 *
 * Ownership: none. Threads: one at a time. Errors: 0 outside the range.
 */
int64_t entrasync_troubles_get_end(
    const entrasync_troubles *ENTRASYNC_NULLABLE troubles, size_t index);

/**
 * Frees the troubles.
 *
 * Ownership: `troubles` is freed; NULL is accepted. Threads: one at a time. Errors: none.
 */
void entrasync_troubles_free(entrasync_troubles *ENTRASYNC_NULLABLE troubles);

#ifdef __cplusplus
}
#endif

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

#endif /* ENTRASYNC_H */
