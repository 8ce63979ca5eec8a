/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loaded with LD_PRELOAD: makes libcurl fail to set an option. FAIL_OPTION is its number, and
 * OPTIONS_LOG the file that gets a line with the number of each option that is set.
 */
#define _GNU_SOURCE
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#undef curl_easy_setopt

typedef CURLcode (*setter)(CURL *, CURLoption, ...);

CURLcode curl_easy_setopt(CURL *easy, CURLoption option, ...)
{
  setter set = (setter)dlsym(RTLD_NEXT, "curl_easy_setopt");
  const char *failing = getenv("FAIL_OPTION");
  const char *log = getenv("OPTIONS_LOG");
  FILE *file = log ? fopen(log, "a") : NULL;
  CURLcode code = CURLE_OUT_OF_MEMORY;
  va_list arguments;
  va_start(arguments, option);
  if (file) {
    fprintf(file, "%d\n", (int)option);
    fclose(file);
  }
  if (!failing || atoi(failing) != (int)option) {
    if (option >= CURLOPTTYPE_OFF_T && option < CURLOPTTYPE_BLOB)
      code = set(easy, option, va_arg(arguments, curl_off_t));
    else if (option < CURLOPTTYPE_OBJECTPOINT)
      code = set(easy, option, va_arg(arguments, long));
    else
      code = set(easy, option, va_arg(arguments, void *));
  }
  va_end(arguments);
  return code;
}
