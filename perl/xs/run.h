/* run.h - one call of the library that may call back. */
#ifndef ENTRASYNC_XS_RUN_H
#define ENTRASYNC_XS_RUN_H

typedef entrasync_status (*list_call)(entrasync_list *, entrasync_report **, entrasync_error **);

/* Notes in clients that they work, or with NULL that they do no more. */
static void
set_run(pTHX_ AV *clients, Run *run)
{
  SSize_t index;
  for (index = 0; index <= av_len(clients); index++) {
    SV *client = SvRV(*av_fetch(clients, index, 0));
    ((Client *)mg_findext(client, PERL_MAGIC_ext, &client_magic)->mg_ptr)->run = run;
  }
}

static void
check_idle(pTHX_ AV *clients, const char *class_name)
{
  SSize_t index;
  for (index = 0; index <= av_len(clients); index++) {
    Client *client = (Client *)handle_of(
      aTHX_ *av_fetch(clients, index, 0), &client_magic, "EntraSync::Client");
    if (client->run) croak("a client of this %s is at work; a callback cannot use it", class_name);
  }
}

/* Does what a callback asked for: the library has returned, and nothing of it is jumped over. */
static void
end_run(pTHX_ Run *run, entrasync_report *report, entrasync_error *error)
{
  if (!run->exits && !run->died) return;
  entrasync_report_free(report);
  entrasync_error_free(error);
  if (run->exits) my_exit(STATUS_CURRENT);
  croak_sv(sv_2mortal(run->died));
}

static SV *
new_report(pTHX_ entrasync_report *report)
{
  return new_object(
    aTHX_ newSVpvs_flags("EntraSync::Report", SVs_TEMP), &report_magic, report, NULL);
}

/* Fetches, writes or clears a list. */
static SV *
run_list(pTHX_ SV *self, list_call call)
{
  List *list = (List *)handle_of(aTHX_ self, &list_magic, "EntraSync::List");
  SV *body = SvRV(self);
  AV *clients = (AV *)magic_of(aTHX_ self, &list_magic, "EntraSync::List")->mg_obj;
  Run run = {NULL, FALSE, FALSE};
  entrasync_report *report;
  entrasync_error *error;

  check_idle(aTHX_ clients, "EntraSync::List");
  /* A callback may drop the caller's reference to the list, and exit() all of them. */
  SvREFCNT_inc_simple_void_NN(body);
  list->run = &run;
  set_run(aTHX_ clients, &run);
  (void)call(list->handle, &report, &error);
  set_run(aTHX_ clients, NULL);
  list->run = NULL;
  SvREFCNT_dec(body);

  end_run(aTHX_ &run, report, error);
  if (error) throw_error(aTHX_ error);
  return new_report(aTHX_ report);
}

/*
 * Looks addresses up. Where something cannot be told, the answers say so; only what leaves no
 * answers is thrown.
 */
static SV *
run_lookup(pTHX_ SV *self, AV *addresses)
{
  Lookup *lookup = (Lookup *)handle_of(aTHX_ self, &lookup_magic, "EntraSync::Lookup");
  SV *body = SvRV(self);
  AV *clients = (AV *)magic_of(aTHX_ self, &lookup_magic, "EntraSync::Lookup")->mg_obj;
  size_t count = (size_t)(av_len(addresses) + 1), index;
  Run run = {NULL, FALSE, FALSE};
  entrasync_report *report;
  entrasync_error *error;
  const char **texts;
  bool has_answers;

  check_idle(aTHX_ clients, "EntraSync::Lookup");
  /* Magic of an argument may run code; all of it comes before the run begins. */
  texts = (const char **)SvPVX(sv_2mortal(newSV((count + 1) * sizeof *texts)));
  for (index = 0; index < count; index++) {
    SV *address = *av_fetch(addresses, (SSize_t)index, 0);
    STRLEN length;
    texts[index] = SvPVutf8(address, length);
    /* No address holds a NUL, and what comes before it is not what was asked for. */
    if (strlen(texts[index]) != length) texts[index] = "";
  }
  SvREFCNT_inc_simple_void_NN(body);
  lookup->run = &run;
  set_run(aTHX_ clients, &run);
  (void)entrasync_lookup_find(lookup->handle, texts, count, &report, &error);
  set_run(aTHX_ clients, NULL);
  lookup->run = NULL;
  has_answers = entrasync_lookup_get_answer_count(lookup->handle) > 0;
  SvREFCNT_dec(body);

  end_run(aTHX_ &run, report, error);
  if (error && !has_answers) throw_error(aTHX_ error);
  entrasync_error_free(error);
  return report ? new_report(aTHX_ report) : newSV(0);
}

/* Runs a check. What makes it fail is thrown; the steps up to it stay readable. */
static SV *
run_check(pTHX_ SV *self)
{
  Check *check = (Check *)handle_of(aTHX_ self, &check_magic, "EntraSync::Check");
  SV *body = SvRV(self);
  AV *clients = (AV *)magic_of(aTHX_ self, &check_magic, "EntraSync::Check")->mg_obj;
  Run run = {NULL, FALSE, FALSE};
  entrasync_report *report;
  entrasync_error *error;

  check_idle(aTHX_ clients, "EntraSync::Check");
  SvREFCNT_inc_simple_void_NN(body);
  check->run = &run;
  set_run(aTHX_ clients, &run);
  (void)entrasync_check_run(check->handle, &report, &error);
  set_run(aTHX_ clients, NULL);
  check->run = NULL;
  SvREFCNT_dec(body);

  end_run(aTHX_ &run, report, error);
  if (error) throw_error(aTHX_ error);
  return new_report(aTHX_ report);
}

#endif
