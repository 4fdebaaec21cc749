#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <deque>
#include <vector>

namespace annals {

// Zero bytes after the document: they end every scan, and let eight bytes be read at once from any place in it.
constexpr uint32_t kPadding = 64;

// The names of the objects that are open, innermost last, so that a duplicate is found when its object closes.
class MemberNames {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  void clear() noexcept {
    names_.clear();
    unescaped_.clear();
  }

  size_t size() const noexcept { return names_.size(); }

  // A name without escapes; `text` is followed by at least eight readable bytes.
  void push(const uint8_t *text, uint32_t length, uint32_t node) {
    uint64_t prefix;
    std::memcpy(&prefix, text, sizeof prefix);
    if (length < sizeof prefix) prefix &= (uint64_t(1) << (8 * length)) - 1;
    names_.push_back({prefix, text, length, node});
  }

  // A name with escapes: `write` puts it, unescaped, into a buffer of `room` bytes and returns how many it used.
  template <class Write>
  void push_unescaped(uint32_t room, uint32_t node, Write write) {
    std::vector<uint8_t> &buffer = unescaped_.emplace_back(room + sizeof(uint64_t));
    const uint32_t length = write(buffer.data());
    push(buffer.data(), length, node);
  }

  // Takes away the names from `base` on. The node of the first name that repeats an earlier one of them, or kNone.
  uint32_t pop(size_t base) noexcept {
    const auto first = names_.begin() + base;
    const uint32_t duplicate =
        names_.end() - first <= kPairwise ? pairwise(first, names_.end()) : sorted(first, names_.end());
    names_.erase(first, names_.end());
    return duplicate;
  }

 private:
  struct Name {
    uint64_t prefix;  // The first eight bytes, with zeros after a shorter name.
    const uint8_t *text;
    uint32_t length;
    uint32_t node;
  };
  using Iterator = std::vector<Name>::iterator;

  // Up to this many names, comparing each with each is quicker than sorting.
  static constexpr ptrdiff_t kPairwise = 24;

  static bool equal(const Name &a, const Name &b) noexcept {
    return a.prefix == b.prefix && a.length == b.length && std::memcmp(a.text, b.text, a.length) == 0;
  }

  static uint32_t pairwise(Iterator first, Iterator last) noexcept {
    for (Iterator later = first; later != last; ++later) {
      for (Iterator earlier = first; earlier != later; ++earlier) {
        if (equal(*earlier, *later)) return later->node;
      }
    }
    return kNone;
  }

  // Sorting compares contents, not hashes, so no choice of names makes it slow.
  static uint32_t sorted(Iterator first, Iterator last) noexcept {
    std::sort(first, last, [](const Name &a, const Name &b) noexcept {
      if (a.prefix != b.prefix) return a.prefix < b.prefix;
      if (a.length != b.length) return a.length < b.length;
      const int order = std::memcmp(a.text, b.text, a.length);
      return order != 0 ? order < 0 : a.node < b.node;
    });
    uint32_t duplicate = kNone;
    for (Iterator name = first + 1; name < last; ++name) {
      if (equal(name[-1], name[0])) duplicate = std::min(duplicate, name->node);
    }
    return duplicate;
  }

  std::vector<Name> names_;
  std::deque<std::vector<uint8_t>> unescaped_;  // A deque: growing must not move what names point into.
};

}  // namespace annals
