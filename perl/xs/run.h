/* run.h - one call of the library that may call back. */
#ifndef ENTRASYNC_XS_RUN_H
#define ENTRASYNC_XS_RUN_H

typedef entrasync_status (*list_call)(entrasync_list *, entrasync_report **, entrasync_error **);

/* Notes in a list and its clients that they work, or with NULL that they do no more. */
static void
set_run(pTHX_ List *list, AV *clients, Run *run)
{
  SSize_t index;
  list->run = run;
  for (index = 0; index <= av_len(clients); index++) {
    SV *client = SvRV(*av_fetch(clients, index, 0));
    ((Client *)mg_findext(client, PERL_MAGIC_ext, &client_magic)->mg_ptr)->run = run;
  }
}

static void
check_idle(pTHX_ AV *clients)
{
  SSize_t index;
  for (index = 0; index <= av_len(clients); index++) {
    Client *client = (Client *)handle_of(
      aTHX_ *av_fetch(clients, index, 0), &client_magic, "EntraSync::Client");
    if (client->run) croak("a client of this EntraSync::List is at work; a callback cannot use it");
  }
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

  check_idle(aTHX_ clients);
  /* A callback may drop the caller's reference to the list, and exit() all of them. */
  SvREFCNT_inc_simple_void_NN(body);
  set_run(aTHX_ list, clients, &run);
  (void)call(list->handle, &report, &error);
  set_run(aTHX_ list, clients, NULL);
  SvREFCNT_dec(body);

  if (run.exits || run.died) {
    entrasync_report_free(report);
    entrasync_error_free(error);
    if (run.exits) my_exit(STATUS_CURRENT);
    croak_sv(sv_2mortal(run.died));
  }
  if (error) throw_error(aTHX_ error);
  return new_object(
    aTHX_ newSVpvs_flags("EntraSync::Report", SVs_TEMP), &report_magic, report, NULL);
}

#endif
