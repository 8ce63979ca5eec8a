/*
 * EntraSync.xs - entrasync.h for Perl. This file only converts values. Named arguments and defaults
 * are in lib/EntraSync/.
 *
 * No longjmp may skip a stack frame of the library. If a callback in Perl dies or exits, a Call
 * (xs/handle.h) notes that, and the XS code dies or exits after the library has returned. Handlers
 * of signals that could die in between are held back (xs/signals.h).
 */
#define PERL_NO_GET_CONTEXT
#include "EXTERN.h"
#include "perl.h"
#include "XSUB.h"

#include "entrasync.h"

#include "xs/argument.h"
#include "xs/call.h"
#include "xs/callback.h"
#include "xs/error.h"
#include "xs/handle.h"
#include "xs/history.h"
#include "xs/troubles.h"
#include "xs/signals.h"
#include "xs/text.h"

/* See EntraSync.pm. */
enum { INTERFACE = 1 };

MODULE = EntraSync    PACKAGE = EntraSync

PROTOTYPES: DISABLE

VERSIONCHECK: DISABLE

BOOT:
  if (SvIV(get_sv("EntraSync::INTERFACE", GV_ADD)) != INTERFACE)
    croak("EntraSync.pm and its XS module are of different versions; install entrasync again, or "
          "wait for the end of an upgrade");
  /* Within ABI 1 a later library has all that this was built for, and an earlier one may not. */
  if (entrasync_version_number() < ENTRASYNC_VERSION_NUMBER - ENTRASYNC_VERSION_NUMBER % 100
      || entrasync_version_number() / 10000 != ENTRASYNC_VERSION_NUMBER / 10000)
    croak(
      "EntraSync was built for libentrasync %s but finds %s; install the library and the Perl "
      "modules of one version",
      ENTRASYNC_VERSION, entrasync_version());

const char *
library_version()
  CODE:
    RETVAL = entrasync_version();
  OUTPUT:
    RETVAL

const char *
_collection_attributes()
  CODE:
    RETVAL = ENTRASYNC_COLLECTION_ATTRIBUTES;
  OUTPUT:
    RETVAL

# Device, inode, size and times of a file, as text; empty if there is no such file. The times are
# whole, as those of Time::HiRes, which takes longer to load.

SV *
_file_state(SV *path)
  PREINIT:
    const char *bytes;
    STRLEN length;
    struct stat state;
  CODE:
    bytes = SvPV_const(path, length);
    if (length == strlen(bytes) && stat(bytes, &state) == 0)
      RETVAL = newSVpvf(
        "%" UVuf " %" UVuf " %" IVdf " %" IVdf ".%09ld %" IVdf ".%09ld", (UV)state.st_dev,
        (UV)state.st_ino, (IV)state.st_size, (IV)state.st_mtim.tv_sec, state.st_mtim.tv_nsec,
        (IV)state.st_ctim.tv_sec, state.st_ctim.tv_nsec);
    else
      RETVAL = newSVpvs("");
  OUTPUT:
    RETVAL

# What overload.pm would do for EntraSync::Error.

MODULE = EntraSync    PACKAGE = EntraSync::Error

FALLBACK: TRUE

SV *
_text(SV *error, ...)
  PREINIT:
    SV **message = NULL;
  OVERLOAD: \"\"
  CODE:
    if (SvROK(error) && SvTYPE(SvRV(error)) == SVt_PVHV)
      message = hv_fetchs((HV *)SvRV(error), "message", 0);
    RETVAL = message ? newSVsv(*message) : newSVpvs("");
  OUTPUT:
    RETVAL

bool
_is_true(SV *error, ...)
  OVERLOAD: bool
  CODE:
    PERL_UNUSED_VAR(error);
    RETVAL = 1;
  OUTPUT:
    RETVAL

MODULE = EntraSync    PACKAGE = EntraSync::Client

