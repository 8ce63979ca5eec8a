/* SPDX-License-Identifier: Apache-2.0 */
/* yajl for Swift: the streaming parser alone. */
#include <yajl/yajl_parse.h>
