/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libcurl for Swift: typed functions in place of its variadic ones, which Swift cannot call.
 */
#ifndef ENTRASYNC_CURL_SHIM_H
#define ENTRASYNC_CURL_SHIM_H

#include <curl/curl.h>
#include <openssl/ssl.h>
#include <string.h>
#include <time.h>

static inline CURLcode shim_easy_set_long(CURL *easy, CURLoption option, long value)
{
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode shim_easy_set_string(CURL *easy, CURLoption option, const char *value)
{
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode shim_easy_set_pointer(CURL *easy, CURLoption option, const void *value)
{
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode shim_easy_set_list(CURL *easy, CURLoption option, struct curl_slist *value)
{
  return curl_easy_setopt(easy, option, value);
}

/**
 * Makes the certificates in PEM at `bytes`, which must stay there, the authorities for servers or
 * for proxies; since 7.77.
 */
static inline CURLcode shim_easy_set_authorities(
    CURL *easy, int of_proxy, const void *bytes, size_t length)
{
#if LIBCURL_VERSION_NUM >= 0x074d00
  struct curl_blob blob = {(void *)bytes, length, CURL_BLOB_NOCOPY};

  return curl_easy_setopt(easy, of_proxy ? CURLOPT_PROXY_CAINFO_BLOB : CURLOPT_CAINFO_BLOB, &blob);
#else
  (void)easy;
  (void)of_proxy;
  (void)bytes;
  (void)length;
  return CURLE_NOT_BUILT_IN;
#endif
}

static inline CURLcode shim_easy_set_callback(
    CURL *easy, CURLoption option, curl_write_callback callback)
{
  return curl_easy_setopt(easy, option, callback);
}

static inline CURLcode shim_easy_set_open_socket(CURL *easy, curl_opensocket_callback callback)
{
  return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, callback);
}

static inline CURLcode shim_easy_set_close_socket(CURL *easy, curl_closesocket_callback callback)
{
  return curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, callback);
}

static inline CURLcode shim_easy_set_progress(CURL *easy, curl_xferinfo_callback callback)
{
  return curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, callback);
}

/** How long libcurl may go on reading. */
struct shim_turn {
  /** The end in nanoseconds of the monotonic clock; 0 where there is none. */
  long long end;
};

static inline long long shim_monotonic_now(void)
{
  struct timespec now = {0, 0};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/** Gives libcurl so many nanoseconds from now on; 0 takes the end away. */
static inline void shim_turn_begin(struct shim_turn *turn, long long nanoseconds)
{
  turn->end = nanoseconds > 0 ? shim_monotonic_now() + nanoseconds : 0;
}

/**
 * Is called before and after whatever a TLS connection does with its socket. Once the turn is over
 * there is nothing more to read, until the next one begins.
 */
static inline long shim_turn_judge(
    BIO *connection, int operation, const char *bytes, size_t size, int number, long argument,
    int result, size_t *processed)
{
  const struct shim_turn *turn = (const struct shim_turn *)(void *)BIO_get_callback_arg(connection);
  (void)bytes;
  (void)size;
  (void)number;
  (void)argument;
  (void)processed;
  if (operation != BIO_CB_READ || !turn || !turn->end || shim_monotonic_now() < turn->end)
    return result;
  BIO_clear_retry_flags(connection);
  BIO_set_retry_read(connection);
  return -1;
}

/** Is called for each message of TLS; the first one is our own. */
static inline void shim_turn_attach(
    int is_written, int version, int type, const void *bytes, size_t size, SSL *connection,
    void *turn)
{
  BIO *reading = SSL_get_rbio(connection);
  (void)is_written;
  (void)version;
  (void)type;
  (void)bytes;
  (void)size;
  if (!reading || BIO_get_callback_arg(reading) == (char *)turn)
    return;
  BIO_set_callback_ex(reading, shim_turn_judge);
  BIO_set_callback_arg(reading, (char *)turn);
}

/**
 * Makes a connection that keeps to itself what it is encrypted with: libcurl writes that into the
 * file that the environment names in SSLKEYLOGFILE. And a peer must not hold OpenSSL in one call by
 * sending nothing but TLS's own messages, nor libcurl for longer than a turn.
 */
static inline CURLcode shim_configure_tls(CURL *easy, void *context, void *turn)
{
  (void)easy;
  SSL_CTX_set_keylog_callback((SSL_CTX *)context, NULL);
  SSL_CTX_clear_mode((SSL_CTX *)context, SSL_MODE_AUTO_RETRY);
  SSL_CTX_set_msg_callback((SSL_CTX *)context, shim_turn_attach);
  SSL_CTX_set_msg_callback_arg((SSL_CTX *)context, turn);
  return CURLE_OK;
}

/** Fails where libcurl uses anything but OpenSSL, for which the callback is made. */
static inline CURLcode shim_easy_set_tls(CURL *easy)
{
  const char *name = curl_version_info(CURLVERSION_NOW)->ssl_version;
  if (!name || strncmp(name, "OpenSSL/", 8) != 0)
    return CURLE_NOT_BUILT_IN;
  return curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, shim_configure_tls);
}