SV *
_open(class_stash stash, file_path configuration)
  PREINIT:
    Client *client;
    entrasync_client *handle;
    entrasync_error *error;
  CODE:
    hold_signals_here(aTHX);
    if (entrasync_client_open(configuration, &handle, &error) != ENTRASYNC_OK)
      throw_error(aTHX_ error);
    Newxz(client, 1, Client);
    client->handle = handle;
    /* on_progress is always set, since it also handles Perl's signals. */
    entrasync_client_set_progress(handle, on_progress, client);
    RETVAL = new_object(aTHX_ stash, &client_magic, client, NULL);
    client->body = SvRV(RETVAL);
  OUTPUT:
    RETVAL

# A method that returns its object leaves the object on the stack, where perl put it. The old code
# is freed when the statement ends: that may run a destructor, which may use the client.

void
on_progress(Client *client, code_ref progress)
  CODE:
    sv_2mortal(client->progress);
    client->progress = progress;
    XSRETURN(1);

void
on_log(Client *client, code_ref log)
  CODE:
    hold_all_signals_here(aTHX);
    sv_2mortal(client->log);
    client->log = log;
    entrasync_client_set_log(client->handle, log ? on_log : NULL, client);
    XSRETURN(1);

void
_log_level(Client *client, bool is_info)
  CODE:
    hold_all_signals_here(aTHX);
    entrasync_client_set_log_level(
      client->handle, is_info ? ENTRASYNC_LOG_INFO : ENTRASYNC_LOG_WARNING);

void
follow(Client *client, SV *earlier = &PL_sv_undef)
  PREINIT:
    entrasync_client *other = NULL;
  CODE:
    if (SvOK(earlier))
      other = ((Client *)handle_of(aTHX_ earlier, &client_magic, "EntraSync::Client"))->handle;
    hold_all_signals_here(aTHX);
    entrasync_client_follow(client->handle, other);
    XSRETURN(1);

void
cancel(Client *client)
  CODE:
    if (client->call) client->call->is_cancelled = TRUE;

void
warnings(Client *client)
  PPCODE:
    hold_all_signals_here(aTHX);
    PUSH_TEXTS(
      new_text, entrasync_client_get_warning_count(client->handle), entrasync_client_get_warning,
      client->handle);

void
check_credential(Client *client)
  PREINIT:
    entrasync_error *error;
  CODE:
    hold_signals_here(aTHX);
    if (entrasync_client_check_credential(client->handle, &error) != ENTRASYNC_OK)
      throw_error(aTHX_ error);
    XSRETURN(1);

SV *
credential_end(Client *client)
  PREINIT:
    int64_t end;
  CODE:
    hold_signals_here(aTHX);
    end = entrasync_client_get_credential_end(client->handle);
    RETVAL = end ? newSVnv((NV)end) : newSV(0);
  OUTPUT:
    RETVAL

void
attributes(Client *client)
  PPCODE:
    hold_all_signals_here(aTHX);
    PUSH_TEXTS(
      new_text, entrasync_client_get_attribute_count(client->handle),
      entrasync_client_get_attribute, client->handle);

MODULE = EntraSync    PACKAGE = EntraSync::List

SV *
_new(class_stash stash, written_path file, utf8_text template)
  PREINIT:
    entrasync_list *handle;
    entrasync_error *error;
  CODE:
    hold_all_signals_here(aTHX);
    if (entrasync_list_create(file, template, &handle, &error) != ENTRASYNC_OK)
      throw_error(aTHX_ error);
    RETVAL = new_work(aTHX_ stash, &list_magic, handle, (AV *)sv_2mortal((SV *)newAV()));
  OUTPUT:
    RETVAL

void
add(List *list, Client *client)
  PREINIT:
    entrasync_error *error;
  CODE:
    hold_all_signals_here(aTHX);
    if (entrasync_list_add_client(list->handle, client->handle, &error) != ENTRASYNC_OK)
      throw_error(aTHX_ error);
    av_push(list->clients, newRV_inc(client->body));
    XSRETURN(1);

