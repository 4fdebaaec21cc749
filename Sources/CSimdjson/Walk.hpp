#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include "CSimdjson.h"
#include "MemberNames.hpp"
#include "Text.hpp"

namespace annals {

// One pass over a document by recursive descent; the depth limit bounds the recursion. Every method that reads a token
// starts with `at_` on its first byte, leaves it after the last, and returns false after recording a failure.
class Walk {
 public:
  // `bytes` are followed by kPadding zeros. `plain`: known to be UTF-8 without noncharacters.
  Walk(const uint8_t *bytes, uint32_t count, bool plain, std::vector<annals_json_node> &nodes, MemberNames &names)
      : bytes_(bytes), count_(count), plain_(plain), nodes_(nodes), names_(names) {}

  annals_json_result run() {
    if (document()) status_ = annals_json_ok;
    return {nodes_.data(), uint32_t(nodes_.size()), space_count_, offset_, duplicate_, status_};
  }

 private:
  bool document() {
    if (count_ >= 3 && std::memcmp(bytes_, "\xEF\xBB\xBF", 3) == 0) return fail(annals_json_byte_order_mark, 0);
    skip_space();
    if (at_ == count_) return fail(annals_json_empty, at_);
    if (!value(0)) return false;
    skip_space();
    return at_ == count_ || fail(annals_json_trailing_content, at_);
  }

  bool value(unsigned depth) {
    switch (bytes_[at_]) {
      case '"': return string();
      case '{': return object(depth + 1);
      case '[': return array(depth + 1);
      case 't': return literal("true", 4, annals_json_true);
      case 'f': return literal("false", 5, annals_json_false);
      case 'n': return literal("null", 4, annals_json_null);
      case '-': case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
        return number();
      default: return expected(annals_json_expected_value);
    }
  }

  bool object(unsigned depth) {
    if (depth > ANNALS_JSON_MAX_DEPTH) return fail(annals_json_too_deep, at_);
    const size_t node = open(annals_json_object);
    const size_t base = names_.size();
    if (bytes_[at_] == '}') return close(node);
    while (member(depth)) {
      if (bytes_[at_] == ',') {
        advance();
      } else if (bytes_[at_] == '}') {
        duplicate_ = names_.pop(base);
        if (duplicate_ != MemberNames::kNone) return fail_duplicate();
        return close(node);
      } else {
        return expected(annals_json_expected_comma_or_end);
      }
    }
    return false;
  }

  bool member(unsigned depth) {
    if (bytes_[at_] != '"') return expected(annals_json_expected_name);
    if (!string()) return false;
    remember_name();
    skip_space();
    if (bytes_[at_] != ':') return expected(annals_json_expected_colon);
    advance();
    if (!value(depth)) return false;
    skip_space();
    return true;
  }

  bool array(unsigned depth) {
    if (depth > ANNALS_JSON_MAX_DEPTH) return fail(annals_json_too_deep, at_);
    const size_t node = open(annals_json_array);
    if (bytes_[at_] == ']') return close(node);
    while (value(depth)) {
      skip_space();
      if (bytes_[at_] == ',') {
        advance();
      } else if (bytes_[at_] == ']') {
        return close(node);
      } else {
        return expected(annals_json_expected_comma_or_end);
      }
    }
    return false;
  }

  bool string() {
    const uint32_t start = at_ + 1;
    uint32_t end = start;
    bool has_escapes = false;
    for (;;) {
      const uint32_t run = end;
      end = text::end_of_plain_run(bytes_, run);
      if (!plain_ && !scalars(run, end)) return false;
      if (bytes_[end] == '"') break;
      if (bytes_[end] != '\\') {
        const bool ended = end == count_;
        return ended ? fail(annals_json_unterminated_string, at_) : fail(annals_json_control_character, end);
      }
      has_escapes = true;
      if (!escape(end)) return false;
    }
    append(annals_json_string, start, end - start, has_escapes);
    at_ = end + 1;
    return true;
  }

  // Checks the bytes in [from, to) one scalar at a time, to say where the fault is.
  bool scalars(uint32_t from, uint32_t to) {
    while (from < to) {
      const text::Scalar scalar = text::decode(bytes_ + from);
      if (scalar.value == text::kMalformed) return fail(annals_json_invalid_utf8, from);
      if (text::is_noncharacter(scalar.value)) return fail(annals_json_noncharacter, from);
      from += scalar.length;
    }
    return true;
  }

