// Sends requests to Annals, Redis or PostgreSQL and measures how long each takes to be answered; for scripts/bench.
//
//     peer_load PEER SOCKET CORPUS WORK CLIENTS WINDOW BATCH SECONDS MOST FROM
//
//   PEER     annals, redis, or postgres (SOCKET is then libpq's connection string)
//   CORPUS   lines of six fields with tabs between: view (t, m or -), key, day, row, id, event
//   WORK     append, trade, meetings (50 and 100 rows), or replay
//   WINDOW   requests that each of CLIENTS connections has under way; BATCH events in each
//   SECONDS  how long new requests are begun; MOST events at the most, of CORPUS from the event FROM on. Of questions FROM is the
//            number of the first; no two numbers are the same question to Annals, which remembers answers
//
// One thread and poll(2); the same loop, corpus and clock for all peers. It prints one JSON object.
#define _GNU_SOURCE
#include "peer_corpus.h"
#include <libpq-fe.h>
#include <poll.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

// A request under way: when it was sent, how many events or answers it is, how many replies are still to come.
typedef struct { uint64_t sent; int units, replies; } Request;
typedef struct { int fd, first, count, rows; PGconn *pg; Buffer out, in; Request *ring; } Client;
static enum { ANNALS, REDIS, POSTGRES } peer;
static enum { APPEND, TRADE, MEETINGS, REPLAY } work;

static int clients, window, batch, isFull;
static size_t nextEvent, endOfEvents, nextQuestion;
static char lastSeen[64] = "-";  // of a replay in pages: what the next page comes after
static uint64_t units, *samples, sampleCount, sampleCapacity, ends;

// ---- requests

static void addBulk(Buffer *out, Text text) {
  addFormat(out, "$%zu\r\n", text.length);
  addText(out, text);
  add(out, "\r\n", 2);
}

static void redisCommand(Buffer *out, int words, ...) {
  va_list list;
  va_start(list, words);
  addFormat(out, "*%d\r\n", words);
  while (words-- > 0) addBulk(out, va_arg(list, Text));
  va_end(list);
}

#define TEXT(literal) ((Text){literal, strlen(literal)})

static int redisAppend(Buffer *out, int count) {
  int replies = 2;
  redisCommand(out, 1, TEXT("MULTI"));
  for (; count > 0; count--) {
    Event *event = &events[nextEvent++];
    redisCommand(out, 5, TEXT("XADD"), TEXT("events"), TEXT("*"), TEXT("e"), event->event), replies++;
    if (event->view.at[0] != '-') redisCommand(out, 4, TEXT("ZADD"), event->key, event->day, event->row), replies++;
  }
  redisCommand(out, 1, TEXT("EXEC"));
  return replies;
}

static void annalsAppend(Buffer *out, int count) {
  add(out, "APPEND ", 7);
  for (int index = 0; index < count; index++) {
    if (batch > 1) add(out, index ? "," : "[", 1);
    addText(out, events[nextEvent++].event);
  }
  if (batch > 1) add(out, "]", 1);
  add(out, "\n", 1);
}

static void bigEndian(Buffer *out, uint32_t value) {
  value = __builtin_bswap32(value);
  add(out, &value, 4);
}

// One array of texts in PostgreSQL's binary form.
static void textArray(Buffer *out, Event *from, int count, size_t offset, int onlyRows) {
  int kept = 0;
  for (int index = 0; index < count; index++) kept += !onlyRows || from[index].view.at[0] != '-';
  out->length = 0;
  bigEndian(out, kept ? 1 : 0), bigEndian(out, 0), bigEndian(out, 25);
  if (kept) bigEndian(out, kept), bigEndian(out, 1);
  for (int index = 0; index < count; index++) {
    Text text = *(Text *)((char *)&from[index] + offset);
    if (!onlyRows || from[index].view.at[0] != '-') bigEndian(out, text.length), addText(out, text);
  }
}

