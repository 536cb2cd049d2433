/** What the checks saw: plain data, judged elsewhere. */
import type { Demand } from '../runner/other-tokens.js';
import type { Exchange } from '../../simulator/index.js';

/** An answer without what the connection did; undefined status: the failure says why. */
export interface Reply {
  readonly status: number | undefined;
  readonly failure: string | undefined;
  readonly headers: Exchange['headers'];
  /** The beginning of the body, as text. */
  readonly text: string;
  readonly latencyMs: number;
}

export interface ProxySeen {
  readonly variable: string;
  /** Without a password. */
  readonly url: string;
  /** Whether it is meant for this target: by its scheme, and NO_PROXY. */
  readonly applies: boolean;
  readonly alive: boolean;
  /** Whether the target answered through it; asked only where it does not answer directly. */
  readonly reaches?: boolean;
}

export interface EnvironmentSeen {
  readonly proxies: readonly ProxySeen[];
  /** What says that this process runs in a container. */
  readonly container: string | undefined;
}

export type NameSeen =
  | {
      readonly kind: 'found';
      readonly addresses: readonly string[];
      readonly tookMs: number;
      /** The host is an address, or `--resolve` says where it is. */
      readonly given: boolean;
    }
  | { readonly kind: 'failed'; readonly code: string; readonly tookMs: number };

export interface ConnectSeen {
  readonly address: string;
  readonly family: 4 | 6;
  /** Whether a sender would try it: the name answers with it. */
  readonly named: boolean;
  readonly outcome: 'open' | 'refused' | 'unreachable' | 'timeout' | 'unavailable';
  readonly code: string;
  readonly tookMs: number;
}

export interface ReachSeen {
  readonly connects: readonly ConnectSeen[];
  /** Who listens, where the system says so: `node server.js (pid 12)`. */
  readonly listener: string | undefined;
  /** Other ports that answer HTTP on the host, looked for where nothing listens. */
  readonly otherPorts: readonly number[];
  /** The host's name from inside a container, if it takes connections on this port. */
  readonly host: { readonly name: string; readonly open: boolean } | undefined;
  readonly proxies: readonly ProxySeen[];
}

export interface TlsSeen {
  readonly trouble:
    | 'none'
    | 'plain-http'
    | 'old-protocol'
    | 'client-certificate'
    | 'self-signed'
    | 'unknown-ca'
    | 'expired'
    | 'not-yet-valid'
    | 'wrong-name'
    | 'handshake';
  /** OpenSSL's or Node's word for it. */
  readonly code: string;
  readonly protocol: string | undefined;
  readonly certificate:
    | {
        readonly subject: string;
        readonly issuer: string;
        readonly names: readonly string[];
        readonly fromMs: number;
        readonly untilMs: number;
      }
    | undefined;
  readonly nowMs: number;
}

/** The first request on a socket of our own: what came back, whatever it was. */
export interface AnswerSeen {
  readonly kind: 'http' | 'hangs' | 'closes' | 'not-http' | 'speaks-tls';
  readonly version: string | undefined;
  readonly reply: Reply;
  /** What came in place of HTTP, or after how long nothing had. */
  readonly detail: string;
  /** Whether a GET is answered where the POST is not. */
  readonly answersGet: boolean | undefined;
}

export interface RouteSeen {
  /** What a nonsense body got. */
  readonly junk: Reply;
  /** What a genuine delivery got; undefined where none was sent. */
  readonly genuine: Reply | undefined;
  readonly get: Reply;
  readonly options: Reply;
  /** A GET on a path that no one has, where the delivery's path seems unknown. */
  readonly nowhere: Reply | undefined;
  /** Paths of the host that seem to take deliveries, found by OPTIONS and GET. */
  readonly candidates: readonly string[];
}

export interface BodySeen {
  /** Whether an answer came while half the body was still held back, by content type. */
  readonly early: { readonly jwt: boolean; readonly json: boolean };
  /** Statuses of a nonsense body by content type, asked where `application/jwt` is refused as such. */
  readonly labels: readonly { readonly type: string; readonly status: number | undefined }[];
  /** What was tried where a genuine delivery is refused. */
  readonly takenAs: string | undefined;
  readonly takenAgedSeconds: number | undefined;
  readonly onlyJson: boolean;
  readonly demand: Demand | undefined;
}

export interface LatencySeen {
  readonly genuine: boolean;
  /** In the order of sending, in milliseconds; `undefined`: no answer in time. */
  readonly samplesMs: readonly (number | undefined)[];
  /** Statuses, in the same order. */
  readonly statuses: readonly (number | undefined)[];
}

export interface LimitSeen {
  /** The largest body that was answered as a small one is, and the smallest that was not. */
  readonly takenBytes: number;
  readonly refusedBytes: number | undefined;
  readonly refusal: string;
}

export interface SignatureSeen {
  readonly genuine: number | undefined;
  readonly forged: number | undefined;
  readonly junk: number | undefined;
}

export interface ExpectSeen {
  readonly reaction: 'continue' | 'refuses' | 'answers' | 'silent' | 'closes';
  readonly status: number | undefined;
}

export interface ConnectionSeen {
  readonly version: string;
  /** What the `Connection` header says, or HTTP's default. */
  readonly announces: 'keep' | 'close';
  readonly second: 'answered' | 'closed' | 'not-sent';
  /** The first request was answered 2xx. */
  readonly taken: boolean;
}

/** Bounds on how far the receiver's clock is ahead (negative: behind), in milliseconds. */
export interface ClockSeen {
  readonly samples: number;
  readonly leastMs: number;
  readonly mostMs: number;
}

/** Everything that was seen so far. */
export interface Seen {
  readonly environment: EnvironmentSeen;
  readonly name: NameSeen;
  readonly reach: ReachSeen;
  readonly tls: TlsSeen;
  readonly answer: AnswerSeen;
  readonly route: RouteSeen;
  readonly body: BodySeen;
  readonly signature: SignatureSeen;
  readonly latency: LatencySeen;
  readonly limit: LimitSeen;
  readonly clock: ClockSeen;
  readonly connection: ConnectionSeen;
  readonly expect: ExpectSeen;
}

/** What is known of the target before anything is sent. */
export interface Target {
  /** As it may be shown. */
  readonly shown: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly secure: boolean;
  readonly insecure: boolean;
  /** `--resolve` says where the host is. */
  readonly mapped: boolean;
  readonly timeoutMs: number;
  readonly contentType: string;
  /** The signing key was given, and genuine deliveries are allowed. */
  readonly delivers: boolean;
}

/** What a judge may look at. */
export interface Known extends Partial<Seen> {
  readonly target: Target;
}
