/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libcurl for Swift: typed functions in place of its variadic ones, which Swift cannot call.
 */
#ifndef ENTRASYNC_CURL_SHIM_H
#define ENTRASYNC_CURL_SHIM_H

#include <curl/curl.h>

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

static inline long shim_easy_get_long(CURL *easy, CURLINFO info)
{
  long value = 0;
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
