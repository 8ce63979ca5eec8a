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

static SV *
new_report(pTHX_ entrasync_report *report)
{
  return new_object(
    aTHX_ newSVpvs_flags("EntraSync::Report", SVs_TEMP), &report_magic, report, NULL);
}

/* What is begun by begin_work() and ended by end_work(), with one call of the library between. */
typedef struct {
  Work *work;
  SV *body;
  AV *clients;
  Run run;
} Turn;

static void
begin_work(pTHX_ Turn *turn, SV *self, const MGVTBL *magic, const char *class_name)
{
  Zero(turn, 1, Turn);
  turn->work = (Work *)handle_of(aTHX_ self, magic, class_name);
  turn->body = SvRV(self);
  turn->clients = (AV *)magic_of(aTHX_ self, magic, class_name)->mg_obj;
  check_idle(aTHX_ turn->clients, class_name);
  /* A callback may drop the caller's reference to the object, and exit() all of them. */
  SvREFCNT_inc_simple_void_NN(turn->body);
  turn->work->run = &turn->run;
  set_run(aTHX_ turn->clients, &turn->run);
}

/* Does what a callback asked for: the library has returned, and nothing of it is jumped over. */
static void
end_work(pTHX_ Turn *turn, entrasync_report *report, entrasync_error *error)
{
  set_run(aTHX_ turn->clients, NULL);
  turn->work->run = NULL;
  SvREFCNT_dec(turn->body);
  if (!turn->run.exits && !turn->run.died) return;
  entrasync_report_free(report);
  entrasync_error_free(error);
  if (turn->run.exits) my_exit(STATUS_CURRENT);
  croak_sv(sv_2mortal(turn->run.died));
}

/* Fetches, writes or clears a list. */
static SV *
run_list(pTHX_ SV *self, list_call call)
{
  Turn turn;
  entrasync_report *report;
  entrasync_error *error;

  begin_work(aTHX_ &turn, self, &list_magic, "EntraSync::List");
  (void)call(turn.work->handle, &report, &error);
  end_work(aTHX_ &turn, report, error);
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
  size_t count = (size_t)(av_len(addresses) + 1), index;
  Turn turn;
  entrasync_report *report;
  entrasync_error *error;
  const char **texts;
  bool has_answers;

  /* Magic of an argument may run code; all of it comes before the run begins. */
  texts = (const char **)SvPVX(sv_2mortal(newSV((count + 1) * sizeof *texts)));
  for (index = 0; index < count; index++) {
    SV *address = *av_fetch(addresses, (SSize_t)index, 0);
    STRLEN length;
    texts[index] = SvPVutf8(address, length);
    /* No address holds a NUL, and what comes before it is not what was asked for. */
    if (strlen(texts[index]) != length) texts[index] = "";
  }
  begin_work(aTHX_ &turn, self, &lookup_magic, "EntraSync::Lookup");
  (void)entrasync_lookup_find(turn.work->handle, texts, count, &report, &error);
  has_answers = entrasync_lookup_get_answer_count(turn.work->handle) > 0;
  end_work(aTHX_ &turn, report, error);
  if (error && !has_answers) throw_error(aTHX_ error);
  entrasync_error_free(error);
  return report ? new_report(aTHX_ report) : newSV(0);
}

/* Runs a check. What makes it fail is thrown; the steps up to it stay readable. */
static SV *
run_check(pTHX_ SV *self)
{
  Turn turn;
  entrasync_report *report;
  entrasync_error *error;

  begin_work(aTHX_ &turn, self, &check_magic, "EntraSync::Check");
  (void)entrasync_check_run(turn.work->handle, &report, &error);
  end_work(aTHX_ &turn, report, error);
  if (error) throw_error(aTHX_ error);
  return new_report(aTHX_ report);
}

#endif
