/*
 * EntraSync.xs - entrasync.h for Perl. It converts and nothing else: names, defaults and wording are
 * in lib/EntraSync/.
 *
 * Nothing may jump over the library's frames. What Perl code does when the library calls back (die,
 * exit) is kept in a Run and done once the library has returned.
 */
#define PERL_NO_GET_CONTEXT
#include "EXTERN.h"
#include "perl.h"
#include "XSUB.h"

#include "entrasync.h"

/* ---- What hangs on an object --------------------------------------------------------------- */

/* One call of the library that may call back: what shall happen after it. */
typedef struct {
  SV *died;
  bool exits;
  bool is_cancelled;
} Run;

/* What hangs on an EntraSync::Client; `run` is set while the client works. */
typedef struct {
  entrasync_client *handle;
  SV *progress;
  SV *log;
  Run *run;
} Client;

/* What hangs on an EntraSync::List; its clients are the magic's object. */
typedef struct {
  entrasync_list *handle;
  Run *run;
} List;

/* What the typemap converts arguments to. */
typedef const char *utf8_text;
typedef const char *file_path;
typedef SV *code_ref;

typedef entrasync_status (*list_call)(entrasync_list *, entrasync_report **, entrasync_error **);

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

static int
free_list(pTHX_ SV *sv, MAGIC *mg)
{
  List *list = (List *)mg->mg_ptr;
  PERL_UNUSED_ARG(sv);
  if (list) {
    entrasync_list_free(list->handle);
    Safefree(list);
  }
  return 0;
}

static int
free_report(pTHX_ SV *sv, MAGIC *mg)
{
  PERL_UNUSED_CONTEXT;
  PERL_UNUSED_ARG(sv);
  entrasync_report_free((entrasync_report *)mg->mg_ptr);
  return 0;
}

/* A handle belongs to the thread that made it: a new thread's copy of the object is without one. */
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
  if (!mg) croak("this is no %s object", class_name);
  if (!mg->mg_ptr) croak("this %s belongs to another thread", class_name);
  return mg;
}

static void *
handle_of(pTHX_ SV *object, const MGVTBL *magic, const char *class_name)
{
  void *handle = magic_of(aTHX_ object, magic, class_name)->mg_ptr;
  if (magic == &list_magic && ((List *)handle)->run)
    croak("this EntraSync::List is at work; a callback cannot use it");
  return handle;
}

/* ---- Errors -------------------------------------------------------------------------------- */

static SV *
new_text(pTHX_ const char *text, size_t length)
{
  return newSVpvn_flags(text, length, SVf_UTF8);
}

static SV *
new_error(pTHX_ entrasync_status status, SV *message, HV *fields)
{
  const char *name = entrasync_status_get_name(status);
  (void)hv_stores(fields, "status", newSViv(status));
  (void)hv_stores(fields, "status_name", newSVpv(name, 0));
  (void)hv_stores(fields, "message", message);
  return sv_2mortal(
    sv_bless(newRV_noinc((SV *)fields), gv_stashpvs("EntraSync::Error", GV_ADD)));
}

/* Throws what the library said; the caller has nothing left to free. */
static void
throw_error(pTHX_ entrasync_error *error)
{
  HV *fields = newHV();
  size_t length;
  const char *text;
  int32_t http_status = entrasync_error_get_http_status(error);
  int32_t aadsts_code = entrasync_error_get_aadsts_code(error);
  int64_t retry_after = entrasync_error_get_retry_after(error);
  SV *message;
  entrasync_status status = entrasync_error_get_status(error);

  if (http_status) (void)hv_stores(fields, "http_status", newSViv(http_status));
  if (aadsts_code) (void)hv_stores(fields, "aadsts_code", newSViv(aadsts_code));
  if (retry_after >= 0) (void)hv_stores(fields, "retry_after", newSVnv((NV)retry_after));
  text = entrasync_error_get_server_code(error, &length);
  if (length) (void)hv_stores(fields, "server_code", new_text(aTHX_ text, length));
  text = entrasync_error_get_request_id(error, &length);
  if (length) (void)hv_stores(fields, "request_id", new_text(aTHX_ text, length));
  text = entrasync_error_get_message(error, &length);
  message = new_text(aTHX_ text, length);
  entrasync_error_free(error);
  croak_sv(new_error(aTHX_ status, message, fields));
}

