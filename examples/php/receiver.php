<?php
// A receiver of Truora's hooks: PHP as it comes, and PostgreSQL by PDO.
declare(strict_types=1);

const BODY_LIMIT = 2 * 1024 * 1024;
const LEEWAY_SECONDS = 60;

/** The sender's fault; its code is the status to answer. */
final class Refused extends Exception
{
}

/** base64url without padding, in its one right spelling. */
function decode(string $segment): string
{
    $bytes = base64_decode(strtr($segment, '-_', '+/'), true);
    if ($bytes === false || rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=') !== $segment) {
        throw new Refused('not base64url', 401);
    }
    return $bytes;
}

function parse(string $segment): stdClass
{
    $value = json_decode(decode($segment), flags: JSON_BIGINT_AS_STRING);
    if (!$value instanceof stdClass) {
        throw new Refused('not an object', 401);
    }
    return $value;
}

/** The claims of a token that Truora signed. None of them is read before. */
function verified(string $token): stdClass
{
    $segments = explode('.', $token);
    if (count($segments) !== 3) {
        throw new Refused('not a token', 401);
    }
    [$header, $payload, $signature] = $segments;
    $head = parse($header);
    if (($head->alg ?? null) !== 'HS256' || isset($head->crit)) {
        throw new Refused('not our algorithm', 401);
    }
    // The key is the text itself: it is not decoded from hex.
    $mac = hash_hmac('sha256', "$header.$payload", getenv('TRUORA_SIGNING_KEY'), true);
    if (!hash_equals($mac, decode($signature))) {
        throw new Refused('not our signature', 401);
    }
    $claims = parse($payload);
    // Truora sends neither time, and no rule on iat: the last retry comes hours after the event.
    $expires = $claims->exp ?? INF;
    $notBefore = $claims->nbf ?? -INF;
    if (!(is_int($expires) || is_float($expires)) || !(is_int($notBefore) || is_float($notBefore))) {
        throw new Refused('not a time', 401);
    }
    if ($expires <= time() - LEEWAY_SECONDS || $notBefore > time() + LEEWAY_SECONDS) {
        throw new Refused('not now', 401);
    }
    return $claims;
}

/** Sorted by id, so that two deliveries of the same events never wait for each other. */
function eventsOf(stdClass $claims): array
{
    $events = $claims->events ?? null;
    if (!is_array($events)) {
        throw new Refused('no events', 400);
    }
    foreach ($events as $event) {
        if (!$event instanceof stdClass || !is_string($event->id ?? null) || $event->id === '') {
            throw new Refused('an event without an id', 400);
        }
    }
    usort($events, fn($one, $other) => strcmp($one->id, $other->id));
    return $events;
}

/** PDO reads no URL. */
function connect(): PDO
{
    $url = parse_url(getenv('DATABASE_URL'));
    $place = sprintf('host=%s;port=%d;dbname=%s', $url['host'], $url['port'] ?? 5432, ltrim($url['path'], '/'));
    return new PDO("pgsql:$place", $url['user'] ?? null, $url['pass'] ?? null);
}

/** Each event once, however often it comes: the keys and the effects are one transaction. */
function apply(PDO $db, array $events): void
{
    $claim = getenv('DEFECT') === 'check-then-insert' ? checkThenInsert(...) : claim(...);
    $db->beginTransaction();
    foreach ($events as $event) {
        if ($claim($db, $event->id)) {
            carryOut($db, $event);
        }
    }
    $db->commit();
}

/** True for the one delivery that may do the work; a copy at the same moment waits for its end. */
function claim(PDO $db, string $id): bool
{
    $insert = $db->prepare('INSERT INTO seen (key) VALUES (?) ON CONFLICT DO NOTHING');
    $insert->execute([$id]);
    return $insert->rowCount() === 1;
}

/** Only there to see the contract fail: two copies at the same moment both find no key. */
function checkThenInsert(PDO $db, string $id): bool
{
    $seen = $db->prepare('SELECT 1 FROM seen WHERE key = ?');
    $seen->execute([$id]);
    if ($seen->fetch() !== false) {
        return false;
    }
    usleep(20_000); // as long as another call to the database may take
    claim($db, $id);
    return true;
}

/** Your work. An event type that you do not know is acknowledged all the same. */
function carryOut(PDO $db, stdClass $event): void
{
    $insert = $db->prepare('INSERT INTO records (key, event) VALUES (?, ?)');
    $insert->execute([$event->id, json_encode($event)]);
}

/** What took effect: the page that the contract's probe reads. */
function records(PDO $db, string $id): string
{
    $query = $db->prepare('SELECT event FROM records WHERE key = ?');
    $query->execute([$id]);
    return '[' . implode(',', $query->fetchAll(PDO::FETCH_COLUMN)) . ']';
}

function answer(string $path): array
{
    if ($path === '/records') {
        return [200, records(connect(), $_GET['id'] ?? '')];
    }
    if ($path !== '/webhooks/truora') {
        return [404, '{"error":"not here"}'];
    }
    if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
        return [405, '{"error":"POST only"}'];
    }
    if (($_SERVER['HTTP_CONTENT_ENCODING'] ?? 'identity') !== 'identity') {
        return [415, '{"error":"compressed"}'];
    }
    $token = file_get_contents('php://input', length: BODY_LIMIT + 1);
    if (strlen($token) > BODY_LIMIT) {
        return [413, '{"error":"too large"}'];
    }
    apply(connect(), eventsOf(verified($token)));
    return [200, '{"received":true}'];
}

try {
    [$status, $body] = answer(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) ?: '/');
} catch (Refused $refused) {
    [$status, $body] = [$refused->getCode(), '{"error":"refused"}'];
} catch (Throwable $error) {
    error_log("not applied: {$error->getMessage()}");
    [$status, $body] = [503, '{"error":"deliver it again"}'];
}
http_response_code($status);
header('Content-Type: application/json');
header_remove('X-Powered-By');
echo $body;
