import type { Finding } from '../finding.js';
import type { ConnectionSeen, ExpectSeen } from '../seen.js';
import { say } from '../../../language/say.js';

export const judgeConnection = (seen: ConnectionSeen): readonly Finding[] => {
  const findings: Finding[] = [];
  if (seen.announces === 'keep' && seen.second === 'closed') {
    findings.push({
      id: 'connection/closes-unannounced',
      severity: seen.taken ? 'warns' : 'note',
      title: say`the receiver closes connections that it said it would keep`,
      seen: say`a second request on the same connection was not answered, and the first answer ${seen.taken ? '' : say`(a refusal) `}had no Connection: close`,
      why: say`a sender that uses its connections again loses a delivery to a reset, and a retry comes 30 s later (DOC)`,
      mend: say`send Connection: close, or keep the connection open`,
    });
  }
  if (seen.version === '1.0') {
    findings.push({
      id: 'connection/http-1-0',
      severity: 'note',
      title: say`the receiver answers in HTTP/1.0`,
      seen: say`the status line says HTTP/1.0`,
      why: say`each delivery needs a connection of its own, and such servers often take one request at a time`,
      mend: say`put a production server in front; in Python’s http.server: protocol_version = "HTTP/1.1"`,
    });
  } else if (seen.announces === 'close') {
    findings.push({
      id: 'connection/not-kept',
      severity: 'note',
      title: say`the receiver closes each connection after its answer`,
      seen: say`the first answer ends the connection`,
      why: say`each delivery costs a new connection, and a new TLS handshake`,
      mend: say`keep-alive is worth turning on at many events a minute; it is no fault`,
    });
  }
  return findings;
};

export const describeConnection = ({ announces, second, version }: ConnectionSeen): string => {
  if (announces === 'close') return say`HTTP/${version}, closed after each answer`;
  return second === 'answered' ? say`kept open and used again` : say`said to be kept, and closed`;
};

export const judgeExpect = ({ reaction, status }: ExpectSeen): readonly Finding[] => {
  if (reaction === 'continue' || reaction === 'answers') return [];
  const what = {
    refuses: say`status ${status ?? 417}`,
    silent: say`no word within a second; the body was read all the same`,
    closes: say`the connection was closed`,
  }[reaction];
  return [
    {
      id: 'expect/not-honoured',
      severity: 'note',
      title: say`Expect: 100-continue is not answered`,
      seen: what,
      why: say`Truora is not known to send it; curl does for bodies over 1 MiB and then waits for a second`,
      mend: say`nothing, unless clients of yours send it`,
    },
  ];
};

export const describeExpect = ({ reaction, status }: ExpectSeen): string =>
  ({
    continue: '100 Continue',
    answers: say`answered at once (status ${status ?? '?'})`,
    refuses: say`refused (status ${status ?? '?'})`,
    silent: say`not heeded`,
    closes: 'closed',
  })[reaction];