static void
refuse(pTHX_ const char *name, const char *reason)
{
  croak_sv(new_error(
    aTHX_ ENTRASYNC_INVALID_ARGUMENT, newSVpvf("the %s %s", name, reason), newHV()));
}

/* ---- Arguments ----------------------------------------------------------------------------- */

static utf8_text
text_of(pTHX_ SV *sv, const char *name)
{
  STRLEN length;
  const char *text;
  SvGETMAGIC(sv);
  if (!SvOK(sv)) return NULL;
  text = SvPVutf8(sv, length);
  if (strlen(text) != length) refuse(aTHX_ name, "holds a NUL character");
  return text;
}

/* File names are bytes on this system, so a character above 255 has no meaning in one. */
static file_path
path_of(pTHX_ SV *sv, const char *name)
{
  STRLEN length;
  const char *path;
  SvGETMAGIC(sv);
  if (!SvOK(sv)) return NULL;
  path = SvPV(sv, length);
  sv = newSVpvn_flags(path, length, SvUTF8(sv) | SVs_TEMP);
  if (!sv_utf8_downgrade(sv, TRUE))
    refuse(aTHX_ name, "is a path with wide characters; encode it to bytes, as with Encode");
  path = SvPV(sv, length);
  if (strlen(path) != length) refuse(aTHX_ name, "is a path with a NUL byte");
  return path;
}

/* A code reference of our own, to be given back; NULL for undef. */
static code_ref
code_of(pTHX_ SV *sv, const char *name)
{
  SvGETMAGIC(sv);
  if (!SvOK(sv)) return NULL;
  if (!SvROK(sv) || SvTYPE(SvRV(sv)) != SVt_PVCV) croak("%s must be a code reference", name);
  return newSVsv(sv);
}

static SV *
new_count(pTHX_ uint64_t count)
{
#if UVSIZE >= 8
  return newSVuv((UV)count);
#else
  return newSVnv((NV)count);
#endif
}

/* ---- Calls back ---------------------------------------------------------------------------- */

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

  /* The code may drop the last other reference to itself. */
  SvREFCNT_inc_simple_void_NN(code);
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
  SvREFCNT_dec(code);
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

/* ---- Runs ---------------------------------------------------------------------------------- */

