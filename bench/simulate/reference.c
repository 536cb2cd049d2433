/*
 * What the virtual engine does, written in C: the measure of how much of the machine it uses.
 *
 * The same work, account by account: a lane for each delay and a heap beside them, ordered by (due,
 * event, marks); a byte an event in the receiver's inbox; the exact window in a ring that grows;
 * tallies by hook and by answer; subscriptions by pair; chance by MurmurHash3's finaliser; stretches
 * of new events that are all taken, or all missed, in loops of their own. Room is kept from one
 * account to the next.
 *
 *   reference <kind:events:accounts,…> <latency 0|1>
 *
 * prints {"attempts", "ms", "digest"}; the time is that of playing, without the start of the process.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NEVER INFINITY
enum { DELAYS = 5, ATTEMPTS_MAX = 6, ATTEMPTS_MIN = 10, PAIRS = 45, ANSWERS = 4 };
enum { OK, LATE, FAILURE, REFUSED };
enum { FAILED = 1, PROCESSED = 2 };
static const double DELAYS_MS[DELAYS] = {30e3, 120e3, 480e3, 1920e3, 7680e3};
static const double WINDOW_MS = 3600e3, TIMEOUT_MS = 3000, REENABLE_MS = 3600e3;
static const int64_t NUMERATOR = 4, DENOMINATOR = 5;
static const uint8_t FLAGS[ANSWERS] = {PROCESSED, FAILED | PROCESSED, FAILED, FAILED};

/* ---- chance ---- */

static uint32_t fnv1a(const char *text, uint32_t hash) {
  for (; *text; text++) hash = (hash ^ (uint8_t)*text) * 0x01000193u;
  return hash;
}

static uint32_t seed_of(const char *text) {
  uint32_t a = fnv1a(text, 0x811c9dc5u), b = fnv1a(text, 0x9e3779b9u), c = fnv1a(text, 0x85ebca6bu);
  uint32_t sum = 0, counter = 1;
  for (int round = 0; round < 16; round++) {
    sum = a + b + counter++;
    a = b ^ (b >> 9);
    b = c + (c << 3);
    c = ((c << 21) | (c >> 11)) + sum;
  }
  return sum;
}

static uint32_t draw(uint32_t seed, uint32_t event, uint32_t label) {
  uint32_t hash = ((event ^ seed) * 0x9e3779b1u) ^ label;
  hash ^= hash >> 16;
  hash *= 0x85ebca6bu;
  hash ^= hash >> 13;
  hash *= 0xc2b2ae35u;
  return hash ^ (hash >> 16);
}

/* ---- what waits ---- */

typedef struct {
  double *due_ms, *since_ms;
  uint32_t *event, *marks;
  uint32_t capacity, head, tail;
  int keeps_since;
} Lane;

typedef struct {
  Lane lanes[DELAYS + 1]; /* the heap first */
  double first_ms[DELAYS + 1], next_ms;
  int count, next;
  uint32_t event, marks;
  double since_ms;
} Agenda;

static void *room(void *old, size_t bytes) {
  void *got = realloc(old, bytes);
  if (got == NULL) exit(1);
  return got;
}

static void widen(Lane *lane) {
  uint32_t old = lane->capacity, capacity = old ? old * 2 : 32;
  Lane wider = *lane;
  wider.capacity = capacity;
  wider.due_ms = room(NULL, capacity * sizeof(double));
  wider.event = room(NULL, capacity * sizeof(uint32_t));
  wider.marks = room(NULL, capacity * sizeof(uint32_t));
  wider.since_ms = lane->keeps_since ? room(NULL, capacity * sizeof(double)) : NULL;
  for (uint32_t index = lane->head; index != lane->tail; index++) {
    uint32_t from = index & (old - 1), to = index & (capacity - 1);
    wider.due_ms[to] = lane->due_ms[from];
    wider.event[to] = lane->event[from];
    wider.marks[to] = lane->marks[from];
    if (lane->keeps_since) wider.since_ms[to] = lane->since_ms[from];
  }
  free(lane->due_ms);
  free(lane->event);
  free(lane->marks);
  free(lane->since_ms);
  *lane = wider;
}

