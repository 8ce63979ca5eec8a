/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SQLite for Swift: what its macros say, which Swift cannot see.
 */
#ifndef ENTRASYNC_SQLITE_SHIM_H
#define ENTRASYNC_SQLITE_SHIM_H

#include <sqlite3.h>

/** Binds text, of which SQLite makes a copy. */
static inline int shim_bind_text(sqlite3_stmt *statement, int index, const char *text, int length)
{
  return sqlite3_bind_text(statement, index, text, length, SQLITE_TRANSIENT);
}

#endif
