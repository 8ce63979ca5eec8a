/* call.h - one call of the library, during which it may call Perl code back. */
#ifndef ENTRASYNC_XS_CALL_H
#define ENTRASYNC_XS_CALL_H

#include "argument.h"
#include "error.h"
#include "handle.h"

typedef entrasync_status (*list_function)(
  entrasync_list *, entrasync_report **, entrasync_error **);

/* A client of a list, a lookup or a check; NULL once perl has begun to free everything. */
static Client *
client_number(pTHX_ AV *clients, SSize_t index)
{
  SV **object = av_fetch(clients, index, 0);
  MAGIC *mg;

  if (!object || !SvROK(*object)) return NULL;
  mg = mg_findext(SvRV(*object), PERL_MAGIC_ext, &client_magic);
  return mg ? (Client *)mg->mg_ptr : NULL;
}

/* Marks clients as working. With NULL it marks them as idle. */
static void
set_call(pTHX_ AV *clients, Call *call)
{
  SSize_t index;
  for (index = 0; index <= av_len(clients); index++) {
    Client *client = client_number(aTHX_ clients, index);
    if (client) client->call = call;
  }
}

/* Croaks if one of the clients is working, since a callback must not use such a client. */
static void
check_idle(pTHX_ AV *clients, const char *class_name)
{
  SSize_t index;
  for (index = 0; index <= av_len(clients); index++) {
    Client *client = client_number(aTHX_ clients, index);
    if (!client) croak("this %s is no more than a remnant", class_name);
    if (client->call) croak("a client of this %s is in use; a callback cannot use it", class_name);
  }
}

/*
 * Begins a call of the library, which end_call() ends. What the library's callbacks are given is on
 * the heap, so that nothing of it lies in a frame.
 */
static Call *
begin_call(pTHX_ Work *work, SV *body, const char *class_name)
{
  Call *call;
  HeldSignals state = {0}, *signals = &state;

  check_idle(aTHX_ work->clients, class_name);
  hold_signals(aTHX_ signals);
  Newxz(call, 1, Call);
  call->signals = state;
  /* A callback may drop the caller's reference to the object; exit() drops all of them. */
  call->body = SvREFCNT_inc_simple_NN(body);
  work->call = call;
  set_call(aTHX_ work->clients, call);
  return call;
}

/*
 * Ends a call and does what a callback requested. The library has returned, so none of its frames
 * is skipped. Returns the report, as a mortal object, or undef if there is none. If `throws` is
 * set, an error is thrown; otherwise it is dropped.
 */
static SV *
end_call(pTHX_ Work *work, entrasync_report *report, entrasync_error *error, bool throws)
{
  Call call = *work->call;
  bool is_over = call.exits || call.died;
  SV *result = &PL_sv_undef, *thrown = NULL;

  set_call(aTHX_ work->clients, NULL);
  Safefree(work->call);
  work->call = NULL;
  sv_2mortal(call.body);
  if (call.died) thrown = sv_2mortal(call.died);
  if (error && throws && !thrown) thrown = error_object(aTHX_ error);
  entrasync_error_free(error);
  if (is_over) {
    entrasync_report_free(report);
  } else if (report) {
    HV *stash = gv_stashpvs("EntraSync::Report", GV_ADD);
    result = sv_2mortal(new_object(aTHX_ stash, &report_magic, report, NULL));
  }
  /* From here on a signal's handler may die: nothing is left to do but what perl does itself. */
  release_signals(&call.signals);
  if (call.exits) my_exit(STATUS_CURRENT);
  if (thrown) croak_sv(thrown);
  return SvREFCNT_inc_simple_NN(result);
}

/* Fetches, previews, writes or clears a list. */
static SV *
run_list(pTHX_ SV *self, list_function function)
{
  Work *work = (Work *)handle_of(aTHX_ self, &list_magic, "EntraSync::List");
  entrasync_report *report;
  entrasync_error *error;

  (void)begin_call(aTHX_ work, SvRV(self), "EntraSync::List");
  (void)function((entrasync_list *)work->handle, &report, &error);
  return end_call(aTHX_ work, report, error, TRUE);
}

/* The addresses as C takes them. Each is copied, since reading the next one may run Perl code. */
static const char **
texts_of(pTHX_ AV *addresses, size_t count)
{
  const char **texts = (const char **)SvPVX(sv_2mortal(newSV((count + 1) * sizeof *texts)));
  size_t index;

  for (index = 0; index < count; index++) {
    SV **address = av_fetch(addresses, (SSize_t)index, 0);
    SV *element = address ? *address : &PL_sv_undef, *text = plain(aTHX_ element, "address");
    STRLEN length;
    if (!text) croak("an address is undefined");
    texts[index] = SvPVutf8(text, length);
    /* No address holds a NUL, and the text before a NUL is not what the caller asked for. */
    if (strlen(texts[index]) != length) texts[index] = "";
  }
  return texts;
}

/*
 * Looks addresses up. If an address could not be looked up, its answer says so. An error is thrown
 * only if there are no answers.
 */
static SV *
run_lookup(pTHX_ SV *self, AV *addresses)
{
  SSize_t last = av_len(addresses);
  size_t count = last < 0 ? 0 : (size_t)last + 1;
  const char **texts = texts_of(aTHX_ addresses, count);
  Work *work = (Work *)handle_of(aTHX_ self, &lookup_magic, "EntraSync::Lookup");
  entrasync_lookup *lookup = (entrasync_lookup *)work->handle;
  entrasync_report *report;
  entrasync_error *error;

  (void)begin_call(aTHX_ work, SvRV(self), "EntraSync::Lookup");
  (void)entrasync_lookup_find(lookup, texts, count, &report, &error);
  return end_call(aTHX_ work, report, error, entrasync_lookup_get_answer_count(lookup) == 0);
}

/* Runs a check. If a step fails, its error is thrown; the steps up to it can be read. */
static SV *
run_check(pTHX_ SV *self)
{
  Work *work = (Work *)handle_of(aTHX_ self, &check_magic, "EntraSync::Check");
  entrasync_report *report;
  entrasync_error *error;

  (void)begin_call(aTHX_ work, SvRV(self), "EntraSync::Check");
  (void)entrasync_check_run((entrasync_check *)work->handle, &report, &error);
  return end_call(aTHX_ work, report, error, TRUE);
}

#endif
