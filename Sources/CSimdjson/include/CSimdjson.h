/// A strict JSON parser behind a C interface: RFC 8259 narrowed by RFC 7493 (I-JSON), numbers kept as written.
///
/// simdjson validates UTF-8; a single walk validates every token and writes a flat tape of nodes. simdjson's own
/// parsers are not used: DOM turns numbers into binary floats (and refuses those that do not fit) and drops offsets,
/// On-Demand leaves unchecked what nobody asks for, both allow duplicate names, and the first stage reports faults
/// without a place.
///
/// Running out of memory ends the process, as it does in Swift.
#ifndef ANNALS_CSIMDJSON_H
#define ANNALS_CSIMDJSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Arrays and objects that may be open at once.
#define ANNALS_JSON_MAX_DEPTH 32

#define ANNALS_CLOSED_ENUM __attribute__((enum_extensibility(closed)))

/// What a node of the tape stands for.
typedef enum ANNALS_CLOSED_ENUM annals_json_kind : uint8_t {
  annals_json_object,
  annals_json_array,
  annals_json_string,
  annals_json_number,
  annals_json_true,
  annals_json_false,
  annals_json_null,
} annals_json_kind;

/// Why a document was refused.
typedef enum ANNALS_CLOSED_ENUM annals_json_status : uint8_t {
  annals_json_ok,
  annals_json_empty,
  annals_json_byte_order_mark,
  annals_json_unexpected_end,
  annals_json_expected_value,
  annals_json_expected_name,
  annals_json_expected_colon,
  annals_json_expected_comma_or_end,
  annals_json_trailing_content,
  annals_json_invalid_literal,
  annals_json_invalid_number,
  annals_json_invalid_escape,
  annals_json_lone_surrogate,
  annals_json_noncharacter,
  annals_json_control_character,
  annals_json_invalid_utf8,
  annals_json_unterminated_string,
  annals_json_too_deep,
  annals_json_duplicate_name,
} annals_json_status;

/// One value, or one member name (a string node that precedes its member's value), in the order written.
typedef struct annals_json_node {
  /// First byte of the token; for a string, the first byte after the opening quote.
  uint32_t offset;
  /// Bytes of the token, of a whole array or object with its brackets, or of a string between its quotes.
  uint32_t length;
  /// Index of the node after this one and all it contains; 0 in an array or object that is not closed yet.
  uint32_t next;
  annals_json_kind kind;
  /// Whether a string contains a backslash; false for other kinds.
  bool has_escapes;
} annals_json_node;

typedef struct annals_json_result {
  /// The tape, valid until the next call with the same parser. After a failure: what was read before it.
  const annals_json_node *_Nullable nodes;
  uint32_t node_count;
  /// Bytes of insignificant white space in the document.
  uint32_t space_count;
  /// After a failure: the offending byte.
  uint32_t offset;
  /// After annals_json_duplicate_name: the node of the second of two equal names.
  uint32_t duplicate;
  annals_json_status status;
} annals_json_result;

/// Buffers that are reused from call to call. To be used by one thread at a time.
typedef struct annals_json_parser annals_json_parser;

annals_json_parser *_Nonnull annals_json_parser_create(void);
void annals_json_parser_destroy(annals_json_parser *_Nonnull parser);

/// Parses `count` bytes, fewer than 2^32 - 64. The bytes are not kept.
annals_json_result annals_json_parse(
    annals_json_parser *_Nonnull parser, const uint8_t *_Nullable bytes, uint32_t count);

/// Gives the parser's buffers back, for use after an unusually large document.
void annals_json_parser_trim(annals_json_parser *_Nonnull parser);

#ifdef __cplusplus
}
#endif

#endif