static void postgresAppend(Client *client, int count) {
  static Buffer arrays[6];
  static const size_t offsets[] = {offsetof(Event, id), offsetof(Event, event), offsetof(Event, id),
                                   offsetof(Event, key), offsetof(Event, day), offsetof(Event, row)};
  const char *values[6], *name = "batch";
  int lengths[6], formats[6], parameters = 6;
  Event *event = &events[nextEvent];
  if (batch > 1) {
    for (int index = 0; index < 6; index++) {
      textArray(&arrays[index], event, count, offsets[index], index >= 2);
      values[index] = arrays[index].at, lengths[index] = arrays[index].length, formats[index] = 1;
    }
  } else {
    Text texts[] = {event->id, event->event, event->key, event->day, event->row};
    int hasRow = event->view.at[0] != '-';
    name = hasRow ? "row" : "event", parameters = hasRow ? 5 : 2;
    for (int index = 0; index < parameters; index++)
      values[index] = texts[index].at, lengths[index] = texts[index].length, formats[index] = 1;
  }
  nextEvent += count;
  if (!PQsendQueryPrepared(client->pg, name, parameters, values, lengths, formats, 1)) fail("%s", PQerrorMessage(client->pg));
}

static void ask(Client *client) {
  Text key = keys[nextQuestion % keyCount];
  int rows = work == TRADE ? 50 : 100;
  uint64_t turn = nextQuestion++ / keyCount;
  Buffer *out = &client->out;
  if (peer == REDIS) redisCommand(out, 4, TEXT("ZREVRANGE"), key, TEXT("0"), TEXT(work == TRADE ? "49" : "99"));
  // A day of its own, so that the daemon has to work out each answer anew.
  if (peer == ANNALS)
    addFormat(out, "QUERY %s between=%.*s limit=%d order=desc at=%d-%02d-%02d\n", work == TRADE ? "trade-volume" : "meetings",
              (int)key.length - 2, key.at + 2, rows, 2100 + (int)(turn / 336 % 200), 1 + (int)(turn / 28 % 12), 1 + (int)(turn % 28));
  if (peer != POSTGRES) return;
  uint32_t limit = __builtin_bswap32(rows);
  const char *values[] = {key.at, (char *)&limit};
  int lengths[] = {key.length, 4}, formats[] = {1, 1};
  if (!PQsendQueryPrepared(client->pg, "ask", 2, values, lengths, formats, 1)) fail("%s", PQerrorMessage(client->pg));
}

static void page(Client *client) {
  const char *values[] = {lastSeen};
  if (peer == ANNALS) addFormat(&client->out, "REPLAY\n");
  if (peer == REDIS) redisCommand(&client->out, 6, TEXT("XRANGE"), TEXT("events"), TEXT(lastSeen), TEXT("+"), TEXT("COUNT"), TEXT("1000"));
  if (peer == POSTGRES && !PQsendQueryPrepared(client->pg, "page", 1, values, 0, 0, 0)) fail("%s", PQerrorMessage(client->pg));
}

// Begins a request, if there is to be another one.
static int begin(Client *client) {
  Request *request = &client->ring[(client->first + client->count) % window];
  size_t left = endOfEvents - nextEvent;
  *request = (Request){0, 1, 1};
  if (work == REPLAY ? isFull : now() >= ends || (work == APPEND && left == 0)) return 0;
  if (work == APPEND) {
    request->units = left < (size_t)batch ? (int)left : batch;
    if (peer == ANNALS) annalsAppend(&client->out, request->units);
    if (peer == REDIS) request->replies = redisAppend(&client->out, request->units);
    if (peer == POSTGRES) postgresAppend(client, request->units);
  } else if (work == REPLAY) {
    page(client);
  } else {
    ask(client);
  }
  if (peer == POSTGRES && !PQpipelineSync(client->pg)) fail("%s", PQerrorMessage(client->pg));
  request->sent = now();
  client->count++;
  return 1;
}

// ---- replies

static void finish(Client *client) {
  Request *request = &client->ring[client->first];
  int expected = work == TRADE ? 50 : work == MEETINGS ? 100 : 0;
  if (client->rows < expected) fail("an answer has %d rows, not %d", client->rows, expected);
  if (sampleCount == sampleCapacity) samples = realloc(samples, sizeof *samples * (sampleCapacity = 2 * sampleCapacity + 4096));
  samples[sampleCount++] = now() - request->sent;
  units += work == REPLAY ? client->rows : request->units;
  // A page with fewer rows than were asked for is the last one.
  if (work == REPLAY && (peer == ANNALS || client->rows < 1000)) isFull = 1;
  client->rows = 0;
  client->first = (client->first + 1) % window;
  client->count--;
}

static void annalsReplies(Client *client) {
  Buffer *in = &client->in;
  for (char *line, *end; (line = in->at + in->done, end = memchr(line, '\n', in->length - in->done)); in->done = end + 1 - in->at) {
    if (!strncmp(line, "{\"error\":", 9)) fail("annals: %.*s", (int)(end - line), line);
    if (strncmp(line, "{\"ok\":", 6)) client->rows++; else finish(client);
  }
}