  // Checks the escape whose backslash is at `at` and moves `at` past it.
  bool escape(uint32_t &at) {
    const uint32_t start = at;
    if (at + 1 >= count_) return fail(annals_json_unterminated_string, at_);
    if (text::short_escape(bytes_[at + 1]) != 0) {
      at += 2;
      return true;
    }
    if (bytes_[at + 1] != 'u') return fail(annals_json_invalid_escape, start);
    uint32_t scalar = text::hex4(bytes_ + at + 2);
    if (scalar == text::kMalformed) return fail(annals_json_invalid_escape, start);
    at += 6;
    if (text::is_high_surrogate(scalar)) {
      if (bytes_[at] != '\\' || bytes_[at + 1] != 'u') return fail(annals_json_lone_surrogate, start);
      const uint32_t low = text::hex4(bytes_ + at + 2);
      if (low == text::kMalformed) return fail(annals_json_invalid_escape, at);
      if (!text::is_low_surrogate(low)) return fail(annals_json_lone_surrogate, start);
      scalar = text::join_surrogates(scalar, low);
      at += 6;
    } else if (text::is_low_surrogate(scalar)) {
      return fail(annals_json_lone_surrogate, start);
    }
    return !text::is_noncharacter(scalar) || fail(annals_json_noncharacter, start);
  }

  // RFC 8259 section 6: -? (0 | [1-9][0-9]*) (.[0-9]+)? ([eE][+-]?[0-9]+)?
  bool number() {
    uint32_t end = at_;
    if (bytes_[end] == '-') ++end;
    const uint32_t integer = end;
    if (!digits(end)) return fail(annals_json_invalid_number, end);
    if (bytes_[integer] == '0' && end - integer > 1) return fail(annals_json_invalid_number, integer + 1);
    if (bytes_[end] == '.' && !digits(++end)) return fail(annals_json_invalid_number, end);
    if ((bytes_[end] | 0x20) == 'e') {
      ++end;
      if (bytes_[end] == '+' || bytes_[end] == '-') ++end;
      if (!digits(end)) return fail(annals_json_invalid_number, end);
    }
    if (continues_word(bytes_[end])) return fail(annals_json_invalid_number, end);
    append(annals_json_number, at_, end - at_);
    at_ = end;
    return true;
  }

  // Moves `end` past the digits there; false where there is none.
  bool digits(uint32_t &end) const {
    const uint32_t start = end;
    while (uint8_t(bytes_[end] - '0') < 10) ++end;
    return end > start;
  }

  bool literal(const char *word, uint32_t length, annals_json_kind kind) {
    if (std::memcmp(bytes_ + at_, word, length) != 0 || continues_word(bytes_[at_ + length])) {
      return fail(annals_json_invalid_literal, at_);
    }
    append(kind, at_, length);
    at_ += length;
    return true;
  }

  // Whether a byte right after a number or literal shows that something else was meant. Whatever else may not follow
  // is refused by what comes next.
  static bool continues_word(uint8_t byte) {
    const uint8_t letter = byte | 0x20;
    return uint8_t(byte - '0') < 10 || (letter >= 'a' && letter <= 'z') || byte == '.' || byte == '+' || byte == '-';
  }

  void append(annals_json_kind kind, uint32_t offset, uint32_t length, bool has_escapes = false) {
    nodes_.push_back({offset, length, uint32_t(nodes_.size() + 1), kind, has_escapes});
  }

  // Steps over the opening bracket and the space after it.
  size_t open(annals_json_kind kind) {
    nodes_.push_back({at_, 0, 0, kind, false});
    advance();
    return nodes_.size() - 1;
  }

  bool close(size_t node) {
    ++at_;
    nodes_[node].length = at_ - nodes_[node].offset;
    nodes_[node].next = uint32_t(nodes_.size());
    return true;
  }

  void remember_name() {
    const annals_json_node &name = nodes_.back();
    const uint8_t *raw = bytes_ + name.offset;
    const uint32_t node = uint32_t(nodes_.size() - 1);
    if (!name.has_escapes) {
      names_.push(raw, name.length, node);
    } else {
      const uint32_t length = name.length;
      names_.push_unescaped(length, node, [=](uint8_t *to) { return text::unescape(raw, length, to); });
    }
  }

  // Steps over one byte of punctuation and the space after it.
  void advance() {
    ++at_;
    skip_space();
  }

  void skip_space() {
    // Most documents have none between most tokens.
    if (bytes_[at_] > ' ') return;
    const uint32_t start = at_;
    while (bytes_[at_] == ' ' || bytes_[at_] == '\n' || bytes_[at_] == '\r' || bytes_[at_] == '\t') ++at_;
    space_count_ += at_ - start;
  }

  bool expected(annals_json_status what) {
    return fail(at_ == count_ ? annals_json_unexpected_end : what, at_);
  }

  bool fail_duplicate() { return fail(annals_json_duplicate_name, nodes_[duplicate_].offset - 1); }

  bool fail(annals_json_status status, uint32_t offset) {
    status_ = status;
    offset_ = offset;
    return false;
  }

  const uint8_t *bytes_;
  const uint32_t count_;
  const bool plain_;
  std::vector<annals_json_node> &nodes_;
  MemberNames &names_;
  uint32_t at_ = 0;
  uint32_t space_count_ = 0;
  uint32_t offset_ = 0;
  uint32_t duplicate_ = MemberNames::kNone;
  annals_json_status status_ = annals_json_ok;
};

}  // namespace annals
