/*
 * EntraSync.xs - entrasync.h for Perl. It converts and nothing else: named arguments and defaults
 * are in lib/EntraSync/.
 *
 * Nothing may jump over the library's frames. What Perl code does when the library calls back (die,
 * exit) is kept in a Run (xs/handle.h) and done once the library has returned.
 */
#define PERL_NO_GET_CONTEXT
#include "EXTERN.h"
#include "perl.h"
#include "XSUB.h"

#include "entrasync.h"

/* Each needs the ones before it. */
#include "xs/handle.h"
#include "xs/error.h"
#include "xs/argument.h"
#include "xs/line.h"
#include "xs/callback.h"
#include "xs/run.h"

MODULE = EntraSync    PACKAGE = EntraSync

PROTOTYPES: DISABLE

BOOT:
  /* Any patch of the minor version that this was built for will do. */
  if (entrasync_version_number() / 100 != ENTRASYNC_VERSION_NUMBER / 100)
    croak(
      "EntraSync was built for libentrasync %s but finds %s; build and install it again",
      ENTRASYNC_VERSION, entrasync_version());

const char *
library_version()
  CODE:
    RETVAL = entrasync_version();
  OUTPUT:
    RETVAL

void
_handle_signals()
  CODE:
    PERL_ASYNC_CHECK();

MODULE = EntraSync    PACKAGE = EntraSync::Client

SV *
_open(SV *class_name, file_path configuration)
  PREINIT:
    Client *client;
    entrasync_client *handle;
    entrasync_error *error;
  CODE:
    if (entrasync_client_open(configuration, &handle, &error) != ENTRASYNC_OK)
      throw_error(aTHX_ error);
    Newxz(client, 1, Client);
    client->handle = handle;
    /* Always, since Perl's signals are handled there. */
    entrasync_client_set_progress(handle, on_progress, client);
    RETVAL = new_object(aTHX_ class_name, &client_magic, client, NULL);
  OUTPUT:
    RETVAL

# Methods that return their object leave it where perl put it.

void
on_progress(Client *client, code_ref progress)
  CODE:
    SvREFCNT_dec(client->progress);
    client->progress = progress;
    XSRETURN(1);

void
on_log(Client *client, code_ref log)
  CODE:
    SvREFCNT_dec(client->log);
    client->log = log;
    entrasync_client_set_log(client->handle, log ? on_log : NULL, client);
    XSRETURN(1);

void
cancel(Client *client)
  CODE:
    if (client->run) client->run->is_cancelled = TRUE;

void
warnings(Client *client)
  ALIAS:
    attributes = 1
  PREINIT:
    size_t index, count, length;
    const char *text;
  PPCODE:
    count = ix ? entrasync_client_get_attribute_count(client->handle)
               : entrasync_client_get_warning_count(client->handle);
    if (GIMME_V != G_ARRAY) XSRETURN_UV(count);
    EXTEND(SP, (SSize_t)count);
    for (index = 0; index < count; index++) {
      text = ix ? entrasync_client_get_attribute(client->handle, index, &length)
                : entrasync_client_get_warning(client->handle, index, &length);
      PUSHs(sv_2mortal(new_text(aTHX_ text, length)));
    }

MODULE = EntraSync    PACKAGE = EntraSync::List

SV *
_new(SV *class_name, file_path file, utf8_text template)
  PREINIT:
    List *list;
    entrasync_list *handle;
    entrasync_error *error;
  CODE:
    if (entrasync_list_create(file, template, &handle, &error) != ENTRASYNC_OK)
      throw_error(aTHX_ error);
    Newxz(list, 1, List);
    list->handle = handle;
    RETVAL = new_object(aTHX_ class_name, &list_magic, list, sv_2mortal((SV *)newAV()));
  OUTPUT:
    RETVAL