static int precedes(const Lane *one, uint32_t a, const Lane *other, uint32_t b) {
  if (one->due_ms[a] != other->due_ms[b]) return one->due_ms[a] < other->due_ms[b];
  if (one->event[a] != other->event[b]) return one->event[a] < other->event[b];
  return one->marks[a] < other->marks[b];
}

static void copy(Lane *lane, uint32_t from, uint32_t to) {
  lane->due_ms[to] = lane->due_ms[from];
  lane->event[to] = lane->event[from];
  lane->marks[to] = lane->marks[from];
  if (lane->keeps_since) lane->since_ms[to] = lane->since_ms[from];
}

static void write_entry(Lane *lane, uint32_t slot, double due, uint32_t event, uint32_t marks, double since) {
  lane->due_ms[slot] = due;
  lane->event[slot] = event;
  lane->marks[slot] = marks;
  if (lane->keeps_since) lane->since_ms[slot] = since;
}

static void push_heap(Lane *heap, double due, uint32_t event, uint32_t marks, double since) {
  if (heap->tail == heap->capacity) widen(heap);
  uint32_t slot = heap->tail++;
  while (slot > 0) {
    uint32_t parent = (slot - 1) >> 1;
    double parent_ms = heap->due_ms[parent];
    if (parent_ms < due) break;
    if (parent_ms == due && (heap->event[parent] < event ||
                             (heap->event[parent] == event && heap->marks[parent] <= marks)))
      break;
    copy(heap, parent, slot);
    slot = parent;
  }
  write_entry(heap, slot, due, event, marks, since);
}

static void pop_heap(Lane *heap) {
  uint32_t size = --heap->tail, slot = 0;
  for (uint32_t child = 1; child < size; child = 2 * slot + 1) {
    if (child + 1 < size && precedes(heap, child + 1, heap, child)) child++;
    if (!precedes(heap, child, heap, size)) break;
    copy(heap, child, slot);
    slot = child;
  }
  copy(heap, size, slot);
}

static uint32_t head_of(const Lane *lane) { return lane->head & (lane->capacity - 1); }

static void find_next(Agenda *agenda) {
  int next = 0;
  double next_ms = agenda->first_ms[0];
  for (int index = 1; index < agenda->count; index++) {
    double ms = agenda->first_ms[index];
    if (ms > next_ms || ms == NEVER) continue;
    const Lane *one = &agenda->lanes[next], *other = &agenda->lanes[index];
    if (ms == next_ms && precedes(one, head_of(one), other, head_of(other))) continue;
    next = index;
    next_ms = ms;
  }
  agenda->next = next;
  agenda->next_ms = next_ms;
}

static void push(Agenda *agenda, int delay, double due, uint32_t event, uint32_t marks, double since) {
  int place = delay + 1;
  Lane *lane = &agenda->lanes[place];
  int was_empty = lane->head == lane->tail;
  if (!was_empty) {
    uint32_t last = (lane->tail - 1) & (lane->capacity - 1);
    double last_ms = lane->due_ms[last];
    if (last_ms > due ||
        (last_ms == due && (lane->event[last] > event ||
                            (lane->event[last] == event && lane->marks[last] > marks)))) {
      Lane *heap = &agenda->lanes[0];
      push_heap(heap, due, event, marks, since);
      agenda->first_ms[0] = heap->due_ms[0];
      if (due <= agenda->next_ms) find_next(agenda);
      return;
    }
  }
  if (lane->tail - lane->head == lane->capacity) widen(lane);
  write_entry(lane, lane->tail++ & (lane->capacity - 1), due, event, marks, since);
  if (!was_empty) return;
  agenda->first_ms[place] = due;
  if (due <= agenda->next_ms) find_next(agenda);
}