/* Notes in a list and its clients that they work, or with NULL that they do no more. */
static void
set_run(pTHX_ List *list, AV *clients, Run *run)
{
  SSize_t index;
  list->run = run;
  for (index = 0; index <= av_len(clients); index++) {
    Client *client =
      (Client *)mg_findext(SvRV(*av_fetch(clients, index, 0)), PERL_MAGIC_ext, &client_magic)->mg_ptr;
    client->run = run;
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

/* ---- Perl's view --------------------------------------------------------------------------- */

MODULE = EntraSync    PACKAGE = EntraSync

PROTOTYPES: DISABLE

BOOT:
  /* Any patch of the minor version that this was built for will do. */
  if (entrasync_version_number() / 100 != ENTRASYNC_VERSION_NUMBER / 100)
    croak(
      "EntraSync was built for libentrasync %s but finds %s; build and install it again",
      ENTRASYNC_VERSION, entrasync_version());

const char *
library_version()
  CODE:
    RETVAL = entrasync_version();
  OUTPUT:
    RETVAL

void
_handle_signals()
  CODE:
    PERL_ASYNC_CHECK();

MODULE = EntraSync    PACKAGE = EntraSync::Client

SV *
_open(SV *class_name, file_path configuration)
  PREINIT:
    Client *client;
    entrasync_client *handle;
    entrasync_error *error;
  CODE:
    if (entrasync_client_open(configuration, &handle, &error) != ENTRASYNC_OK)
      throw_error(aTHX_ error);
    Newxz(client, 1, Client);
    client->handle = handle;
    /* Always, since Perl's signals are handled there. */
    entrasync_client_set_progress(handle, on_progress, client);
    RETVAL = new_object(aTHX_ class_name, &client_magic, client, NULL);
  OUTPUT:
    RETVAL

# Methods that return their object leave it where perl put it.

void
on_progress(Client *client, code_ref progress)
  CODE:
    SvREFCNT_dec(client->progress);
    client->progress = progress;
    XSRETURN(1);

void
on_log(Client *client, code_ref log)
  CODE:
    SvREFCNT_dec(client->log);
    client->log = log;
    entrasync_client_set_log(client->handle, log ? on_log : NULL, client);
    XSRETURN(1);

void
cancel(Client *client)
  CODE:
    if (client->run) client->run->is_cancelled = TRUE;

void
warnings(Client *client)
  ALIAS:
    attributes = 1
  PREINIT:
    size_t index, count, length;
    const char *text;
  PPCODE:
    count = ix ? entrasync_client_get_attribute_count(client->handle)
               : entrasync_client_get_warning_count(client->handle);
    if (GIMME_V != G_ARRAY) XSRETURN_UV(count);
    EXTEND(SP, (SSize_t)count);
    for (index = 0; index < count; index++) {
      text = ix ? entrasync_client_get_attribute(client->handle, index, &length)
                : entrasync_client_get_warning(client->handle, index, &length);
      PUSHs(sv_2mortal(new_text(aTHX_ text, length)));
    }

MODULE = EntraSync    PACKAGE = EntraSync::List

SV *
_new(SV *class_name, file_path file, utf8_text template)
  PREINIT:
    List *list;
    entrasync_list *handle;
    entrasync_error *error;
  CODE:
    if (entrasync_list_create(file, template, &handle, &error) != ENTRASYNC_OK)
      throw_error(aTHX_ error);
    Newxz(list, 1, List);
    list->handle = handle;
    RETVAL = new_object(aTHX_ class_name, &list_magic, list, sv_2mortal((SV *)newAV()));
  OUTPUT:
    RETVAL

void
add(List *list, Client *client)
  PREINIT:
    entrasync_error *error;
  CODE:
    if (entrasync_list_add_client(list->handle, client->handle, &error) != ENTRASYNC_OK)
      throw_error(aTHX_ error);
    av_push(
      (AV *)magic_of(aTHX_ ST(0), &list_magic, "EntraSync::List")->mg_obj,
      newRV_inc(SvRV(ST(1))));
    XSRETURN(1);

void
accept_change(List *list, bool accept = TRUE)
  CODE:
    entrasync_list_set_accept_change(list->handle, accept);
    XSRETURN(1);

SV *
fetch(SV *list)
  ALIAS:
    write = 1
    clear = 2
  PREINIT:
    static const list_call calls[] = {
      entrasync_list_fetch, entrasync_list_write, entrasync_list_clear};
  CODE:
    RETVAL = run_list(aTHX_ list, calls[ix]);
  OUTPUT:
    RETVAL

void
lines(List *list)
  PREINIT:
    size_t index, count, length;
    const char *text;
  PPCODE:
    count = entrasync_list_get_line_count(list->handle);
    if (GIMME_V != G_ARRAY) XSRETURN_UV(count);
    EXTEND(SP, (SSize_t)count);
    for (index = 0; index < count; index++) {
      text = entrasync_list_get_line(list->handle, index, &length);
      PUSHs(sv_2mortal(new_text(aTHX_ text, length)));
    }

MODULE = EntraSync    PACKAGE = EntraSync::Report

SV *
fetched(entrasync_report *report)
  ALIAS:
    fetched = ENTRASYNC_COUNT_FETCHED
    written = ENTRASYNC_COUNT_WRITTEN
    added = ENTRASYNC_COUNT_ADDED
    removed = ENTRASYNC_COUNT_REMOVED
    skipped = ENTRASYNC_COUNT_SKIPPED
    others = ENTRASYNC_COUNT_OTHERS
    excluded = ENTRASYNC_COUNT_EXCLUDED
    requests = ENTRASYNC_COUNT_REQUESTS
    bytes = ENTRASYNC_COUNT_BYTES
  CODE:
    RETVAL = new_count(aTHX_ entrasync_report_get_count(report, (entrasync_count)ix));
  OUTPUT:
    RETVAL

NV
seconds(entrasync_report *report)
  CODE:
    RETVAL = entrasync_report_get_seconds(report);
  OUTPUT:
    RETVAL

bool
changed(entrasync_report *report)
  CODE:
    RETVAL = entrasync_report_get_changed(report);
  OUTPUT:
    RETVAL

void
_skip(entrasync_report *report, UV index)
  PREINIT:
    size_t length;
    const char *text;
  PPCODE:
    EXTEND(SP, 2);
    text = entrasync_report_get_skip_name(report, index, &length);
    PUSHs(sv_2mortal(new_text(aTHX_ text, length)));
    text = entrasync_report_get_skip_reason(report, index, &length);
    PUSHs(sv_2mortal(new_text(aTHX_ text, length)));
