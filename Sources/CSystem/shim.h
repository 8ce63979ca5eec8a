/* SPDX-License-Identifier: Apache-2.0 */
/* What the C library declares and Swift's Glibc module leaves out: extended attributes. */
#include <sys/xattr.h>