static void pop(Agenda *agenda) {
  Lane *lane = &agenda->lanes[agenda->next];
  uint32_t slot = head_of(lane);
  agenda->event = lane->event[slot];
  agenda->marks = lane->marks[slot];
  if (lane->keeps_since) agenda->since_ms = lane->since_ms[slot];
  if (agenda->next == 0) pop_heap(lane);
  else lane->head++;
  agenda->first_ms[agenda->next] = lane->head == lane->tail ? NEVER : lane->due_ms[head_of(lane)];
  find_next(agenda);
}

static void reset(Agenda *agenda, int delays, int keeps_since) {
  agenda->count = delays + 1;
  for (int index = 0; index < agenda->count; index++) {
    agenda->lanes[index].head = agenda->lanes[index].tail = 0;
    agenda->lanes[index].keeps_since = keeps_since;
    agenda->first_ms[index] = NEVER;
  }
  find_next(agenda);
}

/* ---- the rule, and what is counted for a hook ---- */

typedef struct {
  double *times_ms;
  uint8_t *marks;
  uint32_t capacity, head, tail;
  int64_t failed, total;
} Window;

typedef struct {
  Window window;
  int enabled;
  int64_t exhausted, dropped, missed, short_min, mails;
  int64_t by_answer[ANSWERS];
  double *disabled_ms;
  uint32_t disabled, disabled_room;
  uint32_t *missing;
  uint32_t missings, missing_room;
} Tally;

static void count(Window *window, double at_ms, int failed) {
  double oldest_ms = at_ms - WINDOW_MS + 1;
  uint32_t mask = window->capacity - 1, head = window->head;
  for (; head != window->tail && window->times_ms[head & mask] < oldest_ms; head++) {
    window->total--;
    window->failed -= window->marks[head & mask];
  }
  window->head = head;
  if (window->tail - head == window->capacity) {
    uint32_t capacity = window->capacity * 2;
    double *times_ms = room(NULL, capacity * sizeof(double));
    uint8_t *marks = room(NULL, capacity);
    for (uint32_t index = head; index != window->tail; index++) {
      times_ms[index & (capacity - 1)] = window->times_ms[index & mask];
      marks[index & (capacity - 1)] = window->marks[index & mask];
    }
    free(window->times_ms);
    free(window->marks);
    window->times_ms = times_ms;
    window->marks = marks;
    window->capacity = capacity;
    mask = capacity - 1;
  }
  window->times_ms[window->tail & mask] = at_ms;
  window->marks[window->tail++ & mask] = (uint8_t)failed;
  window->total++;
  window->failed += failed;
}

static void give_up(Tally *tally, uint32_t event) {
  if (tally->missings == tally->missing_room) {
    tally->missing_room = tally->missing_room ? tally->missing_room * 2 : 64;
    tally->missing = room(tally->missing, tally->missing_room * sizeof(uint32_t));
  }
  tally->missing[tally->missings++] = event;
}

/* ---- what a receiver answers ---- */

typedef struct {
  int kind; /* 0 settled, 1 by chance, 2 even latency */
  double from_ms, until_ms, below, took_ms, min_ms, span_ms;
  int answer;
  uint32_t attempt_mask, seed;
} Behaviour;

typedef struct {
  Behaviour played[4];
  int count, may_take_all;
  double duration_ms;
} Receiver;

static int takes_all(const Behaviour *one) { return one->kind == 0 && one->answer == OK && one->took_ms == 0; }

static double takes_all_until(const Receiver *receiver, double at_ms) {
  double until_ms = NEVER;
  for (int index = 0; index < receiver->count; index++) {
    const Behaviour *one = &receiver->played[index];
    if (at_ms >= one->until_ms) continue;
    if (at_ms >= one->from_ms) return takes_all(one) ? fmin(until_ms, one->until_ms) : -NEVER;
    until_ms = fmin(until_ms, one->from_ms);
  }
  return until_ms;
}

