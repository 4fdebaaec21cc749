// The C interface: buffers, UTF-8 validation, and the choice of how strings are to be read.

#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <cstring>
#include <vector>

#include "CSimdjson.h"
#include "MemberNames.hpp"
#include "Walk.hpp"

struct annals_json_parser {
  std::vector<uint8_t> padded;
  std::vector<annals_json_node> nodes;
  annals::MemberNames names;
};

namespace {

// The two loops below are plain enough for the compiler to vectorise, and run on into the padding so that nothing is
// left over for single steps.
constexpr uint32_t kBlock = 32;
static_assert(kBlock < annals::kPadding);

bool is_ascii(const uint8_t *bytes, uint32_t count) noexcept {
  uint8_t all = 0;
  const uint32_t end = (count + kBlock - 1) / kBlock * kBlock;
  for (uint32_t at = 0; at < end; ++at) all |= bytes[at];
  return all < 0x80;
}

// Whether valid UTF-8 may hold a noncharacter (Unicode 3.4, D14): U+FDD0...U+FDEF are EF B7 90...EF B7 AF, and the last
// two of every plane end in BF BE or BF BF. Others match too; this only decides whether to look closely.
bool may_hold_noncharacter(const uint8_t *bytes, uint32_t count) noexcept {
  uint8_t found = 0;
  const uint32_t end = (count + kBlock - 1) / kBlock * kBlock;
  for (uint32_t at = 0; at < end; ++at) {
    const uint8_t byte = bytes[at], following = bytes[at + 1];
    const uint8_t ends_plane = (byte == 0xBF) & ((following & 0xFE) == 0xBE);
    const uint8_t arabic_forms = (byte == 0xEF) & (following == 0xB7);
    found |= ends_plane | arabic_forms;
  }
  return found != 0;
}

}  // namespace

annals_json_parser *annals_json_parser_create(void) { return new annals_json_parser; }

void annals_json_parser_destroy(annals_json_parser *parser) { delete parser; }

void annals_json_parser_trim(annals_json_parser *parser) { *parser = annals_json_parser(); }

annals_json_result annals_json_parse(annals_json_parser *parser, const uint8_t *bytes, uint32_t count) {
  const size_t needed = size_t(count) + annals::kPadding;
  if (parser->padded.size() < needed) parser->padded.resize(needed);
  uint8_t *padded = parser->padded.data();
  if (count > 0) std::memcpy(padded, bytes, count);
  std::memset(padded + count, 0, annals::kPadding);
  parser->nodes.clear();
  parser->names.clear();

  const auto *characters = reinterpret_cast<const char *>(padded);
  const bool plain = is_ascii(padded, count) ||
                     (simdjson::validate_utf8(characters, count) && !may_hold_noncharacter(padded, count));
  return annals::Walk(padded, count, plain, parser->nodes, parser->names).run();
}