// The end of a reply in RESP; NULL where it has not come.
static char *afterReply(char *at, char *end, int depth, int *rows) {
  char *next = at < end ? memchr(at, '\n', end - at) : 0;
  if (!next) return 0;
  long count = *at == '$' || *at == '*' ? atol(at + 1) : 0;
  next++;
  if (*at == '-') fail("redis: %.*s", (int)(next - at), at);
  if (*at == '$' && count >= 0) {
    next += count + 2;
    // In the reply to XRANGE the texts that begin an entry are its id: of two levels, the first.
    if (work == REPLAY && depth == 2 && next <= end) snprintf(lastSeen, sizeof lastSeen, "(%.*s", (int)count, next - 2 - count);
    return next <= end ? next : 0;
  }
  if (*at != '*') return next;
  if (depth == 0) *rows = count;
  while (next && count-- > 0) next = afterReply(next, end, depth + 1, rows);
  return next;
}

static void redisReplies(Client *client) {
  Buffer *in = &client->in;
  for (char *next; client->count && (next = afterReply(in->at + in->done, in->at + in->length, 0, &client->rows));) {
    in->done = next - in->at;
    if (!--client->ring[client->first].replies) finish(client);
  }
}

static void postgresReplies(Client *client) {
  if (!PQconsumeInput(client->pg)) fail("postgres: %s", PQerrorMessage(client->pg));
  for (int nothing = 0; nothing < 2 && !PQisBusy(client->pg);) {
    PGresult *result = PQgetResult(client->pg);
    ExecStatusType status = result ? PQresultStatus(result) : PGRES_EMPTY_QUERY;
    nothing = result ? 0 : nothing + 1;
    if (status == PGRES_FATAL_ERROR || status == PGRES_PIPELINE_ABORTED) fail("postgres: %s", PQresultErrorMessage(result));
    if (status == PGRES_TUPLES_OK && work != APPEND) {
      client->rows = PQntuples(result);
      if (work == REPLAY && client->rows) snprintf(lastSeen, sizeof lastSeen, "%s", PQgetvalue(result, client->rows - 1, 0));
    }
    if (status == PGRES_PIPELINE_SYNC) finish(client);
    PQclear(result);
  }
}

// ---- connections

static void prepare(PGconn *pg, const char *name, const char *query) {
  PGresult *result = PQprepare(pg, name, query, 0, 0);
  if (PQresultStatus(result) != PGRES_COMMAND_OK) fail("postgres: %s", PQresultErrorMessage(result));
  PQclear(result);
}

static void connectPostgres(Client *client, const char *address) {
  client->pg = PQconnectdb(address);
  if (PQstatus(client->pg) != CONNECTION_OK) fail("%s", PQerrorMessage(client->pg));
  prepare(client->pg, "event", "INSERT INTO events(id, event) VALUES ($1::text, $2::text) RETURNING position");
  prepare(client->pg, "row",
          "WITH e AS (INSERT INTO events(id, event) VALUES ($1::text, $2::text) RETURNING position)"
          " INSERT INTO rows(key, day, position, row) SELECT $3::text, $4::text, position, $5::text FROM e RETURNING position");
  prepare(client->pg, "batch",
          "WITH e AS (INSERT INTO events(id, event) SELECT * FROM unnest($1::text[], $2::text[]) RETURNING position, id)"
          " INSERT INTO rows(key, day, position, row) SELECT key, day, position, row FROM e"
          " JOIN unnest($3::text[], $4::text[], $5::text[], $6::text[]) AS v(id, key, day, row) USING (id)");
  prepare(client->pg, "ask", "SELECT row FROM rows WHERE key = $1::text ORDER BY day DESC, position DESC LIMIT $2::int");
  prepare(client->pg, "page", "SELECT position, event FROM events WHERE position > $1::bigint ORDER BY position LIMIT 1000");
  if (work == REPLAY) strcpy(lastSeen, "0");
  if (PQsetnonblocking(client->pg, 1) || !PQenterPipelineMode(client->pg)) fail("%s", PQerrorMessage(client->pg));
  client->fd = PQsocket(client->pg);
}

static void connectTo(Client *client, const char *address) {
  struct sockaddr_un name = {.sun_family = AF_UNIX};
  client->ring = calloc(window, sizeof *client->ring);
  if (peer == POSTGRES) return connectPostgres(client, address);
  snprintf(name.sun_path, sizeof name.sun_path, "%s", address);
  client->fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (client->fd < 0 || connect(client->fd, (struct sockaddr *)&name, sizeof name)) fail("%s: %s", address, strerror(errno));
  fcntl(client->fd, F_SETFL, O_NONBLOCK);
}