void
accept_change(List *list, bool accept = TRUE)
  ALIAS:
    adopt = 1
  CODE:
    hold_all_signals_here(aTHX);
    if (ix)
      entrasync_list_set_adopt(list->handle, accept);
    else
      entrasync_list_set_accept_change(list->handle, accept);
    XSRETURN(1);

SV *
fetch(SV *list)
  ALIAS:
    write = 1
    clear = 2
    preview = 3
  PREINIT:
    static const list_function functions[] = {
      entrasync_list_fetch, entrasync_list_write, entrasync_list_clear, entrasync_list_preview};
  CODE:
    RETVAL = run_list(aTHX_ list, functions[ix]);
  OUTPUT:
    RETVAL

void
lines(List *list)
  PPCODE:
    hold_all_signals_here(aTHX);
    PUSH_TEXTS(
      new_text, entrasync_list_get_line_count(list->handle), entrasync_list_get_line,
      list->handle);

MODULE = EntraSync    PACKAGE = EntraSync::Lookup

SV *
_new(class_stash stash, utf8_text template)
  PREINIT:
    entrasync_lookup *handle;
    entrasync_error *error;
  CODE:
    hold_all_signals_here(aTHX);
    if (entrasync_lookup_create(template, &handle, &error) != ENTRASYNC_OK)
      throw_error(aTHX_ error);
    RETVAL = new_work(aTHX_ stash, &lookup_magic, handle, (AV *)sv_2mortal((SV *)newAV()));
  OUTPUT:
    RETVAL

void
add(Lookup *lookup, Client *client)
  PREINIT:
    entrasync_error *error;
  CODE:
    hold_all_signals_here(aTHX);
    if (entrasync_lookup_add_client(lookup->handle, client->handle, &error) != ENTRASYNC_OK)
      throw_error(aTHX_ error);
    av_push(lookup->clients, newRV_inc(client->body));
    XSRETURN(1);

void
aliases(Lookup *lookup, bool aliases = TRUE)
  CODE:
    hold_all_signals_here(aTHX);
    entrasync_lookup_set_aliases(lookup->handle, aliases);
    XSRETURN(1);

SV *
_find(SV *lookup, AV *addresses)
  CODE:
    RETVAL = run_lookup(aTHX_ lookup, addresses);
  OUTPUT:
    RETVAL

SV *
_is_member(Lookup *lookup, size_t index)
  CODE:
    hold_all_signals_here(aTHX);
    switch (entrasync_lookup_get_answer(lookup->handle, index)) {
    case ENTRASYNC_ANSWER_MEMBER: RETVAL = &PL_sv_yes; break;
    case ENTRASYNC_ANSWER_NOT_MEMBER:
    case ENTRASYNC_ANSWER_WITHOUT_LINE: RETVAL = &PL_sv_no; break;
    default: RETVAL = &PL_sv_undef;
    }
  OUTPUT:
    RETVAL

SV *
_reason(Lookup *lookup, size_t index)
  PREINIT:
    size_t length;
    const char *text;
  CODE:
    hold_all_signals_here(aTHX);
    text = entrasync_lookup_get_reason(lookup->handle, index, &length);
    RETVAL = length > 0 ? new_text(aTHX_ text, length) : &PL_sv_undef;
  OUTPUT:
    RETVAL

SV *
_error(Lookup *lookup, size_t index)
  PREINIT:
    const entrasync_error *error;
  CODE:
    hold_all_signals_here(aTHX);
    error = entrasync_lookup_get_error(lookup->handle, index);
    RETVAL = error ? SvREFCNT_inc(error_object(aTHX_ error)) : &PL_sv_undef;
  OUTPUT:
    RETVAL

void
_lines(Lookup *lookup, size_t index)
  PPCODE:
    hold_all_signals_here(aTHX);
    PUSH_TEXTS(
      new_text, entrasync_lookup_get_line_count(lookup->handle, index), entrasync_lookup_get_line,
      lookup->handle, index);

