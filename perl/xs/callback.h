/*
 * callback.h - Perl code that the library calls back.
 *
 * JMPENV_PUSH and PUSHSTACKi here, and my_exit in call.h, are not part of perl's stable API, so
 * another perl may change them. They were tried with perl 5.36, with threads, as Debian 12 builds
 * it. On another perl t/12-callbacks.t, t/13-signals.t and t/18-surroundings.t show whether they
 * still work.
 */
#ifndef ENTRASYNC_XS_CALLBACK_H
#define ENTRASYNC_XS_CALLBACK_H

#include "argument.h"
#include "handle.h"
#include "text.h"

/* Perl code, and what the library says to it: how far a run has come, or a line of the log. */
typedef struct {
  Call *call;
  SV *code;
  const entrasync_progress *progress;
  const char *level;
  const char *line;
  bool has_returned;
} Callback;

static bool
is_over(const Call *call)
{
  return call->died || call->exits || call->is_cancelled;
}

static void
hold_again(pTHX_ void *data)
{
  HeldSignals *signals = (HeldSignals *)data;
  hold_signals(aTHX_ signals);
}

static SV *
progress_fields(pTHX_ const entrasync_progress *progress)
{
  HV *fields = newHV();
  (void)hv_stores(fields, "pages", new_count(aTHX_ entrasync_progress_get_pages(progress)));
  (void)hv_stores(fields, "people", new_count(aTHX_ entrasync_progress_get_people(progress)));
  (void)hv_stores(fields, "bytes", new_count(aTHX_ entrasync_progress_get_bytes(progress)));
  (void)hv_stores(fields, "seconds", newSVnv(entrasync_progress_get_seconds(progress)));
  (void)hv_stores(fields, "waiting", newSVnv(entrasync_progress_get_waiting(progress)));
  return newRV_noinc((SV *)fields);
}

/*
 * Runs the handlers of the signals that have come, and then the code. This is an XS function, which
 * call_back() calls inside an eval, so that a handler's `die` ends there.
 */
static void
run_code(pTHX_ CV *cv)
{
  dXSARGS;
  Callback *callback = (Callback *)CvXSUBANY(cv).any_ptr;
  HeldSignals *signals = &callback->call->signals;

  PERL_UNUSED_VAR(items);
  ENTER;
  SAVETMPS;
  /* This is done too when the code dies or exits, before perl jumps. */
  SAVEDESTRUCTOR_X(hold_again, signals);
  release_signals(signals);
  PERL_ASYNC_CHECK();
  if (callback->code && !callback->call->is_cancelled) {
    PUSHMARK(SP);
    EXTEND(SP, 2);
    if (callback->progress) PUSHs(sv_2mortal(progress_fields(aTHX_ callback->progress)));
    if (callback->line) {
      PUSHs(sv_2mortal(newSVpv(callback->level, 0)));
      PUSHs(sv_2mortal(new_text(aTHX_ callback->line, strlen(callback->line))));
    }
    PUTBACK;
    call_sv(callback->code, G_VOID | G_DISCARD);
  }
  FREETMPS;
  LEAVE;
  callback->has_returned = TRUE;
  XSRETURN_EMPTY;
}

/* Calls the code, and keeps in its call what the code throws. */
static void
call_back(pTHX_ Callback *callback)
{
  Call *call = callback->call;
  HeldSignals *signals = &call->signals;
  int jump;
  dJMPENV;

  JMPENV_PUSH(jump);
  if (jump == 0) {
    dSP;
    CV *cv;
    /* On a stack of its own, `last` and the like cannot find a loop outside the callback. */
    PUSHSTACKi(PERLSI_MAGIC);
    ENTER;
    SAVETMPS;
    save_scalar(PL_errgv);
    /* The code, or a signal's handler before it, may take the client's reference to it away. */
    if (callback->code) callback->code = sv_mortalcopy(callback->code);
    cv = newXS(NULL, run_code, __FILE__);
    CvXSUBANY(cv).any_ptr = callback;
    PUSHMARK(SP);
    PUTBACK;
    call_sv(sv_2mortal((SV *)cv), G_VOID | G_EVAL | G_DISCARD);
    if (!callback->has_returned) call->died = newSVsv(ERRSV);
    FREETMPS;
    LEAVE;
    POPSTACK;
  } else {
    /* exit(): perl has unwound its own stacks and kept the status. call.h exits with it later. */
    call->exits = TRUE;
    hold_again(aTHX_ signals);
  }
  JMPENV_POP;
}

static int
on_progress(const entrasync_progress *progress, void *user_data)
{
  dTHX;
  Client *client = (Client *)user_data;
  Callback state = {client->call, client->progress, progress, NULL, NULL, FALSE};
  Callback *callback = &state;

  if (is_over(client->call)) return 1;
  if (callback->code || PL_sig_pending || is_signal_waiting(&client->call->signals))
    call_back(aTHX_ callback);
  return is_over(client->call);
}

static void
on_log(entrasync_log_level level, const char *message, void *user_data)
{
  dTHX;
  Client *client = (Client *)user_data;
  Callback state = {client->call, client->log, NULL, NULL, message, FALSE};
  Callback *callback = &state;

  callback->level = level == ENTRASYNC_LOG_WARNING ? "warning" : "info";
  if (callback->code && !is_over(client->call)) call_back(aTHX_ callback);
}

#endif
