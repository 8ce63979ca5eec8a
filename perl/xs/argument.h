/* argument.h - Perl values as C arguments, for the typemap. */
#ifndef ENTRASYNC_XS_ARGUMENT_H
#define ENTRASYNC_XS_ARGUMENT_H

#include "error.h"

/* The types that the typemap converts arguments to. */
typedef const char *utf8_text;
typedef const char *file_path;
typedef SV *code_ref;

static utf8_text
text_of(pTHX_ SV *sv, const char *name)
{
  STRLEN length;
  const char *text;
  SvGETMAGIC(sv);
  if (!SvOK(sv)) return NULL;
  text = SvPVutf8(sv, length);
  if (strlen(text) != length) refuse(aTHX_ name, "holds a NUL character");
  return text;
}

/* File names are bytes on this system, so a character above 255 has no meaning in one. */
static file_path
path_of(pTHX_ SV *sv, const char *name)
{
  STRLEN length;
  const char *path;
  SvGETMAGIC(sv);
  if (!SvOK(sv)) return NULL;
  path = SvPV(sv, length);
  sv = newSVpvn_flags(path, length, SvUTF8(sv) | SVs_TEMP);
  if (!sv_utf8_downgrade(sv, TRUE))
    refuse(aTHX_ name, "is a path with wide characters; encode it to bytes, as with Encode");
  path = SvPV(sv, length);
  if (strlen(path) != length) refuse(aTHX_ name, "is a path with a NUL byte");
  return path;
}

/* Returns a copy of a code reference, which the caller owns, or NULL for undef. */
static code_ref
code_of(pTHX_ SV *sv, const char *name)
{
  SvGETMAGIC(sv);
  if (!SvOK(sv)) return NULL;
  if (!SvROK(sv) || SvTYPE(SvRV(sv)) != SVt_PVCV) croak("%s must be a code reference", name);
  return newSVsv(sv);
}

static SV *
new_count(pTHX_ uint64_t count)
{
#if UVSIZE >= 8
  return newSVuv((UV)count);
#else
  return newSVnv((NV)count);
#endif
}

#endif
