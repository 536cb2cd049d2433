// The receiver of the load bench, so cheap that the sender is the limit: one thread, epoll, every
// request answered 200 without a body. `GET /count` tells how many it has had and sets it to 0; with a
// second argument, a file, it appends the body of each to it, one a line, for what has to be verified.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define BUFFER (1 << 16)
#define EVENTS 256
#define BATCH 512

static const char ANSWER[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
#define ANSWER_BYTES (sizeof ANSWER - 1)
static char answers[BATCH * ANSWER_BYTES];

struct connection {
  int fd;
  size_t have;
  char bytes[BUFFER + 1];
};

static unsigned long count;
static FILE *bodies;

static void put(int fd, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t wrote = write(fd, bytes, length);
    if (wrote > 0) bytes += wrote, length -= (size_t)wrote;
    else if (errno != EAGAIN && errno != EINTR) return;
  }
}

static void answer(int fd, size_t due) {
  while (due > 0) {
    size_t now = due > BATCH ? BATCH : due;
    put(fd, answers, now * ANSWER_BYTES);
    due -= now;
  }
}

static void tell_count(int fd) {
  char body[32], head[128];
  int length = sprintf(body, "%lu", count);
  int total = sprintf(head, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", length, body);
  put(fd, head, (size_t)total);
  count = 0;
  if (bodies != NULL) fflush(bodies);
}

/** Takes what is whole; returns 0 where a request is larger than the buffer. */
static int serve(struct connection *c) {
  size_t at = 0, due = 0;
  for (;;) {
    c->bytes[c->have] = 0;
    char *head = c->bytes + at;
    char *end = memmem(head, c->have - at, "\r\n\r\n", 4);
    if (end == NULL) break;
    size_t length = 0;
    *end = 0;
    char *field = strcasestr(head, "\ncontent-length:");
    *end = '\r';
    if (field != NULL) length = strtoul(field + 16, NULL, 10);
    size_t stop = (size_t)(end + 4 - c->bytes) + length;
    if (stop > c->have) {
      if (stop - at > BUFFER) return 0;
      break;
    }
    if (memcmp(head, "GET /count", 10) == 0) {
      answer(c->fd, due);
      due = 0;
      tell_count(c->fd);
    } else {
      count += 1;
      due += 1;
      if (bodies != NULL) fwrite(end + 4, 1, length, bodies), fputc('\n', bodies);
    }
    at = stop;
  }
  answer(c->fd, due);
  if (at > 0) memmove(c->bytes, c->bytes + at, c->have - at);
  c->have -= at;
  return c->have < BUFFER;
}

int main(int arguments, char **argument) {
  int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), poll = epoll_create1(0);
  struct sockaddr_in where = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof where;
  if (arguments > 1) bodies = fopen(argument[1], "w");
  for (size_t index = 0; index < BATCH; index++) {
    memcpy(answers + index * ANSWER_BYTES, ANSWER, ANSWER_BYTES);
  }
  if (bind(listener, (void *)&where, sizeof where) || listen(listener, 1024)) return 1;
  getsockname(listener, (void *)&where, &size);
  printf("%d\n", ntohs(where.sin_port));
  fflush(stdout);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[EVENTS];
  epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    int ready = epoll_wait(poll, events, EVENTS, -1);
    for (int index = 0; index < ready; index++) {
      struct connection *c = events[index].data.ptr;
      if (c == NULL) {
        int fd;
        while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
          setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
          c = malloc(sizeof *c);
          c->fd = fd;
          c->have = 0;
          event.data.ptr = c;
          epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
        }
        continue;
      }
      ssize_t got = read(c->fd, c->bytes + c->have, BUFFER - c->have);
      if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
      if (got > 0) c->have += (size_t)got;
      if (got > 0 && serve(c)) continue;
      close(c->fd);
      free(c);
    }
  }
}
