/* handle.h - the C structures attached to Perl objects, and how they are found and freed. */
#ifndef ENTRASYNC_XS_HANDLE_H
#define ENTRASYNC_XS_HANDLE_H

#include "signals.h"

/*
 * One call of the library that may call Perl code back, and what that code requested: die, exit or
 * cancel. This is done after the library has returned.
 */
typedef struct {
  HeldSignals signals;
  SV *body;
  SV *died;
  bool exits;
  bool is_cancelled;
} Call;

/* The structure attached to an EntraSync::Client. `call` is set while the client works. */
typedef struct {
  entrasync_client *handle;
  SV *body;
  SV *progress;
  SV *log;
  Call *call;
} Client;

/*
 * The structure attached to an EntraSync::List, an EntraSync::Lookup or an EntraSync::Check.
 * `clients` is the magic's object (mg_obj). `call` is set while it works.
 */
typedef struct {
  void *handle;
  AV *clients;
  Call *call;
} Work;

typedef Work List;
typedef Work Lookup;
typedef Work Check;

/* Takes the structure off its object, which may still be reached while it is freed. */
static void *
taken_from(MAGIC *mg)
{
  void *handle = mg->mg_ptr;
  mg->mg_ptr = NULL;
  return handle;
}

static int
free_client(pTHX_ SV *sv, MAGIC *mg)
{
  Client *client = (Client *)taken_from(mg);
  HeldSignals state = {0}, *signals = &state;
  PERL_UNUSED_ARG(sv);
  if (client) {
    hold_signals(aTHX_ signals);
    entrasync_client_free(client->handle);
    SvREFCNT_dec(client->progress);
    SvREFCNT_dec(client->log);
    Safefree(client);
    release_signals(signals);
  }
  return 0;
}

/* Defines a function that frees a Work and, by `free_handle`, the library's object in it. */
#define FREE_WORK(name, free_handle) \
  static int name(pTHX_ SV *sv, MAGIC *mg) \
  { \
    Work *work = (Work *)taken_from(mg); \
    HeldSignals state = {0}, *signals = &state; \
    PERL_UNUSED_ARG(sv); \
    if (work) { \
      hold_signals(aTHX_ signals); \
      free_handle(work->handle); \
      Safefree(work); \
      release_signals(signals); \
    } \
    return 0; \
  }

FREE_WORK(free_list, entrasync_list_free)
FREE_WORK(free_lookup, entrasync_lookup_free)
FREE_WORK(free_check, entrasync_check_free)

static int
free_report(pTHX_ SV *sv, MAGIC *mg)
{
  HeldSignals signals = {0};
  PERL_UNUSED_CONTEXT;
  PERL_UNUSED_ARG(sv);
  hold_all_signals(&signals);
  entrasync_report_free((entrasync_report *)taken_from(mg));
  release_signals(&signals);
  return 0;
}

/* A handle belongs to the thread that made it, so a new thread's copy of the object gets none. */
static int
forget_handle(pTHX_ MAGIC *mg, CLONE_PARAMS *params)
{
  PERL_UNUSED_CONTEXT;
  PERL_UNUSED_ARG(params);
  mg->mg_ptr = NULL;
  return 0;
}

static const MGVTBL client_magic = {NULL, NULL, NULL, NULL, free_client, NULL, forget_handle, NULL};
static const MGVTBL list_magic = {NULL, NULL, NULL, NULL, free_list, NULL, forget_handle, NULL};
static const MGVTBL lookup_magic = {NULL, NULL, NULL, NULL, free_lookup, NULL, forget_handle, NULL};
static const MGVTBL check_magic = {NULL, NULL, NULL, NULL, free_check, NULL, forget_handle, NULL};
static const MGVTBL report_magic = {NULL, NULL, NULL, NULL, free_report, NULL, forget_handle, NULL};

/* The package that a class method was called on. */
typedef HV *class_stash;

static class_stash
class_of(pTHX_ SV *class_name)
{
  SvGETMAGIC(class_name);
  if (SvROK(class_name) || !SvOK(class_name))
    croak("this is a method of a class, not of an object");
  return gv_stashsv(class_name, GV_ADD);
}

/* A new object, to which `handle` is attached and, if it is not NULL, `companion`. */
static SV *
new_object(pTHX_ HV *stash, const MGVTBL *magic, void *handle, SV *companion)
{
  SV *body = newSV_type(SVt_PVMG);
  SV *object = newRV_noinc(body);
  sv_magicext(body, companion, PERL_MAGIC_ext, magic, (const char *)handle, 0)->mg_flags |= MGf_DUP;
  return sv_bless(object, stash);
}

/* A new object with a Work, which owns `handle`. */
static SV *
new_work(pTHX_ HV *stash, const MGVTBL *magic, void *handle, AV *clients)
{
  Work *work;
  Newxz(work, 1, Work);
  work->handle = handle;
  work->clients = clients;
  return new_object(aTHX_ stash, magic, work, (SV *)clients);
}

/*
 * The structure attached to an object. It lives at least until the statement ends, whatever the
 * magic of another argument, a callback or a destructor does to the object.
 */
static void *
handle_of(pTHX_ SV *object, const MGVTBL *magic, const char *class_name)
{
  MAGIC *mg = NULL;
  bool is_work = magic == &list_magic || magic == &lookup_magic || magic == &check_magic;

  SvGETMAGIC(object);
  if (SvROK(object) && SvTYPE(SvRV(object)) >= SVt_PVMG)
    mg = mg_findext(SvRV(object), PERL_MAGIC_ext, magic);
  if (!mg) croak("this is not an %s object", class_name);
  if (!mg->mg_ptr) croak("this %s belongs to another thread", class_name);
  if (is_work && ((Work *)mg->mg_ptr)->call)
    croak("this %s is in use; a callback cannot use it", class_name);
  sv_2mortal(SvREFCNT_inc_simple_NN(SvRV(object)));
  return mg->mg_ptr;
}

#endif
