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
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
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

/** A number of rounds; 1 for NULL, which is the default, and the largest one for nonsense. */
static inline uint64_t shim_rounds(const ASN1_INTEGER *number)
{
  uint64_t value = 1;

  if (number != NULL && ASN1_INTEGER_get_uint64(&value, number) != 1)
    return UINT64_MAX;
  return value;
}

/** How long scrypt takes, in rounds: the product of its three numbers. */
static inline uint64_t shim_scrypt_rounds(const X509_ALGOR *function)
{
  SCRYPT_PARAMS *numbers = (SCRYPT_PARAMS *)ASN1_TYPE_unpack_sequence(
      ASN1_ITEM_rptr(SCRYPT_PARAMS), function->parameter);
  uint64_t product = UINT64_MAX;

  if (numbers != NULL) {
    uint64_t cost = shim_rounds(numbers->costParameter);
    uint64_t size = shim_rounds(numbers->blockSize);
    uint64_t lanes = shim_rounds(numbers->parallelizationParameter);

    if (cost <= UINT32_MAX && size <= UINT16_MAX && lanes <= UINT16_MAX)
      product = cost * size * lanes;
    SCRYPT_PARAMS_free(numbers);
  }
  return product;
}

static inline uint64_t shim_hash_rounds(const X509_ALGOR *function)
{
  PBKDF2PARAM *numbers =
      (PBKDF2PARAM *)ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBKDF2PARAM), function->parameter);
  uint64_t rounds = numbers == NULL ? UINT64_MAX : shim_rounds(numbers->iter);

  PBKDF2PARAM_free(numbers);
  return rounds;
}

/**
 * What decrypting by a password takes: the number (NID) of the cipher, and how often the password
 * is hashed. It returns 0 for an algorithm that OpenSSL does not know.
 *
 * Source: RFC 8018, appendix A; RFC 7292, appendix C; RFC 7914, section 7.
 */
static inline int shim_password_work(const X509_ALGOR *algorithm, int *cipher, uint64_t *rounds)
{
  int scheme = OBJ_obj2nid(algorithm->algorithm);

  *cipher = NID_undef;
  *rounds = UINT64_MAX;
  if (scheme == NID_pbes2) {
    PBE2PARAM *parts =
        (PBE2PARAM *)ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBE2PARAM), algorithm->parameter);

    if (parts != NULL) {
      int function = OBJ_obj2nid(parts->keyfunc->algorithm);

      *cipher = OBJ_obj2nid(parts->encryption->algorithm);
      if (function == NID_id_pbkdf2)
        *rounds = shim_hash_rounds(parts->keyfunc);
      else if (function == NID_id_scrypt)
        *rounds = shim_scrypt_rounds(parts->keyfunc);
      else
        *cipher = NID_undef;
      PBE2PARAM_free(parts);
    }
  } else if (EVP_PBE_find(EVP_PBE_TYPE_OUTER, scheme, cipher, NULL, NULL) == 1) {
    PBEPARAM *parts =
        (PBEPARAM *)ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBEPARAM), algorithm->parameter);

    if (parts != NULL)
      *rounds = shim_rounds(parts->iter);
    PBEPARAM_free(parts);
  }
  return *cipher != NID_undef;
}

#endif