void
_attributes(Lookup *lookup, size_t index)
  PREINIT:
    size_t number, value, count, values, length;
    const char *name, *text;
  PPCODE:
    hold_all_signals_here(aTHX);
    count = entrasync_lookup_get_attribute_count(lookup->handle, index);
    EXTEND(SP, (SSize_t)count * 2);
    for (number = 0; number < count; number++) {
      AV *found = newAV();
      name = entrasync_lookup_get_attribute(lookup->handle, index, number, &length);
      PUSHs(sv_2mortal(new_text(aTHX_ name, length)));
      PUSHs(sv_2mortal(newRV_noinc((SV *)found)));
      values = entrasync_lookup_get_value_count(lookup->handle, index, name);
      for (value = 0; value < values; value++) {
        text = entrasync_lookup_get_value(lookup->handle, index, name, value, &length);
        av_push(found, new_text(aTHX_ text, length));
      }
    }

MODULE = EntraSync    PACKAGE = EntraSync::Check

SV *
_new(class_stash stash, Client *client)
  PREINIT:
    entrasync_check *handle;
    entrasync_error *error;
    AV *clients;
  CODE:
    hold_all_signals_here(aTHX);
    if (entrasync_check_create(client->handle, &handle, &error) != ENTRASYNC_OK)
      throw_error(aTHX_ error);
    clients = (AV *)sv_2mortal((SV *)newAV());
    av_push(clients, newRV_inc(client->body));
    RETVAL = new_work(aTHX_ stash, &check_magic, handle, clients);
  OUTPUT:
    RETVAL

SV *
run(SV *check)
  CODE:
    RETVAL = run_check(aTHX_ check);
  OUTPUT:
    RETVAL

void
_steps(Check *check)
  PREINIT:
    static const char *const outcomes[] = {"none", "passed", "doubtful", "failed"};
    size_t index, count, length;
    const char *text;
  PPCODE:
    hold_all_signals_here(aTHX);
    count = entrasync_check_get_step_count(check->handle);
    EXTEND(SP, (SSize_t)count);
    for (index = 0; index < count; index++) {
      AV *step = newAV();
      text = entrasync_check_get_step_name(check->handle, index, &length);
      av_push(step, new_text(aTHX_ text, length));
      av_push(
        step, newSVpv(outcomes[entrasync_check_get_step_outcome(check->handle, index) & 3], 0));
      text = entrasync_check_get_step_text(check->handle, index, &length);
      av_push(step, new_text(aTHX_ text, length));
      PUSHs(sv_2mortal(newRV_noinc((SV *)step)));
    }

void
samples(Check *check)
  PPCODE:
    hold_all_signals_here(aTHX);
    PUSH_TEXTS(
      new_text, entrasync_check_get_sample_count(check->handle), entrasync_check_get_sample,
      check->handle);

SV *
token_end(Check *check)
  PREINIT:
    int64_t end;
  CODE:
    hold_all_signals_here(aTHX);
    end = entrasync_check_get_token_end(check->handle);
    RETVAL = end ? newSVnv((NV)end) : newSV(0);
  OUTPUT:
    RETVAL

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
    contacts = ENTRASYNC_COUNT_CONTACTS
    devices = ENTRASYNC_COUNT_DEVICES
    service_principals = ENTRASYNC_COUNT_SERVICE_PRINCIPALS
    unknown_kinds = ENTRASYNC_COUNT_UNKNOWN_KINDS
    readings = ENTRASYNC_COUNT_READINGS
    disputed = ENTRASYNC_COUNT_DISPUTED
    requests = ENTRASYNC_COUNT_REQUESTS
    bytes = ENTRASYNC_COUNT_BYTES
  CODE:
    hold_all_signals_here(aTHX);
    RETVAL = new_count(aTHX_ entrasync_report_get_count(report, (entrasync_count)ix));
  OUTPUT:
    RETVAL

NV
seconds(entrasync_report *report)
  CODE:
    hold_all_signals_here(aTHX);
    RETVAL = entrasync_report_get_seconds(report);
  OUTPUT:
    RETVAL

