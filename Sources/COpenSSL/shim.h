/* SPDX-License-Identifier: Apache-2.0 */
/*
 * OpenSSL's libcrypto for Swift: certificates, keys and signatures, and functions in place of those
 * of its macros that Swift cannot see or that OpenSSL 3 has renamed.
 */
#ifndef ENTRASYNC_OPENSSL_SHIM_H
#define ENTRASYNC_OPENSSL_SHIM_H

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

static inline int shim_key_is_rsa(const EVP_PKEY *key)
{
  return EVP_PKEY_base_id(key) == EVP_PKEY_RSA;
}

static inline int shim_key_length(const EVP_PKEY *key)
{
  return EVP_PKEY_bits(key);
}

/** Sets what RFC 7518, section 3.5 calls PS256: PSS with a salt as long as the hash. */
static inline int shim_context_set_pss(EVP_PKEY_CTX *context)
{
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) > 0
      && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) > 0;
}

#endif
