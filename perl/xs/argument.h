/* argument.h - Perl values as C arguments, for the typemap. */
#ifndef ENTRASYNC_XS_ARGUMENT_H
#define ENTRASYNC_XS_ARGUMENT_H

#include "error.h"

/* The types that the typemap converts arguments to. */
typedef const char *utf8_text;
typedef const char *file_path;
typedef const char *written_path;
typedef SV *code_ref;

#ifndef TAINTING_get
#define TAINTING_get (PL_tainting)
#define TAINT_get (PL_tainted)
#define TAINT_set(is_tainted) (PL_tainted = (is_tainted))
#define TAINT_WARN_get (PL_taint_warn)
#endif

/* A copy of an argument as plain text, which reads a tied one once and leaves the argument as it
   is; NULL for undef. What is written as `\$text` by mistake is not text. */
static SV *
plain(pTHX_ SV *sv, const char *name)
{
  sv = sv_mortalcopy(sv);
  if (!SvOK(sv)) return NULL;
  if (SvROK(sv) && !SvAMAGIC(sv)) refuse(aTHX_ name, "is a reference where text belongs");
  return sv;
}

static utf8_text
text_of(pTHX_ SV *sv, const char *name)
{
  STRLEN length;
  const char *text;
  sv = plain(aTHX_ sv, name);
  if (!sv) return NULL;
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
  sv = plain(aTHX_ sv, name);
  if (!sv) return NULL;
  path = SvPV(sv, length);
  sv = newSVpvn_flags(path, length, SvUTF8(sv) | SVs_TEMP);
  if (!sv_utf8_downgrade(sv, TRUE))
    refuse(aTHX_ name, "is a path with wide characters; encode it to bytes, as with Encode");
  path = SvPV(sv, length);
  if (strlen(path) != length) refuse(aTHX_ name, "is a path with a NUL byte");
  return path;
}

/* The path of a file that is written, which must not be tainted under -T. */
static written_path
written_path_of(pTHX_ SV *sv, const char *name)
{
  bool was_tainted = TAINT_get, is_tainted;
  file_path path;
  /* perl notes here whether anything was tainted that it has read: an object's text may be. */
  TAINT_set(FALSE);
  path = path_of(aTHX_ sv, name);
  is_tainted = TAINTING_get && (TAINT_get || SvTAINTED(sv));
  TAINT_set(was_tainted);
  if (is_tainted && TAINT_WARN_get)
    warn("the %s is tainted, and will be written", name);
  else if (is_tainted)
    refuse(aTHX_ name, "is tainted, and under -T no such path is written: see perlsec");
  return path;
}

/* Returns a copy of a code reference, which the caller owns, or NULL for undef. */
static code_ref
code_of(pTHX_ SV *sv, const char *name)
{
  sv = sv_mortalcopy(sv);
  if (!SvOK(sv)) return NULL;
  if (!SvROK(sv) || SvTYPE(SvRV(sv)) != SVt_PVCV) croak("%s must be a code reference", name);
  return SvREFCNT_inc_simple_NN(sv);
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
