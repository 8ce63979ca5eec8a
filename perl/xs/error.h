/* error.h - errors of the library as Perl objects. */
#ifndef ENTRASYNC_XS_ERROR_H
#define ENTRASYNC_XS_ERROR_H

#include "text.h"

static SV *
new_error(pTHX_ entrasync_status status, SV *message, HV *fields)
{
  const char *name = entrasync_status_get_name(status);
  (void)hv_stores(fields, "status", newSViv(status));
  (void)hv_stores(fields, "status_name", newSVpv(name, 0));
  (void)hv_stores(fields, "message", message);
  return sv_2mortal(sv_bless(newRV_noinc((SV *)fields), gv_stashpvs("EntraSync::Error", GV_ADD)));
}

/* An error of the library as a mortal object. The caller still owns `error`. */
static SV *
error_object(pTHX_ const entrasync_error *error)
{
  HV *fields = newHV();
  size_t length;
  const char *text;
  int32_t http_status = entrasync_error_get_http_status(error);
  int32_t aadsts_code = entrasync_error_get_aadsts_code(error);
  int64_t retry_after = entrasync_error_get_retry_after(error);
  SV *message;
  entrasync_status status = entrasync_error_get_status(error);

  if (http_status) (void)hv_stores(fields, "http_status", newSViv(http_status));
  if (aadsts_code) (void)hv_stores(fields, "aadsts_code", newSViv(aadsts_code));
  if (retry_after >= 0) (void)hv_stores(fields, "retry_after", newSVnv((NV)retry_after));
  text = entrasync_error_get_server_code(error, &length);
  if (length) (void)hv_stores(fields, "server_code", new_text(aTHX_ text, length));
  text = entrasync_error_get_request_id(error, &length);
  if (length) (void)hv_stores(fields, "request_id", new_text(aTHX_ text, length));
  text = entrasync_error_get_message(error, &length);
  message = new_text(aTHX_ text, length);
  return new_error(aTHX_ status, message, fields);
}

/* Throws an error of the library and frees it. */
static void
throw_error(pTHX_ entrasync_error *error)
{
  SV *object = error_object(aTHX_ error);
  entrasync_error_free(error);
  croak_sv(object);
}

/* Throws an error about an argument. */
static void
refuse(pTHX_ const char *name, const char *reason)
{
  croak_sv(
    new_error(aTHX_ ENTRASYNC_INVALID_ARGUMENT, newSVpvf("the %s %s", name, reason), newHV()));
}

#endif
