/* SPDX-License-Identifier: Apache-2.0 */
/* simdjson's DOM parser for Swift: one document at a time, and no exception ever. */
#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A parser, which is used again for one document after the other. */
typedef struct shim_json_parser shim_json_parser;

/* What became of a document. */
typedef enum {
  SHIM_JSON_OK,
  /* There is no memory. */
  SHIM_JSON_NO_MEMORY,
  /* More containers are open at once than the parser allows. */
  SHIM_JSON_TOO_DEEP,
  /* A string has an escape that stands for no character. */
  SHIM_JSON_BAD_ESCAPE,
  /* Anything else that is not JSON. */
  SHIM_JSON_INVALID
} shim_json_result;

/* How many bytes behind a document's end must be readable. Their values do not matter. */
size_t shim_json_padding(void);

/* Makes a parser; NULL without memory. DEPTH is how many containers may be open at once. */
shim_json_parser *shim_json_create(size_t depth);

/*
 * Reads a document. On success WORDS and STRINGS point to simdjson's tape and its strings, which
 * belong to the parser and are valid until it reads the next document. BYTES may be released.
 */
shim_json_result shim_json_parse(
    shim_json_parser *parser, const uint8_t *bytes, size_t count, const uint64_t **words,
    const uint8_t **strings);

/* Overwrites the strings of the last document, which may hold a secret. PARSER may be NULL. */
void shim_json_wipe(shim_json_parser *parser);

/* Releases a parser, with the last document. */
void shim_json_free(shim_json_parser *parser);

#ifdef __cplusplus
}
#endif

#endif
