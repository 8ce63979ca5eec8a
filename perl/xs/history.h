/* history.h - the runs of a history as Perl hashes. */
#ifndef ENTRASYNC_XS_HISTORY_H
#define ENTRASYNC_XS_HISTORY_H

#include "argument.h"
#include "text.h"

/* Stores a value in a hash under a constant name. */
#define STORE(hash, name, value) (void)hv_stores(hash, name, value)

static SV *
run_figure(pTHX_ const entrasync_history *history, size_t run, entrasync_count count)
{
  return new_count(aTHX_ entrasync_history_get_count(history, run, count));
}

static SV *
run_configurations(pTHX_ const entrasync_history *history, size_t run)
{
  AV *paths = newAV();
  size_t index, length, count = entrasync_history_get_configuration_count(history, run);

  for (index = 0; index < count; index++) {
    const char *path = entrasync_history_get_configuration(history, run, index, &length);
    av_push(paths, new_text(aTHX_ path, length));
  }
  return newRV_noinc((SV *)paths);
}

static SV *
run_groups(pTHX_ const entrasync_history *history, size_t run)
{
  AV *groups = newAV();
  size_t index, length, count = entrasync_history_get_group_count(history, run);

  for (index = 0; index < count; index++) {
    HV *group = newHV();
    const char *id = entrasync_history_get_group(history, run, index, &length);
    STORE(group, "id", new_text(aTHX_ id, length));
    STORE(group, "excluded", newSViv(entrasync_history_get_group_excluded(history, run, index)));
    STORE(
      group, "people", new_count(aTHX_ entrasync_history_get_group_people(history, run, index)));
    av_push(groups, newRV_noinc((SV *)group));
  }
  return newRV_noinc((SV *)groups);
}

static SV *
run_reasons(pTHX_ const entrasync_history *history, size_t run)
{
  AV *reasons = newAV();
  size_t index, length, count = entrasync_history_get_reason_count(history, run);

  for (index = 0; index < count; index++) {
    HV *reason = newHV();
    const char *text = entrasync_history_get_reason(history, run, index, &length);
    STORE(reason, "reason", new_text(aTHX_ text, length));
    STORE(
      reason, "count", new_count(aTHX_ entrasync_history_get_reason_people(history, run, index)));
    av_push(reasons, newRV_noinc((SV *)reason));
  }
  return newRV_noinc((SV *)reasons);
}

/* One run as a reference to a hash. */
static SV *
new_run(pTHX_ const entrasync_history *history, size_t run)
{
  HV *hash = newHV();
  size_t length;
  const char *message = entrasync_history_get_message(history, run, &length);

  STORE(hash, "message", length > 0 ? new_text(aTHX_ message, length) : newSV(0));
  STORE(hash, "began", newSVnv((NV)entrasync_history_get_time(history, run)));
  STORE(hash, "seconds", newSVnv(entrasync_history_get_seconds(history, run)));
  STORE(
    hash, "status",
    newSVpv(entrasync_status_get_name(entrasync_history_get_status(history, run)), 0));
  STORE(hash, "changed", newSViv(entrasync_history_get_changed(history, run)));
  STORE(hash, "lines_before", run_figure(aTHX_ history, run, ENTRASYNC_COUNT_BEFORE));
  STORE(hash, "lines_after", run_figure(aTHX_ history, run, ENTRASYNC_COUNT_WRITTEN));
  STORE(hash, "added", run_figure(aTHX_ history, run, ENTRASYNC_COUNT_ADDED));
  STORE(hash, "removed", run_figure(aTHX_ history, run, ENTRASYNC_COUNT_REMOVED));
  STORE(hash, "fetched", run_figure(aTHX_ history, run, ENTRASYNC_COUNT_FETCHED));
  STORE(hash, "excluded", run_figure(aTHX_ history, run, ENTRASYNC_COUNT_EXCLUDED));
  STORE(hash, "disputed", run_figure(aTHX_ history, run, ENTRASYNC_COUNT_DISPUTED));
  STORE(hash, "skipped", run_figure(aTHX_ history, run, ENTRASYNC_COUNT_SKIPPED));
  STORE(hash, "requests", run_figure(aTHX_ history, run, ENTRASYNC_COUNT_REQUESTS));
  STORE(hash, "configurations", run_configurations(aTHX_ history, run));
  STORE(hash, "groups", run_groups(aTHX_ history, run));
  STORE(hash, "reasons", run_reasons(aTHX_ history, run));
  return newRV_noinc((SV *)hash);
}

/* For PPCODE: returns the runs of a history, which is freed. */
#define PUSH_RUNS(history) \
  STMT_START \
  { \
    size_t push_index, push_count = entrasync_history_get_run_count(history); \
    EXTEND(SP, (SSize_t)push_count); \
    for (push_index = 0; push_index < push_count; push_index++) \
      PUSHs(sv_2mortal(new_run(aTHX_ history, push_index))); \
    entrasync_history_free(history); \
  } \
  STMT_END

#endif