void
add(List *list, Client *client)
  PREINIT:
    entrasync_error *error;
  CODE:
    if (entrasync_list_add_client(list->handle, client->handle, &error) != ENTRASYNC_OK)
      throw_error(aTHX_ error);
    av_push(
      (AV *)magic_of(aTHX_ ST(0), &list_magic, "EntraSync::List")->mg_obj,
      newRV_inc(SvRV(ST(1))));
    XSRETURN(1);

void
accept_change(List *list, bool accept = TRUE)
  CODE:
    entrasync_list_set_accept_change(list->handle, accept);
    XSRETURN(1);

SV *
fetch(SV *list)
  ALIAS:
    write = 1
    clear = 2
    preview = 3
  PREINIT:
    static const list_call calls[] = {
      entrasync_list_fetch, entrasync_list_write, entrasync_list_clear, entrasync_list_preview};
  CODE:
    RETVAL = run_list(aTHX_ list, calls[ix]);
  OUTPUT:
    RETVAL

void
lines(List *list)
  PREINIT:
    size_t index, count, length;
    const char *text;
  PPCODE:
    count = entrasync_list_get_line_count(list->handle);
    if (GIMME_V != G_ARRAY) XSRETURN_UV(count);
    EXTEND(SP, (SSize_t)count);
    for (index = 0; index < count; index++) {
      text = entrasync_list_get_line(list->handle, index, &length);
      PUSHs(sv_2mortal(new_text(aTHX_ text, length)));
    }

MODULE = EntraSync    PACKAGE = EntraSync::Report

SV *
fetched(entrasync_report *report)
  ALIAS:
    fetched = ENTRASYNC_COUNT_FETCHED
    written = ENTRASYNC_COUNT_WRITTEN
    added = ENTRASYNC_COUNT_ADDED
    removed = ENTRASYNC_COUNT_REMOVED
    skipped = ENTRASYNC_COUNT_SKIPPED
    others = ENTRASYNC_COUNT_OTHERS
    excluded = ENTRASYNC_COUNT_EXCLUDED
    nested_groups = ENTRASYNC_COUNT_NESTED_GROUPS
    requests = ENTRASYNC_COUNT_REQUESTS
    bytes = ENTRASYNC_COUNT_BYTES
  CODE:
    RETVAL = new_count(aTHX_ entrasync_report_get_count(report, (entrasync_count)ix));
  OUTPUT:
    RETVAL

NV
seconds(entrasync_report *report)
  CODE:
    RETVAL = entrasync_report_get_seconds(report);
  OUTPUT:
    RETVAL

bool
changed(entrasync_report *report)
  CODE:
    RETVAL = entrasync_report_get_changed(report);
  OUTPUT:
    RETVAL

SV *
guard(entrasync_report *report)
  PREINIT:
    size_t length;
    const char *text;
  CODE:
    text = entrasync_report_get_guard(report, &length);
    RETVAL = length > 0 ? new_text(aTHX_ text, length) : &PL_sv_undef;
  OUTPUT:
    RETVAL

void
added_lines(entrasync_report *report)
  ALIAS:
    removed_lines = 1
  PREINIT:
    size_t index, count, length;
    const char *text;
  PPCODE:
    count = (size_t)entrasync_report_get_count(
      report, ix ? ENTRASYNC_COUNT_REMOVED : ENTRASYNC_COUNT_ADDED);
    if (GIMME_V != G_ARRAY) XSRETURN_UV(count);
    EXTEND(SP, (SSize_t)count);
    for (index = 0; index < count; index++) {
      text = ix ? entrasync_report_get_removed_line(report, index, &length)
                : entrasync_report_get_added_line(report, index, &length);
      PUSHs(sv_2mortal(new_line(aTHX_ text, length)));
    }

void
_skip(entrasync_report *report, UV index)
  PREINIT:
    size_t length;
    const char *text;
  PPCODE:
    EXTEND(SP, 2);
    text = entrasync_report_get_skip_name(report, index, &length);
    PUSHs(sv_2mortal(new_text(aTHX_ text, length)));
    text = entrasync_report_get_skip_reason(report, index, &length);
    PUSHs(sv_2mortal(new_text(aTHX_ text, length)));