static int answer_to(Receiver *receiver, uint32_t event, uint32_t attempt, double at_ms) {
  for (int index = 0; index < receiver->count; index++) {
    const Behaviour *one = &receiver->played[index];
    if (at_ms < one->from_ms || at_ms >= one->until_ms) continue;
    if (one->kind == 1) {
      if (draw(one->seed, event, attempt & one->attempt_mask) >= one->below) continue;
    } else if (one->kind == 2) {
      double took_ms = one->min_ms + floor(draw(one->seed, event, attempt) / 4294967296.0 * one->span_ms);
      receiver->duration_ms = took_ms <= TIMEOUT_MS ? took_ms : TIMEOUT_MS;
      return took_ms <= TIMEOUT_MS ? OK : LATE;
    }
    receiver->duration_ms = one->took_ms;
    return one->answer;
  }
  receiver->duration_ms = 0;
  return OK;
}

/* ---- an account ---- */

typedef struct {
  uint8_t *has, *pairs;
  uint32_t room;
  int64_t duplicates;
  Agenda retries, ends;
  Tally tallies[1];
  uint32_t subscribers[PAIRS][1];
  int subscribed[PAIRS];
} Account;

static int is_of(uint32_t marks, uint32_t hook) { return marks >> 16 == hook; }

static void drop_retries(Agenda *agenda, Tally *tally, uint32_t hook) {
  for (int place = 0; place < agenda->count; place++) {
    Lane *lane = &agenda->lanes[place];
    uint32_t tail = lane->tail;
    lane->tail = lane->head;
    for (uint32_t index = lane->head; index != tail; index++) {
      uint32_t slot = index & (lane->capacity - 1);
      if (is_of(lane->marks[slot], hook)) {
        tally->dropped++;
        give_up(tally, lane->event[slot]);
      } else {
        copy(lane, slot, lane->tail++ & (lane->capacity - 1));
      }
    }
    agenda->first_ms[place] = lane->head == lane->tail ? NEVER : lane->due_ms[head_of(lane)];
  }
  find_next(agenda);
}

static uint32_t digest = 0x811c9dc5u;

static void add(double value) {
  digest = (digest ^ (uint32_t)(uint64_t)value) * 0x01000193u;
  digest = (digest ^ (uint32_t)((uint64_t)value >> 32)) * 0x01000193u;
}

static void tell(const Account *account, const Tally *tally) {
  int64_t lost = 0;
  for (uint32_t index = 0; index < tally->missings; index++) lost += account->has[tally->missing[index]] == 0;
  int64_t failed = 0, delivered = 0;
  for (int answer = 0; answer < ANSWERS; answer++) {
    if (FLAGS[answer] & FAILED) failed += tally->by_answer[answer];
    else delivered += tally->by_answer[answer];
  }
  add(failed + delivered);
  add(failed);
  add(delivered);
  add(tally->exhausted);
  add(tally->dropped);
  add(tally->missed);
  add(lost);
  for (uint32_t index = 0; index < tally->disabled; index++) add(tally->disabled_ms[index]);
}

static void begin(Account *account) {
  reset(&account->retries, DELAYS, 0);
  reset(&account->ends, 1, 1);
  memset(account->has, 0, account->room);
  account->duplicates = 0;
  Tally *tally = &account->tallies[0];
  Window *window = &tally->window;
  window->head = window->tail = 0;
  window->failed = window->total = 0;
  tally->enabled = 1;
  tally->exhausted = tally->dropped = tally->missed = tally->mails = 0;
  tally->short_min = INT64_MAX;
  tally->disabled = tally->missings = 0;
  memset(tally->by_answer, 0, sizeof tally->by_answer);
}

static void enter(Account *account, uint32_t event) {
  if (event == account->room) {
    account->has = room(account->has, account->room * 2);
    account->pairs = room(account->pairs, account->room * 2);
    memset(account->has + account->room, 0, account->room);
    account->room *= 2;
  }
  account->pairs[event] = 2;
}

static int judge(Tally *tally, double at_ms, int failed) {
  count(&tally->window, at_ms, failed);
  if (tally->window.total < ATTEMPTS_MIN) return 0;
  int64_t distance = NUMERATOR * tally->window.total - DENOMINATOR * tally->window.failed;
  if (distance < tally->short_min) tally->short_min = distance;
  int tripped = distance < 0 && tally->enabled;
  if (tripped) tally->enabled = 0;
  return tripped;
}

