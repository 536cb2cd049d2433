#!/usr/bin/env node
import { startReceiver } from '../fixtures/receivers/reference/index.js';
import { verifyReceiver } from '../contracts/index.js';
import { mkdtempSync } from 'node:fs';
const { mutants } = await import('../fixtures/receivers/mutants/index.js');
const key = '0123456789abcdef'.repeat(4);
const m = mutants.find((x: any) => x.id === process.argv[2] || x.catalogue === process.argv[2]);
const r = await startReceiver({ key, dataDirectory: mkdtempSync('/tmp/hp-') }, m?.change);
const res = await verifyReceiver(r.url, { key, seed: 42, probe: { url: r.probeUrl }, concurrency: Number(process.argv[3] ?? 16) });
console.log(res.summary, res.problem, res.durationMs, res.receiver.settleMs);
for (const c of res.cases) if (c.verdict !== 'passed') console.log(c.verdict, c.level, c.id, '|', c.actual.slice(0, 200));
for (const f of res.findings) console.log('FINDING', f.level, f.severity, f.cause, f.title, f.cases.length);
await r.close();
