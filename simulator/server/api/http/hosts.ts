/** Which names the server answers to: a foreign one is how DNS rebinding looks from here. */
import type { MiddlewareHandler } from 'hono';
import type { ApiOptions } from '../options.js';
import { HttpError } from './errors.js';

const LOOPBACK = /^(?:localhost|(?:[\w-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Refuses requests whose `Host` is neither a loopback name, nor allowed, nor the public one. */
export const checkHost = ({
  allowedHosts,
  publicUrl,
}: Pick<ApiOptions, 'allowedHosts' | 'publicUrl'>): MiddlewareHandler => {
  const allowed = new Set(allowedHosts.map((host) => hostNameOf(host)));
  return async ({ req }, next) => {
    const host = hostNameOf(req.header('host') ?? new URL(req.url).host);
    const isKnown =
      LOOPBACK.test(host) || allowed.has(host) || host === new URL(publicUrl()).hostname;
    if (isKnown) return next();
    throw new HttpError(
      421,
      'misdirected',
      'the Host of the request is none of this server’s names',
      'start it with this name among the allowed hosts',
    );
  };
};

const hostNameOf = (host: string): string => host.trim().toLowerCase().replace(/:\d+$/, '');

/** Refuses what a page of another origin sent; programs send no `Origin`. */
export const checkOrigin =
  ({ publicUrl }: Pick<ApiOptions, 'publicUrl'>): MiddlewareHandler =>
  async ({ req }, next) => {
    const origin = req.header('origin');
    const own = [new URL(publicUrl()).host, req.header('host') ?? new URL(req.url).host];
    const isForeign =
      req.header('sec-fetch-site') === 'cross-site' ||
      (origin !== undefined && !own.includes(hostOf(origin)));
    if (!isForeign) return next();
    throw new HttpError(
      403,
      'foreign_origin',
      'the control API takes requests of its own page and of programs only',
      'call it from a program, without an Origin header',
    );
  };

const hostOf = (origin: string): string => {
  try {
    return new URL(origin).host;
  } catch {
    return '';
  }
};