bool
changed(entrasync_report *report)
  CODE:
    hold_all_signals_here(aTHX);
    RETVAL = entrasync_report_get_changed(report);
  OUTPUT:
    RETVAL

SV *
guard(entrasync_report *report)
  PREINIT:
    size_t length;
    const char *text;
  CODE:
    hold_all_signals_here(aTHX);
    text = entrasync_report_get_guard(report, &length);
    RETVAL = length > 0 ? new_text(aTHX_ text, length) : &PL_sv_undef;
  OUTPUT:
    RETVAL

void
added_lines(entrasync_report *report)
  PPCODE:
    hold_all_signals_here(aTHX);
    PUSH_TEXTS(
      new_line, (size_t)entrasync_report_get_count(report, ENTRASYNC_COUNT_ADDED),
      entrasync_report_get_added_line, report);

void
removed_lines(entrasync_report *report)
  PPCODE:
    hold_all_signals_here(aTHX);
    PUSH_TEXTS(
      new_line, (size_t)entrasync_report_get_count(report, ENTRASYNC_COUNT_REMOVED),
      entrasync_report_get_removed_line, report);

void
warnings(entrasync_report *report)
  PPCODE:
    hold_all_signals_here(aTHX);
    PUSH_TEXTS(
      new_text, entrasync_report_get_warning_count(report), entrasync_report_get_warning, report);

void
_skip(entrasync_report *report, UV index)
  PREINIT:
    size_t length;
    const char *text;
  PPCODE:
    hold_all_signals_here(aTHX);
    EXTEND(SP, 4);
    text = entrasync_report_get_skip_name(report, index, &length);
    PUSHs(sv_2mortal(new_text(aTHX_ text, length)));
    text = entrasync_report_get_skip_reason(report, index, &length);
    PUSHs(sv_2mortal(new_text(aTHX_ text, length)));
    text = entrasync_report_get_skip_display_name(report, index, &length);
    PUSHs(length > 0 ? sv_2mortal(new_text(aTHX_ text, length)) : &PL_sv_undef);
    text = entrasync_report_get_skip_sign_in_name(report, index, &length);
    PUSHs(length > 0 ? sv_2mortal(new_text(aTHX_ text, length)) : &PL_sv_undef);

MODULE = EntraSync    PACKAGE = EntraSync::History

void
_read(file_path folder, file_path list, IV since, UV most)
  PREINIT:
    entrasync_history *history;
    entrasync_error *error;
  PPCODE:
    hold_all_signals_here(aTHX);
    if (entrasync_history_read(folder, list, since, most, &history, &error) != ENTRASYNC_OK)
      throw_error(aTHX_ error);
    PUSH_RUNS(history);

void
_read_of(List *list, IV since, UV most)
  PREINIT:
    entrasync_history *history;
    entrasync_error *error;
  PPCODE:
    hold_all_signals_here(aTHX);
    if (entrasync_list_read_history(list->handle, since, most, &history, &error) != ENTRASYNC_OK)
      throw_error(aTHX_ error);
    PUSH_RUNS(history);

void
_note(SV *list, file_path subject, utf8_text failure, AV *warnings)
  PREINIT:
    entrasync_list *noting = NULL;
    entrasync_troubles *troubles;
    entrasync_error *error;
    const char **texts;
    size_t index, count;
  PPCODE:
    count = (size_t)(av_len(warnings) + 1);
    texts = texts_of(aTHX_ warnings, count);
    if (SvOK(list)) noting = ((List *)handle_of(aTHX_ list, &list_magic, "EntraSync::List"))->handle;
    hold_all_signals_here(aTHX);
    if (entrasync_troubles_note(noting, subject, failure, texts, count, &troubles, &error)
      != ENTRASYNC_OK)
      throw_error(aTHX_ error);
    count = entrasync_troubles_get_count(troubles);
    EXTEND(SP, (SSize_t)count);
    for (index = 0; index < count; index++)
      PUSHs(sv_2mortal(new_trouble(aTHX_ troubles, index)));
    entrasync_troubles_free(troubles);
