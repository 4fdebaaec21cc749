// Texts, buffers and the corpus of peer_load.c.
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>

typedef struct { const char *at; size_t length; } Text;
typedef struct { Text view, key, day, row, id, event; } Event;
typedef struct { char *at; size_t length, capacity, done; } Buffer;

static Event *events;
static size_t eventCount, eventCapacity, keyCount;
static Text keys[128];  // of the rows that are asked for

static void fail(const char *format, ...) {
  va_list list;
  va_start(list, format);
  vfprintf(stderr, format, list);
  fputc('\n', stderr);
  exit(1);
}

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000ull + time.tv_nsec;
}

static void reserve(Buffer *buffer, size_t count) {
  if (buffer->length + count <= buffer->capacity) return;
  buffer->capacity = 2 * (buffer->length + count);
  if (!(buffer->at = realloc(buffer->at, buffer->capacity))) fail("no memory");
}

static void add(Buffer *buffer, const void *bytes, size_t count) {
  reserve(buffer, count);
  memcpy(buffer->at + buffer->length, bytes, count);
  buffer->length += count;
}

static void addFormat(Buffer *buffer, const char *format, ...) {
  va_list list;
  reserve(buffer, 256);
  va_start(list, format);
  buffer->length += vsnprintf(buffer->at + buffer->length, 256, format, list);
  va_end(list);
}

static void addText(Buffer *buffer, Text text) { add(buffer, text.at, text.length); }

static Text field(const char **at, char end) {
  const char *stop = strchr(*at, end);
  if (!stop) fail("the corpus has a line with too few fields");
  Text text = {*at, stop - *at};
  *at = stop + 1;
  return text;
}

// Reads the corpus; of rows of the view `wanted`, notes the keys.
static void readCorpus(const char *path, char wanted) {
  int fd = open(path, O_RDONLY);
  struct stat status;
  if (fd < 0 || fstat(fd, &status)) fail("%s: %s", path, strerror(errno));
  // One byte more, which is 0: the end of the text.
  char *text = mmap(0, status.st_size + 1, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
  if (text == MAP_FAILED) fail("%s: %s", path, strerror(errno));
  for (const char *at = text, *end = text + status.st_size; at < end;) {
    if (eventCount == eventCapacity) events = realloc(events, sizeof *events * (eventCapacity = 2 * eventCapacity + 1024));
    Event *event = &events[eventCount++];
    event->view = field(&at, '\t'), event->key = field(&at, '\t'), event->day = field(&at, '\t');
    event->row = field(&at, '\t'), event->id = field(&at, '\t'), event->event = field(&at, '\n');
    size_t index = 0;
    if (event->view.at[0] != wanted) continue;
    while (index < keyCount && (keys[index].length != event->key.length ||
                                memcmp(keys[index].at, event->key.at, event->key.length))) index++;
    if (index == keyCount && keyCount < 66) keys[keyCount++] = event->key;
  }
}