static int64_t play(Account *account, Receiver *receivers, double every_ms, uint32_t events) {
  Agenda *retries = &account->retries, *ends = &account->ends;
  double enable_ms = NEVER, traffic_ms = events > 0 ? 0 : NEVER;
  uint32_t happened = 0, told_hooks = 0, hooks_to_tell = 0;
  const uint32_t *subscribers = NULL;
  int64_t attempts = 0;
  for (;;) {
    double at_ms = traffic_ms, started_ms, first_ms;
    uint32_t event, marks;
    int answer = 0, has_ended = 0;
    if (told_hooks < hooks_to_tell) {
      event = happened - 1;
      marks = subscribers[told_hooks++] << 16;
      at_ms = started_ms = first_ms = floor(event * every_ms + 0.5);
    } else {
      if (retries->next_ms < at_ms) at_ms = retries->next_ms;
      if (ends->next_ms < at_ms) at_ms = ends->next_ms;
      if (enable_ms <= at_ms && enable_ms != NEVER) {
        Tally *tally = &account->tallies[0];
        tally->enabled = 1;
        tally->window.head = tally->window.tail = 0;
        tally->window.failed = tally->window.total = 0;
        enable_ms = NEVER;
        continue;
      }
      if (at_ms == NEVER) break;
      started_ms = first_ms = at_ms;
      if (ends->next_ms == at_ms) {
        pop(ends);
        event = ends->event;
        marks = ends->marks;
        started_ms = floor(ends->since_ms / 256);
        answer = (int)(ends->since_ms - started_ms * 256);
        has_ended = 1;
      } else if (retries->next_ms == at_ms) {
        pop(retries);
        event = retries->event;
        marks = retries->marks;
      } else {
        event = happened++;
        enter(account, event);
        subscribers = account->subscribers[2];
        hooks_to_tell = (uint32_t)account->subscribed[2];
        traffic_ms = happened < events ? floor(happened * every_ms + 0.5) : NEVER;
        if (hooks_to_tell == 0) continue;
        marks = subscribers[0] << 16;
        told_hooks = 1;
      }
    }
    uint32_t hook = marks >> 16;
    Tally *tally = &account->tallies[hook];
    if (!has_ended) {
      if (!tally->enabled && (marks & 0x7fff) == 0) {
        tally->missed++;
        give_up(tally, event);
        for (double end_ms = fmin(fmin(retries->next_ms, ends->next_ms), enable_ms); traffic_ms < end_ms;) {
          event = happened++;
          enter(account, event);
          traffic_ms = happened < events ? floor(happened * every_ms + 0.5) : NEVER;
          tally->missed++;
          give_up(tally, event);
        }
        continue;
      }
      marks++;
      answer = answer_to(&receivers[hook], event, marks & 0x7fff, at_ms);
      double took_ms = receivers[hook].duration_ms;
      if (took_ms > 0) {
        push(ends, 0, at_ms + took_ms, event, marks, at_ms * 256 + answer);
        continue;
      }
    }
    int flags = FLAGS[answer], failed = flags & FAILED, tripped = 0;
    attempts++;
    tally->by_answer[answer]++;
    if (flags & PROCESSED) {
      if (account->has[event] == 0) account->has[event] = 1;
      else account->duplicates++;
    }
    if ((marks & 0x8000) == 0) tripped = judge(tally, at_ms, failed);
    if (failed) {
      uint32_t tried = marks & 0x7fff;
      if (tried >= ATTEMPTS_MAX) {
        tally->exhausted++;
        give_up(tally, event);
      } else if (tally->enabled) {
        push(retries, (int)tried - 1, at_ms + DELAYS_MS[tried - 1], event, marks, first_ms);
      } else {
        tally->dropped++;
        give_up(tally, event);
      }
    } else if (!(flags & PROCESSED)) {
      give_up(tally, event);
    }
    if (!tripped && tally->enabled && receivers[hook].may_take_all) {
      double end_ms = fmin(fmin(retries->next_ms, ends->next_ms), enable_ms);
      end_ms = fmin(end_ms, takes_all_until(&receivers[hook], traffic_ms));
      while (!tripped && traffic_ms < end_ms) {
        event = happened++;
        enter(account, event);
        at_ms = traffic_ms;
        traffic_ms = happened < events ? floor(happened * every_ms + 0.5) : NEVER;
        attempts++;
        tally->by_answer[OK]++;
        account->has[event] = 1;
        tripped = judge(tally, at_ms, 0);
      }
    }
    if (tripped) {
      if (tally->disabled == tally->disabled_room) {
        tally->disabled_room = tally->disabled_room ? tally->disabled_room * 2 : 8;
        tally->disabled_ms = room(tally->disabled_ms, tally->disabled_room * sizeof(double));
      }
      tally->disabled_ms[tally->disabled++] = at_ms;
      drop_retries(retries, tally, hook);
      enable_ms = at_ms + REENABLE_MS;
      tally->mails++;
    }
  }
  return attempts;
}

