"""The workload as it would be written on SimPy: a process for the events, and one for each delivery.

    reference.py <kind:events:accounts,...> <latency 0|1> <together|hook by hook>

prints {"attempts", "ms", "digest"}, as reference.c does; the time is of playing.
"""
import json
import math
import sys
import time
from collections import deque

import simpy

MASK = 0xFFFFFFFF
DELAYS_MS = [30_000, 120_000, 480_000, 1_920_000, 7_680_000]
ATTEMPTS_MAX, ATTEMPTS_MIN = 6, 10
WINDOW_MS = REENABLE_MS = 3_600_000
TIMEOUT_MS = 3000


def fnv1a(text, value):
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & MASK
    return value


def seed_of(text):
    a, b, c = (fnv1a(text, basis) for basis in (0x811C9DC5, 0x9E3779B9, 0x85EBCA6B))
    total = 0
    for counter in range(1, 17):
        total = (a + b + counter) & MASK
        a = b ^ (b >> 9)
        b = (c + (c << 3)) & MASK
        c = (((c << 21) & MASK | (c >> 11)) + total) & MASK
    return total


def draw(seed, event, label):
    value = ((event ^ seed) * 0x9E3779B1 & MASK) ^ label
    value = (value ^ (value >> 16)) * 0x85EBCA6B & MASK
    value = (value ^ (value >> 13)) * 0xC2B2AE35 & MASK
    return value ^ (value >> 16)


class Hook:
    def __init__(self, env, kind, has_latency, label):
        self.env = env
        self.outage = (6 * 3_600_000, 8 * 3_600_000) if kind == "outage" else None
        self.below = {"failing": 30 / 100, "bad": 85 / 100}.get(kind, 0) * 2**32
        self.has_latency = has_latency
        self.fail_seed = seed_of(f"{label}/0")
        self.latency_seed = seed_of(f"{label}/{0 if kind == 'healthy' else 1}")
        self.enabled, self.generation = True, 0
        self.attempts = self.failed = self.delivered = self.exhausted = 0
        self.dropped = self.missed = self.lost = 0
        self.disabled_ms, self.window, self.failed_inside = [], deque(), 0
        self.waiting, self.inbox = {}, set()

    def count(self, failed):
        window = self.window
        while window and window[0][0] <= self.env.now - WINDOW_MS:
            self.failed_inside -= window.popleft()[1]
        window.append((self.env.now, failed))
        self.failed_inside += failed
        return len(window) >= ATTEMPTS_MIN and 5 * self.failed_inside > 4 * len(window)

    def give_up(self, event):
        if event not in self.inbox:
            self.lost += 1

    def disable(self):
        self.disabled_ms.append(self.env.now)
        self.generation += 1
        for event in self.waiting:
            self.dropped += 1
            self.give_up(event)
        self.waiting.clear()
        self.env.process(self.enable())

    def enable(self):
        yield self.env.timeout(REENABLE_MS)
        self.enabled = True
        self.window.clear()
        self.failed_inside = 0

    def is_down(self, event, attempt):
        if self.outage and self.outage[0] <= self.env.now < self.outage[1]:
            return True
        return self.below > 0 and draw(self.fail_seed, event, attempt) < self.below

    def deliver(self, event):
        for attempt in range(1, ATTEMPTS_MAX + 1):
            failed = self.is_down(event, attempt)
            if not failed:
                if self.has_latency:
                    unit = draw(self.latency_seed, event, attempt) / 2**32
                    took_ms = 50 + math.floor(unit * 1951)
                    yield self.env.timeout(min(took_ms, TIMEOUT_MS))
                    failed = took_ms > TIMEOUT_MS
                self.inbox.add(event)
            self.attempts += 1
            trips = self.count(failed) and self.enabled
            if trips:
                self.enabled = False
            if not failed:
                self.delivered += 1
            else:
                self.failed += 1
                if attempt == ATTEMPTS_MAX:
                    self.exhausted += 1
                    self.give_up(event)
                elif not self.enabled:
                    self.dropped += 1
                    self.give_up(event)
                else:
                    self.waiting[event] = attempt
            if trips:
                self.disable()
            if event not in self.waiting:
                return
            generation = self.generation
            yield self.env.timeout(DELAYS_MS[attempt - 1])
            if self.generation != generation:
                return
            del self.waiting[event]

    def happen(self, events):
        every_ms = 86_400_000 / events
        for event in range(events):
            if event > 0:
                yield self.env.timeout(math.floor(event * every_ms + 0.5) - self.env.now)
            if self.enabled:
                self.env.process(self.deliver(event))
            else:
                self.missed += 1
                self.lost += 1


def main():
    digest, hooks = 0x811C9DC5, []
    is_together = sys.argv[3] == "together"
    started = time.perf_counter()
    common = simpy.Environment()
    for part in sys.argv[1].split(","):
        kind, events, accounts = part.split(":")
        for account in range(int(accounts)):
            env = common if is_together else simpy.Environment()
            hook = Hook(env, kind, sys.argv[2] == "1", f"1/account/{account}/receiver/main")
            env.process(hook.happen(int(events)))
            if not is_together:
                env.run()
            hooks.append(hook)
    common.run()
    for hook in hooks:
        told = [hook.attempts, hook.failed, hook.delivered, hook.exhausted]
        for value in told + [hook.dropped, hook.missed, hook.lost] + hook.disabled_ms:
            digest = (digest ^ (value & MASK)) * 0x01000193 & MASK
            digest = (digest ^ (value >> 32)) * 0x01000193 & MASK
    attempts = sum(hook.attempts for hook in hooks)
    ms = (time.perf_counter() - started) * 1e3
    print(json.dumps({"attempts": attempts, "ms": ms, "digest": digest}))


main()
