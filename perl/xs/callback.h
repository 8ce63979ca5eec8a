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

static bool
is_over(const Pending *pending)
{
  return pending->died || pending->exits || pending->is_cancelled;
}

/*
 * Calls Perl code with up to two arguments, and keeps in `pending` what the code throws. It takes
 * over the references to the arguments.
 */
static void
call_back(pTHX_ Pending *pending, SV *code, SV *first, SV *second)
{
  int jump;
  dJMPENV;

  JMPENV_PUSH(jump);
  if (jump == 0) {
    dSP;
    /* On a stack of its own, `last` and the like cannot find a loop outside the callback. */
    PUSHSTACKi(PERLSI_MAGIC);
    ENTER;
    SAVETMPS;
    save_scalar(PL_errgv);
    PUSHMARK(SP);
    EXTEND(SP, 2);
    if (first) PUSHs(sv_2mortal(first));
    if (second) PUSHs(sv_2mortal(second));
    PUTBACK;
    call_sv(code, G_VOID | G_EVAL | G_DISCARD);
    if (SvROK(ERRSV) || SvTRUE(ERRSV)) pending->died = newSVsv(ERRSV);
    FREETMPS;
    LEAVE;
    POPSTACK;
  } else {
    /* exit(): perl has unwound its own stacks and kept the status. call.h exits with it later. */
    pending->exits = TRUE;
  }
  JMPENV_POP;
}

static int
on_progress(const entrasync_progress *progress, void *user_data)
{
  dTHX;
  Client *client = (Client *)user_data;
  Pending *pending = client->pending;

  if (PL_sig_pending && !is_over(pending))
    call_back(aTHX_ pending, (SV *)get_cvs("EntraSync::_handle_signals", 0), NULL, NULL);
  if (client->progress && !is_over(pending)) {
    HV *fields = newHV();
    (void)hv_stores(fields, "pages", new_count(aTHX_ progress->pages));
    (void)hv_stores(fields, "people", new_count(aTHX_ progress->people));
    (void)hv_stores(fields, "bytes", new_count(aTHX_ progress->bytes));
    (void)hv_stores(fields, "seconds", newSVnv(progress->seconds));
    (void)hv_stores(fields, "waiting", newSVnv(progress->waiting));
    call_back(aTHX_ pending, client->progress, newRV_noinc((SV *)fields), NULL);
  }
  return is_over(pending);
}

static void
on_log(entrasync_log_level level, const char *message, void *user_data)
{
  dTHX;
  Client *client = (Client *)user_data;

  if (client->log && !is_over(client->pending))
    call_back(
      aTHX_ client->pending, client->log,
      newSVpv(level == ENTRASYNC_LOG_WARNING ? "warning" : "info", 0),
      new_text(aTHX_ message, strlen(message)));
}

#endif
