/* text.h - the library's texts as Perl values. */
#ifndef ENTRASYNC_XS_TEXT_H
#define ENTRASYNC_XS_TEXT_H

static SV *
new_text(pTHX_ const char *text, size_t length)
{
  return newSVpvn_flags(text, length, SVf_UTF8);
}

/* Whether bytes are UTF-8 as Unicode defines it, without surrogates. A perl before 5.26 can only
   check its own extended UTF-8. */
#ifdef is_c9strict_utf8_string_loc
#define is_text is_c9strict_utf8_string_loc
#else
#define is_text is_utf8_string_loc
#endif

/*
 * A line of a list file, which may hold any bytes. A byte that is not part of valid UTF-8 becomes
 * four characters, such as `\xE4`.
 */
static SV *
new_line(pTHX_ const char *line, size_t length)
{
  const U8 *next = (const U8 *)line;
  const U8 *end = next + length;
  const U8 *bad;
  SV *text = newSVpvs("");

  while (next < end && !is_text(next, end - next, &bad)) {
    sv_catpvn(text, (const char *)next, bad - next);
    sv_catpvf(text, "\\x%02X", *bad);
    next = bad + 1;
  }
  sv_catpvn(text, (const char *)next, end - next);
  SvUTF8_on(text);
  return text;
}

/*
 * For PPCODE: returns `count` texts, or in scalar context their number. Each text comes from
 * `get(arguments..., index, &length)`, and `make` (new_text or new_line) makes it a Perl value.
 */
#define PUSH_TEXTS(make, count, get, ...) \
  STMT_START \
  { \
    size_t push_count = (count), push_index, push_length; \
    if (GIMME_V != G_ARRAY) XSRETURN_UV(push_count); \
    EXTEND(SP, (SSize_t)push_count); \
    for (push_index = 0; push_index < push_count; push_index++) { \
      const char *push_text = (get)(__VA_ARGS__, push_index, &push_length); \
      PUSHs(sv_2mortal(make(aTHX_ push_text, push_length))); \
    } \
  } \
  STMT_END

#endif
