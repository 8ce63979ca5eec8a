/* callback.h - Perl code that the library calls back. */
#ifndef ENTRASYNC_XS_CALLBACK_H
#define ENTRASYNC_XS_CALLBACK_H

static bool
is_over(const Run *run)
{
  return run->died || run->exits || run->is_cancelled;
}

/* Calls Perl code with up to two arguments, which become its own, and keeps what it throws. */
static void
call_back(pTHX_ Run *run, SV *code, SV *first, SV *second)
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
    if (SvROK(ERRSV) || SvTRUE(ERRSV)) run->died = newSVsv(ERRSV);
    FREETMPS;
    LEAVE;
    POPSTACK;
  } else {
    /* exit(): perl has unwound its own stacks, and waits for the jump that ends it. */
    run->exits = TRUE;
  }
  JMPENV_POP;
}

static int
on_progress(const entrasync_progress *progress, void *user_data)
{
  dTHX;
  Client *client = (Client *)user_data;
  Run *run = client->run;

  if (PL_sig_pending && !is_over(run))
    call_back(aTHX_ run, (SV *)get_cvs("EntraSync::_handle_signals", 0), NULL, NULL);
  if (client->progress && !is_over(run)) {
    HV *fields = newHV();
    (void)hv_stores(fields, "pages", new_count(aTHX_ progress->pages));
    (void)hv_stores(fields, "people", new_count(aTHX_ progress->people));
    (void)hv_stores(fields, "bytes", new_count(aTHX_ progress->bytes));
    (void)hv_stores(fields, "seconds", newSVnv(progress->seconds));
    (void)hv_stores(fields, "waiting", newSVnv(progress->waiting));
    call_back(aTHX_ run, client->progress, newRV_noinc((SV *)fields), NULL);
  }
  return is_over(run);
}

static void
on_log(entrasync_log_level level, const char *message, void *user_data)
{
  dTHX;
  Client *client = (Client *)user_data;

  if (client->log && !is_over(client->run))
    call_back(
      aTHX_ client->run, client->log,
      newSVpv(level == ENTRASYNC_LOG_WARNING ? "warning" : "info", 0),
      new_text(aTHX_ message, strlen(message)));
}

#endif
