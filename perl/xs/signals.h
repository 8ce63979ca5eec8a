/*
 * signals.h - keeps Perl's signal handlers out of the library's frames.
 *
 * A handler that dies jumps over every frame in between. The library could not tidy up there, and
 * its next call would meet what the jump has left. Perl usually only notes a signal and runs its
 * handler later, between two operations, but dies at once when too many are noted. Other handlers
 * run at once: those of POSIX::sigaction without SAFE, all with PERL_SIGNALS=unsafe, and those of
 * SEGV, BUS, ILL and FPE. So all signals with a handler of perl's are blocked while the library
 * works, and wait for the next call of Perl code (callback.h).
 */
#ifndef ENTRASYNC_XS_SIGNALS_H
#define ENTRASYNC_XS_SIGNALS_H

#include <signal.h>

/* The signals that are blocked, if there are any, and the thread's mask from before. */
typedef struct {
  sigset_t held;
  sigset_t before;
  bool is_any;
} HeldSignals;

typedef void (*any_function)(void);

/* Whether a signal has a handler in Perl code. */
static bool
has_perl_handler(pTHX_ int number)
{
  struct sigaction action;
  any_function handler;

  if (sigaction(number, NULL, &action) != 0) return FALSE;
  handler = (any_function)action.sa_handler;
  if (handler == (any_function)SIG_DFL || handler == (any_function)SIG_IGN) return FALSE;
#if PERL_VERSION >= 32
  if (
    handler == (any_function)PL_csighandler1p || handler == (any_function)PL_csighandler3p
    || handler == (any_function)PL_sighandler1p || handler == (any_function)PL_sighandler3p)
    return TRUE;
#endif
  return handler == (any_function)PL_csighandlerp || handler == (any_function)PL_sighandlerp;
}

/* Blocks the signals with a handler in Perl code, unless it has done so. The structure begins as
   zeros. Nothing that dies may come before the release. */
static void
hold_signals(pTHX_ HeldSignals *signals)
{
  int number;
  dSAVE_ERRNO;

  if (signals->is_any) return;
  sigemptyset(&signals->held);
  for (number = 1; number < NSIG; number++)
    if (has_perl_handler(aTHX_ number)) {
      sigaddset(&signals->held, number);
      signals->is_any = TRUE;
    }
  if (signals->is_any) sigprocmask(SIG_BLOCK, &signals->held, &signals->before);
  RESTORE_ERRNO;
}

/* Unblocks them. Handlers of signals that have waited run here, and may die. */
static void
release_signals(HeldSignals *signals)
{
  if (!signals->is_any) return;
  signals->is_any = FALSE;
  sigprocmask(SIG_SETMASK, &signals->before, NULL);
}

/* Whether one of them waits. */
static bool
is_signal_waiting(const HeldSignals *signals)
{
  sigset_t waiting;
  int number;

  if (!signals->is_any || sigpending(&waiting) != 0) return FALSE;
  for (number = 1; number < NSIG; number++)
    if (sigismember(&signals->held, number) == 1 && sigismember(&waiting, number) == 1) return TRUE;
  return FALSE;
}

/* Blocks all signals, for what only reads or frees memory: to ask for the handler of each would
   take longer. */
static void
hold_all_signals(HeldSignals *signals)
{
  signals->is_any = TRUE;
  sigfillset(&signals->held);
  sigprocmask(SIG_BLOCK, &signals->held, &signals->before);
}

static void
release_and_free(pTHX_ void *data)
{
  HeldSignals signals = *(HeldSignals *)data;
  PERL_UNUSED_CONTEXT;
  Safefree(data);
  release_signals(&signals);
}

/* Releases signals when the XS function that calls this has returned or croaked. */
static HeldSignals *
released_at_the_end(pTHX)
{
  HeldSignals *signals;
  Newxz(signals, 1, HeldSignals);
  SAVEDESTRUCTOR_X(release_and_free, signals);
  return signals;
}

static void
hold_signals_here(pTHX)
{
  hold_signals(aTHX_ released_at_the_end(aTHX));
}

static void
hold_all_signals_here(pTHX)
{
  hold_all_signals(released_at_the_end(aTHX));
}

#endif
