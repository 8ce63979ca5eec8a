/* line.h - lines of a list file, which may hold anything. */
#ifndef ENTRASYNC_XS_LINE_H
#define ENTRASYNC_XS_LINE_H

/* Unicode's UTF-8, without surrogates, where perl tells it from its own (since 5.26). */
#ifdef is_c9strict_utf8_string_loc
#define is_text is_c9strict_utf8_string_loc
#else
#define is_text is_utf8_string_loc
#endif

/* A line as text. A byte that is no part of any UTF-8 becomes four characters, such as `\xE4`. */
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

#endif
