/* troubles.h - what a person has to be told, as Perl hashes. */
#ifndef ENTRASYNC_XS_TROUBLES_H
#define ENTRASYNC_XS_TROUBLES_H

#include "call.h"
#include "history.h"

/* What has become of a trouble, by entrasync_news. */
static const char *const news_names[] = {"none", "begins", "lasts", "returns", "ends"};

/* One trouble as a reference to a hash. */
static SV *
new_trouble(pTHX_ const entrasync_troubles *troubles, size_t index)
{
  HV *hash = newHV();
  size_t length;
  const char *text = entrasync_troubles_get_text(troubles, index, &length);
  int64_t end = entrasync_troubles_get_end(troubles, index);

  STORE(hash, "news", newSVpv(news_names[entrasync_troubles_get_news(troubles, index)], 0));
  STORE(hash, "noted", newSViv(entrasync_troubles_get_noted(troubles)));
  STORE(hash, "failure", newSViv(entrasync_troubles_get_failure(troubles, index)));
  STORE(hash, "text", new_text(aTHX_ text, length));
  STORE(hash, "since", newSVnv((NV)entrasync_troubles_get_since(troubles, index)));
  STORE(hash, "end", end ? newSVnv((NV)end) : newSV(0));
  return newRV_noinc((SV *)hash);
}

#endif
