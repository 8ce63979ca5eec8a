/* handle.h - the C structures attached to Perl objects, and how they are found and freed. */
#ifndef ENTRASYNC_XS_HANDLE_H
#define ENTRASYNC_XS_HANDLE_H

/* What a callback requested (die, exit, cancel). It is done after the library returns. */
typedef struct {
  SV *died;
  bool exits;
  bool is_cancelled;
} Pending;

/* The structure attached to an EntraSync::Client. `pending` is set while the client works. */
typedef struct {
  entrasync_client *handle;
  SV *progress;
  SV *log;
  Pending *pending;
} Client;

/*
 * The structure attached to an EntraSync::List, an EntraSync::Lookup or an EntraSync::Check. Its
 * clients are in an array, which is the magic's object (mg_obj). `pending` is set while it works.
 */
typedef struct {
  void *handle;
  Pending *pending;
} Work;

typedef Work List;
typedef Work Lookup;
typedef Work Check;

static int
free_client(pTHX_ SV *sv, MAGIC *mg)
{
  Client *client = (Client *)mg->mg_ptr;
  PERL_UNUSED_ARG(sv);
  if (client) {
    entrasync_client_free(client->handle);
    SvREFCNT_dec(client->progress);
    SvREFCNT_dec(client->log);
    Safefree(client);
  }
  return 0;
}

/* Defines a function that frees a Work and, by `free_handle`, the library's object in it. */
#define FREE_WORK(name, free_handle) \
  static int name(pTHX_ SV *sv, MAGIC *mg) \
  { \
    Work *work = (Work *)mg->mg_ptr; \
    PERL_UNUSED_CONTEXT; \
    PERL_UNUSED_ARG(sv); \
    if (work) { \
      free_handle(work->handle); \
      Safefree(work); \
    } \
    return 0; \
  }

FREE_WORK(free_list, entrasync_list_free)
FREE_WORK(free_lookup, entrasync_lookup_free)
FREE_WORK(free_check, entrasync_check_free)

static int
free_report(pTHX_ SV *sv, MAGIC *mg)
{
  PERL_UNUSED_CONTEXT;
  PERL_UNUSED_ARG(sv);
  entrasync_report_free((entrasync_report *)mg->mg_ptr);
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

static SV *
new_object(pTHX_ SV *class_name, const MGVTBL *magic, void *handle, SV *companion)
{
  SV *body = newSV_type(SVt_PVMG);
  SV *object = newRV_noinc(body);
  sv_magicext(body, companion, PERL_MAGIC_ext, magic, (const char *)handle, 0)->mg_flags |= MGf_DUP;
  return sv_bless(object, gv_stashsv(class_name, GV_ADD));
}

static MAGIC *
magic_of(pTHX_ SV *object, const MGVTBL *magic, const char *class_name)
{
  MAGIC *mg = NULL;
  SvGETMAGIC(object);
  if (SvROK(object) && SvTYPE(SvRV(object)) >= SVt_PVMG)
    mg = mg_findext(SvRV(object), PERL_MAGIC_ext, magic);
  if (!mg) croak("this is not an %s object", class_name);
  if (!mg->mg_ptr) croak("this %s belongs to another thread", class_name);
  return mg;
}

static void *
handle_of(pTHX_ SV *object, const MGVTBL *magic, const char *class_name)
{
  void *handle = magic_of(aTHX_ object, magic, class_name)->mg_ptr;
  bool is_work = magic == &list_magic || magic == &lookup_magic || magic == &check_magic;
  if (is_work && ((Work *)handle)->pending)
    croak("this %s is in use; a callback cannot use it", class_name);
  return handle;
}

#endif