/** Whether the transfer's connection speaks HTTP/2; 0 where it has none, or speaks nothing yet. */
static inline int shim_easy_speaks_http2(CURL *easy)
{
  const struct curl_tlssessioninfo *session = NULL;
  const unsigned char *name = NULL;
  unsigned int length = 0;
  if (curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session) != CURLE_OK || !session
      || session->backend != CURLSSLBACKEND_OPENSSL || !session->internals)
    return 0;
  SSL_get0_alpn_selected((const SSL *)session->internals, &name, &length);
  return length == 2 && memcmp(name, "h2", 2) == 0;
}

/**
 * How this program may show a proxy its user and password. libcurl takes the best method that the
 * proxy offers. Negotiate uses no password but a Kerberos ticket.
 */
static inline CURLcode shim_easy_set_proxy_methods(CURL *easy, int with_negotiate)
{
  unsigned long methods = CURLAUTH_DIGEST | CURLAUTH_NTLM | CURLAUTH_BASIC;
  return curl_easy_setopt(
      easy, CURLOPT_PROXYAUTH, (long)(with_negotiate ? methods | CURLAUTH_NEGOTIATE : methods));
}

/** Whether the proxy offered Negotiate and also something that takes a password. */
static inline int shim_easy_proxy_offers_both(CURL *easy)
{
  long offered = 0;
  if (curl_easy_getinfo(easy, CURLINFO_PROXYAUTH_AVAIL, &offered) != CURLE_OK)
    return 0;
  return ((unsigned long)offered & CURLAUTH_NEGOTIATE)
      && ((unsigned long)offered & (CURLAUTH_DIGEST | CURLAUTH_NTLM | CURLAUTH_BASIC));
}

static inline long shim_easy_get_long(CURL *easy, CURLINFO info)
{
  long value = 0;
  return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

static inline curl_off_t shim_easy_get_offset(CURL *easy, CURLINFO info)
{
  curl_off_t value = 0;
  return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

/** Borrowed from the handle; NULL where there is none. */
static inline const char *shim_easy_get_string(CURL *easy, CURLINFO info)
{
  const char *value = NULL;
  return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : NULL;
}

static inline CURLMcode shim_multi_set_long(CURLM *multi, CURLMoption option, long value)
{
  return curl_multi_setopt(multi, option, value);
}

/**
 * The descriptors that a multi handle waits for, at most `capacity` of them; returns how many. They
 * are its connections', and one for each name that is being looked up. Before 8.8, libcurl does not
 * tell those from FD_SETSIZE (1024) on.
 */
static inline int shim_multi_get_waiting(CURLM *multi, int *numbers, int capacity)
{
  int count = 0;
#if LIBCURL_VERSION_NUM >= 0x080800
  struct curl_waitfd waiting[64];
  unsigned int known = 0, index;

  if (curl_multi_waitfds(multi, waiting, sizeof waiting / sizeof waiting[0], &known) != CURLM_OK)
    return 0;
  for (index = 0; index < known && index < sizeof waiting / sizeof waiting[0]; index++)
    if (count < capacity)
      numbers[count++] = (int)waiting[index].fd;
#else
  fd_set reading, writing, failing;
  int number, last = -1;

  FD_ZERO(&reading);
  FD_ZERO(&writing);
  FD_ZERO(&failing);
  if (curl_multi_fdset(multi, &reading, &writing, &failing, &last) != CURLM_OK)
    return 0;
  for (number = 0; number <= last && count < capacity; number++)
    if (FD_ISSET(number, &reading) || FD_ISSET(number, &writing))
      numbers[count++] = number;
#endif
  return count;
}

/**
 * Does not wait at the end for a name that is still being looked up; since 7.87.
 */
static inline CURLcode shim_easy_set_quick_exit(CURL *easy)
{
#if LIBCURL_VERSION_NUM >= 0x075700
  return curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#else
  (void)easy;
  return CURLE_OK;
#endif
}

/** Which schemes a transfer may use; the option was renamed in 7.85. */
static inline CURLcode shim_easy_set_protocols(CURL *easy, int allow_http)
{
#if LIBCURL_VERSION_NUM >= 0x075500
  return curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, allow_http ? "http,https" : "https");
#else
  return curl_easy_setopt(
      easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTPS | (allow_http ? CURLPROTO_HTTP : 0)));
#endif
}

#endif
