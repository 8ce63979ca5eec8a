/* The least that a module over libcurl can be: it links libcurl and has one function. */
#define PERL_NO_GET_CONTEXT
#include "EXTERN.h"
#include "perl.h"
#include "XSUB.h"

#include <curl/curl.h>

MODULE = Reference    PACKAGE = Reference

PROTOTYPES: DISABLE

const char *
curl_version()