/* ---- the workload: see workload.mjs ---- */

static Receiver receiver_of(const char *kind, int has_latency) {
  Receiver receiver = {.count = 0};
  Behaviour any = {.from_ms = -NEVER, .until_ms = NEVER};
  if (strcmp(kind, "outage") == 0) {
    Behaviour outage = any;
    outage.from_ms = 6 * 3600e3;
    outage.until_ms = 8 * 3600e3;
    outage.answer = REFUSED;
    receiver.played[receiver.count++] = outage;
  } else if (strcmp(kind, "healthy") != 0) {
    Behaviour failing = any;
    failing.kind = 1;
    failing.below = (strcmp(kind, "failing") == 0 ? 30.0 / 100.0 : 85.0 / 100.0) * 4294967296.0;
    failing.attempt_mask = UINT32_MAX;
    failing.answer = FAILURE;
    receiver.played[receiver.count++] = failing;
  }
  Behaviour healthy = any;
  healthy.answer = OK;
  if (has_latency) {
    healthy.kind = 2;
    healthy.min_ms = 50;
    healthy.span_ms = 2000 - 50 + 1;
  }
  receiver.played[receiver.count++] = healthy;
  receiver.may_take_all = 1;
  for (int index = 0; index < receiver.count; index++) {
    const Behaviour *one = &receiver.played[index];
    if (!takes_all(one) && one->from_ms == -NEVER && one->until_ms == NEVER) receiver.may_take_all = 0;
  }
  return receiver;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  static Account account;
  account.room = 1024;
  account.has = room(NULL, account.room);
  account.pairs = room(NULL, account.room);
  Window *window = &account.tallies[0].window;
  window->capacity = 16;
  window->times_ms = room(NULL, 16 * sizeof(double));
  window->marks = room(NULL, 16);
  for (int pair = 0; pair < PAIRS; pair++) account.subscribed[pair] = 1;
  struct timespec from, until;
  int64_t attempts = 0;
  clock_gettime(CLOCK_MONOTONIC, &from);
  for (char *part = strtok(argv[1], ","); part != NULL; part = strtok(NULL, ",")) {
    char kind[16];
    unsigned events, accounts;
    if (sscanf(part, "%15[a-z]:%u:%u", kind, &events, &accounts) != 3) return 2;
    Receiver receiver = receiver_of(kind, atoi(argv[2]));
    for (unsigned number = 0; number < accounts; number++) {
      for (int index = 0; index < receiver.count; index++) {
        char label[64];
        snprintf(label, sizeof label, "1/account/%u/receiver/main/%d", number, index);
        receiver.played[index].seed = seed_of(label);
      }
      begin(&account);
      attempts += play(&account, &receiver, 86400e3 / events, events);
      tell(&account, &account.tallies[0]);
    }
  }
  clock_gettime(CLOCK_MONOTONIC, &until);
  double ms = (until.tv_sec - from.tv_sec) * 1e3 + (until.tv_nsec - from.tv_nsec) / 1e6;
  printf("{\"attempts\":%lld,\"ms\":%.3f,\"digest\":%u}\n", (long long)attempts, ms, digest);
  return 0;
}
