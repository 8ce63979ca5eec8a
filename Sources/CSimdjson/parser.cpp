// SPDX-License-Identifier: Apache-2.0
// What shim_json_* do with simdjson. Exceptions and run-time types are off, and nothing is
// exported.
#include "CSimdjson.h"

#include <cstring>
#include <memory>
#include <new>
#include <simdjson.h>

namespace {

// Documents are small as a rule. Room is kept for the next one, and grows by doubling.
constexpr size_t least_capacity = 16 << 10;

// simdjson's choice would follow SIMDJSON_FORCE_IMPLEMENTATION, which belongs to our host.
const simdjson::implementation *kernel() noexcept
{
  return simdjson::get_available_implementations().detect_best_supported();
}

shim_json_result result_of(simdjson::error_code code) noexcept
{
  switch (code) {
  case simdjson::SUCCESS:
    return SHIM_JSON_OK;
  case simdjson::CAPACITY:
  case simdjson::MEMALLOC:
    return SHIM_JSON_NO_MEMORY;
  case simdjson::DEPTH_ERROR:
    return SHIM_JSON_TOO_DEEP;
  case simdjson::STRING_ERROR:
    return SHIM_JSON_BAD_ESCAPE;
  default:
    return SHIM_JSON_INVALID;
  }
}

} // namespace

struct shim_json_parser {
  size_t depth;
  size_t capacity = 0;
  // How many bytes the last document had.
  size_t last = 0;
  std::unique_ptr<simdjson::internal::dom_parser_implementation> stages{};
  simdjson::dom::document document{};

  explicit shim_json_parser(size_t most) noexcept : depth(most)
  {
  }

  // Makes room for a document. Without memory, no document has room.
  simdjson::error_code grow(size_t count) noexcept
  {
    if (count > simdjson::SIMDJSON_MAXSIZE_BYTES)
      return simdjson::CAPACITY;
    size_t wanted = capacity < least_capacity ? least_capacity : capacity;
    while (wanted < count)
      wanted *= 2;
    if (wanted == capacity)
      return simdjson::SUCCESS;
    capacity = 0;
    stages.reset();
    auto error = document.allocate(wanted);
    if (!error)
      error = kernel()->create_dom_parser_implementation(wanted, depth, stages);
    if (!error)
      capacity = wanted;
    return error;
  }
};

extern "C" {

size_t shim_json_padding(void)
{
  return simdjson::SIMDJSON_PADDING;
}

shim_json_parser *shim_json_create(size_t depth)
{
  return new (std::nothrow) shim_json_parser(depth);
}

shim_json_result shim_json_parse(
    shim_json_parser *parser, const uint8_t *bytes, size_t count, const uint64_t **words,
    const uint8_t **strings)
{
  auto error = parser->grow(count);
  if (!error)
    parser->last = count;
  if (!error)
    error = parser->stages->parse(bytes, count, parser->document);
  if (error)
    return result_of(error);
  *words = parser->document.tape.get();
  *strings = parser->document.string_buf.get();
  return SHIM_JSON_OK;
}

void shim_json_wipe(shim_json_parser *parser)
{
  if (!parser || !parser->capacity)
    return;
  // simdjson makes this much room for the strings of a document, and `grow` at least as much.
  size_t room = 5 * parser->last / 3 + simdjson::SIMDJSON_PADDING;
  explicit_bzero(parser->document.string_buf.get(), room);
}

void shim_json_free(shim_json_parser *parser)
{
  delete parser;
}

} // extern "C"
