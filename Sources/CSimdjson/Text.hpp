#pragma once

#include <cstdint>
#include <cstring>

namespace annals {

// The bytes of strings: where plain runs end, what an escape means, which scalars are allowed.
namespace text {

using Bytes16 = uint8_t __attribute__((vector_size(16)));
using Bits16 = bool __attribute__((ext_vector_type(16)));
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the first byte of a block must be its lowest bit");

// The first byte from `at` on that is a quote, a backslash or below 0x20. The zeros after the document stop it.
inline uint32_t end_of_plain_run(const uint8_t *bytes, uint32_t at) noexcept {
  for (;; at += sizeof(Bytes16)) {
    Bytes16 block;
    std::memcpy(&block, bytes + at, sizeof block);
    const auto found = (block == '"') | (block == '\\') | (block < 0x20);
    const auto bits = __builtin_bit_cast(uint16_t, __builtin_convertvector(found, Bits16));
    if (bits != 0) return at + uint32_t(__builtin_ctz(bits));
  }
}

// Unicode 3.4, D14.
constexpr bool is_noncharacter(uint32_t scalar) noexcept {
  return (scalar & 0xFFFE) == 0xFFFE || (scalar >= 0xFDD0 && scalar <= 0xFDEF);
}

constexpr bool is_high_surrogate(uint32_t unit) noexcept { return (unit & 0xFFFFFC00) == 0xD800; }
constexpr bool is_low_surrogate(uint32_t unit) noexcept { return (unit & 0xFFFFFC00) == 0xDC00; }

constexpr uint32_t join_surrogates(uint32_t high, uint32_t low) noexcept {
  return 0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF);
}

constexpr uint32_t kMalformed = UINT32_MAX;

// Four hexadecimal digits as a number, or kMalformed.
inline uint32_t hex4(const uint8_t *digits) noexcept {
  uint32_t unit = 0;
  for (int place = 0; place < 4; ++place) {
    const uint8_t byte = digits[place];
    const uint8_t letter = byte | 0x20;
    if (byte >= '0' && byte <= '9') {
      unit = unit << 4 | uint32_t(byte - '0');
    } else if (letter >= 'a' && letter <= 'f') {
      unit = unit << 4 | uint32_t(letter - 'a' + 10);
    } else {
      return kMalformed;
    }
  }
  return unit;
}

// The byte that a two-byte escape stands for, or 0 where there is no such escape (RFC 8259 section 7).
constexpr uint8_t short_escape(uint8_t letter) noexcept {
  switch (letter) {
    case '"': case '\\': case '/': return letter;
    case 'b': return 0x08;
    case 'f': return 0x0C;
    case 'n': return 0x0A;
    case 'r': return 0x0D;
    case 't': return 0x09;
    default: return 0;
  }
}

struct Scalar {
  uint32_t value;  // kMalformed for bytes that are not UTF-8.
  uint32_t length;
};

// The scalar that begins at `bytes` (RFC 3629 section 4: no overlong forms, no surrogates, nothing above U+10FFFF).
inline Scalar decode(const uint8_t *bytes) noexcept {
  const uint8_t lead = bytes[0];
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xC2 || lead > 0xF4) return {kMalformed, 1};
  const uint32_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  uint32_t value = lead & (0x7Fu >> length);
  for (uint32_t place = 1; place < length; ++place) {
    if ((bytes[place] & 0xC0) != 0x80) return {kMalformed, place};
    value = value << 6 | (bytes[place] & 0x3Fu);
  }
  constexpr uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kLeast[length] || value > 0x10FFFF || surrogate) return {kMalformed, 1};
  return {value, length};
}

// Writes a scalar as UTF-8 and returns how many bytes it took.
inline uint32_t encode(uint32_t scalar, uint8_t *to) noexcept {
  const auto trail = [scalar](uint32_t shift) { return uint8_t(0x80 | (scalar >> shift & 0x3F)); };
  if (scalar < 0x80) {
    to[0] = uint8_t(scalar);
    return 1;
  }
  if (scalar < 0x800) {
    to[0] = uint8_t(0xC0 | scalar >> 6), to[1] = trail(0);
    return 2;
  }
  if (scalar < 0x10000) {
    to[0] = uint8_t(0xE0 | scalar >> 12), to[1] = trail(6), to[2] = trail(0);
    return 3;
  }
  to[0] = uint8_t(0xF0 | scalar >> 18), to[1] = trail(12), to[2] = trail(6), to[3] = trail(0);
  return 4;
}

// Writes a string that the walk has accepted without its escapes and returns the length, never more than `length`.
inline uint32_t unescape(const uint8_t *raw, uint32_t length, uint8_t *to) noexcept {
  uint32_t written = 0;
  for (uint32_t at = 0; at < length;) {
    if (raw[at] != '\\') {
      to[written++] = raw[at++];
    } else if (raw[at + 1] != 'u') {
      to[written++] = short_escape(raw[at + 1]);
      at += 2;
    } else {
      uint32_t scalar = hex4(raw + at + 2);
      at += 6;
      if (is_high_surrogate(scalar)) {
        scalar = join_surrogates(scalar, hex4(raw + at + 2));
        at += 6;
      }
      written += encode(scalar, to + written);
    }
  }
  return written;
}

}  // namespace text
}  // namespace annals