// Writes what can be written; gives whether something is left.
static int flush(Client *client) {
  Buffer *out = &client->out;
  if (peer == POSTGRES) return PQflush(client->pg) == 1;
  while (out->done < out->length) {
    ssize_t count = send(client->fd, out->at + out->done, out->length - out->done, MSG_NOSIGNAL);
    if (count < 0 && errno == EAGAIN) return 1;
    if (count < 0) fail("send: %s", strerror(errno));
    out->done += count;
  }
  out->length = out->done = 0;
  return 0;
}

static void receive(Client *client) {
  Buffer *in = &client->in;
  if (peer == POSTGRES) return postgresReplies(client);
  memmove(in->at, in->at + in->done, in->length - in->done);
  in->length -= in->done, in->done = 0;
  reserve(in, 256 << 10);
  ssize_t count = recv(client->fd, in->at + in->length, in->capacity - in->length, 0);
  if (count < 0 && errno == EAGAIN) return;
  if (count <= 0) fail("the peer closed the connection");
  in->length += count;
  if (peer == ANNALS) annalsReplies(client); else redisReplies(client);
}

// ---- the whole

static int ascending(const void *one, const void *other) {
  uint64_t a = *(uint64_t *)one, b = *(uint64_t *)other;
  return (a > b) - (a < b);
}

static void report(uint64_t nanoseconds) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  double used = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
  qsort(samples, sampleCount, sizeof *samples, ascending);
  printf("{\"count\":%lu,\"seconds\":%.6f,\"p50_us\":%.1f,\"p99_us\":%.1f,\"p999_us\":%.1f,\"client_cpu\":%.2f,\"next\":%zu}\n",
         (unsigned long)units, nanoseconds * 1e-9, samples[sampleCount / 2] / 1e3, samples[sampleCount * 99 / 100] / 1e3,
         samples[sampleCount * 999 / 1000] / 1e3, used / (nanoseconds * 1e-9), work == APPEND ? nextEvent : nextQuestion);
}

static int indexOf(const char *name, const char *const *names) {
  for (int index = 0; names[index]; index++) if (!strcmp(name, names[index])) return index;
  fail("what is %s?", name);
  return 0;
}

int main(int count, char **words) {
  if (count != 11) fail("usage: peer_load PEER SOCKET CORPUS WORK CLIENTS WINDOW BATCH SECONDS MOST FROM");
  peer = indexOf(words[1], (const char *const[]){"annals", "redis", "postgres", 0});
  work = indexOf(words[4], (const char *const[]){"append", "trade", "meetings", "replay", 0});
  clients = atoi(words[5]), window = atoi(words[6]), batch = atoi(words[7]);
  if (work != REPLAY) readCorpus(words[3], work == TRADE ? 't' : work == MEETINGS ? 'm' : 0);
  if ((work == TRADE || work == MEETINGS) && !keyCount) fail("the corpus has nothing to ask for");
  nextEvent = nextQuestion = atol(words[10]), endOfEvents = nextEvent + atol(words[9]);
  if (endOfEvents > eventCount) endOfEvents = eventCount;
  if (work == APPEND && nextEvent >= endOfEvents) fail("the corpus has no more events");
  Client *all = calloc(clients, sizeof *all);
  struct pollfd *polled = calloc(clients, sizeof *polled);
  for (int index = 0; index < clients; index++) connectTo(&all[index], words[2]);
  uint64_t started = now();
  ends = started + (uint64_t)(atof(words[8]) * 1e9);
  for (int index = 0; index < clients; index++) while (all[index].count < window && begin(&all[index])) {}
  for (int running = 1; running;) {
    running = 0;
    for (int index = 0; index < clients; index++) {
      int isBehind = flush(&all[index]);
      polled[index] = (struct pollfd){all[index].count ? all[index].fd : -1, POLLIN | (isBehind ? POLLOUT : 0), 0};
      running += all[index].count > 0;
    }
    if (running && poll(polled, clients, -1) < 0) fail("poll: %s", strerror(errno));
    for (int index = 0; index < clients; index++) {
      if (all[index].count && polled[index].revents & (POLLIN | POLLHUP | POLLERR)) receive(&all[index]);
      while (all[index].count < window && begin(&all[index])) {}
    }
  }
  report(now() - started);
  return 0;
}
