/** The page in a real browser, served by a real stand-in that delivers to a real receiver. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { createHttpTransport, createTargetGuard } from '../../simulator/index.js';
import { serveApi } from '../../simulator/server/api/listen.js';
import { loadPage } from '../../simulator/server/page/load.js';
import type { StandIn } from '../../simulator/server/stand-in.js';
import { openLab } from '../server/api-lab.js';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export const hasBrowser = existsSync(executablePath);

/** How long a busy machine may take to show something. */
export const PATIENCE = { timeout: 20_000 };

const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];

/** Answers 200 to everything, and keeps what it got. */
const startReceiver = async () => {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString());
      response.end('taken');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhooks/truora`,
    bodies,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

export interface PageLab {
  readonly standIn: StandIn;
  readonly receiver: Awaited<ReturnType<typeof startReceiver>>;
  readonly url: string;
  readonly browser: Browser;
  /** Opens the page anew, with its token; what it complains of is kept. */
  readonly open: (options?: BrowserContextOptions, path?: string) => Promise<Page>;
  /** What pages complained of, refused or fetched from elsewhere so far, and the server's errors. */
  readonly complaints: readonly string[];
  /** Forgets complaints that a test wanted to see: all, or those that say this. */
  readonly forgive: (words?: string) => void;
  readonly close: () => Promise<void>;
}

const REPORT_VIOLATIONS = `addEventListener('securitypolicyviolation', (event) =>
  tellViolation(event.violatedDirective + ' refuses ' + event.blockedURI))`;

export const TOKEN = 'the right one';

/** `/#token=…`, as `hookproof serve` prints it. */
const ENTRY = `/#token=${encodeURIComponent(TOKEN)}`;

const watch = (page: Page, origin: string, complaints: string[]): void => {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:') && url !== 'about:srcdoc') {
      complaints.push(`asks ${url}`);
    }
  });
};

export const openPageLab = async (): Promise<PageLab> => {
  const receiver = await startReceiver();
  let url = 'http://127.0.0.1';
  const guard = createTargetGuard({ allowedHosts: [], resolve: {} });
  const { standIn, api, lines } = await openLab({
    page: await loadPage(),
    transport: createHttpTransport({ guard, insecure: false }),
    publicUrl: () => url,
    controlToken: TOKEN,
  });
  const served = await serveApi({ app: api, port: 0, host: '127.0.0.1' });
  ({ url } = served);
  const browser = await chromium.launch({ executablePath, args });
  const complaints: string[] = [];
  return {
    standIn,
    receiver,
    url,
    browser,
    get complaints() {
      return [...complaints, ...lines.filter((line) => line.includes('"level":"error"'))];
    },
    forgive: (words = '') => {
      complaints.splice(0, Infinity, ...complaints.filter((said) => !said.includes(words)));
    },
    open: async (options = {}, path = ENTRY) => {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE.timeout);
      watch(page, url, complaints);
      await page.exposeFunction('tellViolation', (words: string) => complaints.push(words));
      await page.addInitScript(REPORT_VIOLATIONS);
      await page.goto(url + path);
      return page;
    },
    close: async () => {
      await browser.close();
      await served.close();
      await standIn.close();
      receiver.close();
    },
  };
};

/** Keeps a picture where `HOOKPROOF_SCREENSHOTS` names a folder. */
export const picture = async (page: Page, name: string): Promise<void> => {
  const { HOOKPROOF_SCREENSHOTS: folder } = process.env;
  if (folder !== undefined)
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
};

/** Goes to an address of the page. */
export const follow = async (page: Page, address: string): Promise<void> => {
  await page.evaluate(`location.hash = ${JSON.stringify(address)}`);
};
