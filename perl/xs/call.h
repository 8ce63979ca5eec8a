/* call.h - one call of the library, during which it may call Perl code back. */
#ifndef ENTRASYNC_XS_CALL_H
#define ENTRASYNC_XS_CALL_H

#include "error.h"
#include "handle.h"

typedef entrasync_status (*list_function)(
  entrasync_list *, entrasync_report **, entrasync_error **);

/* Marks clients as working. With NULL it marks them as idle. */
static void
set_pending(pTHX_ AV *clients, Pending *pending)
{
  SSize_t index;
  for (index = 0; index <= av_len(clients); index++) {
    SV *client = SvRV(*av_fetch(clients, index, 0));
    ((Client *)mg_findext(client, PERL_MAGIC_ext, &client_magic)->mg_ptr)->pending = pending;
  }
}

/* Croaks if one of the clients is working, since a callback must not use such a client. */
static void
check_idle(pTHX_ AV *clients, const char *class_name)
{
  SSize_t index;
  for (index = 0; index <= av_len(clients); index++) {
    SV *object = *av_fetch(clients, index, 0);
    Client *client = (Client *)handle_of(aTHX_ object, &client_magic, "EntraSync::Client");
    if (client->pending)
      croak("a client of this %s is in use; a callback cannot use it", class_name);
  }
}

static SV *
new_report(pTHX_ entrasync_report *report)
{
  return new_object(
    aTHX_ newSVpvs_flags("EntraSync::Report", SVs_TEMP), &report_magic, report, NULL);
}

/* One call of the library, made between begin_call() and end_call(). */
typedef struct {
  Work *work;
  SV *body;
  AV *clients;
  Pending pending;
} Call;

static void
begin_call(pTHX_ Call *call, SV *self, const MGVTBL *magic, const char *class_name)
{
  Zero(call, 1, Call);
  call->work = (Work *)handle_of(aTHX_ self, magic, class_name);
  call->body = SvRV(self);
  call->clients = (AV *)magic_of(aTHX_ self, magic, class_name)->mg_obj;
  check_idle(aTHX_ call->clients, class_name);
  /* A callback may drop the caller's reference to the object; exit() drops all of them. */
  SvREFCNT_inc_simple_void_NN(call->body);
  call->work->pending = &call->pending;
  set_pending(aTHX_ call->clients, &call->pending);
}

/* Does what a callback requested. The library has returned, so none of its frames is skipped. */
static void
end_call(pTHX_ Call *call, entrasync_report *report, entrasync_error *error)
{
  set_pending(aTHX_ call->clients, NULL);
  call->work->pending = NULL;
  SvREFCNT_dec(call->body);
  if (!call->pending.exits && !call->pending.died) return;
  entrasync_report_free(report);
  entrasync_error_free(error);
  if (call->pending.exits) my_exit(STATUS_CURRENT);
  croak_sv(sv_2mortal(call->pending.died));
}

/* Fetches, previews, writes or clears a list. */
static SV *
run_list(pTHX_ SV *self, list_function function)
{
  Call state, *call = &state;
  entrasync_report *report;
  entrasync_error *error;

  begin_call(aTHX_ call, self, &list_magic, "EntraSync::List");
  (void)function(call->work->handle, &report, &error);
  end_call(aTHX_ call, report, error);
  if (error) throw_error(aTHX_ error);
  return new_report(aTHX_ report);
}

/*
 * Looks addresses up. If an address could not be looked up, its answer says so. An error is thrown
 * only if there are no answers.
 */
static SV *
run_lookup(pTHX_ SV *self, AV *addresses)
{
  size_t count = (size_t)(av_len(addresses) + 1), index;
  Call state, *call = &state;
  entrasync_report *report;
  entrasync_error *error;
  const char **texts;
  bool has_answers;

  /* Reading an argument may run Perl code (tie, overloading), so it is done before the call. */
  texts = (const char **)SvPVX(sv_2mortal(newSV((count + 1) * sizeof *texts)));
  for (index = 0; index < count; index++) {
    SV *address = *av_fetch(addresses, (SSize_t)index, 0);
    STRLEN length;
    texts[index] = SvPVutf8(address, length);
    /* No address holds a NUL, and the text before a NUL is not what the caller asked for. */
    if (strlen(texts[index]) != length) texts[index] = "";
  }
  begin_call(aTHX_ call, self, &lookup_magic, "EntraSync::Lookup");
  (void)entrasync_lookup_find(call->work->handle, texts, count, &report, &error);
  has_answers = entrasync_lookup_get_answer_count(call->work->handle) > 0;
  end_call(aTHX_ call, report, error);
  if (error && !has_answers) throw_error(aTHX_ error);
  entrasync_error_free(error);
  return report ? new_report(aTHX_ report) : newSV(0);
}

/* Runs a check. If a step fails, its error is thrown; the steps up to it can be read. */
static SV *
run_check(pTHX_ SV *self)
{
  Call state, *call = &state;
  entrasync_report *report;
  entrasync_error *error;

  begin_call(aTHX_ call, self, &check_magic, "EntraSync::Check");
  (void)entrasync_check_run(call->work->handle, &report, &error);
  end_call(aTHX_ call, report, error);
  if (error) throw_error(aTHX_ error);
  return new_report(aTHX_ report);
}

#endif
