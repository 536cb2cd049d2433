<?php
// Serves the blocks of docs/deduplication.md: POST /<pattern>?sink=<url>, the body is one event.
// Called with `work`, it is the worker of the queue.
declare(strict_types=1);

require getenv('BLOCKS');

function connect(): PDO
{
    return new PDO(getenv('DATABASE_DSN'), null, null, [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
}

function call(string $sink, object $event): void
{
    if ($sink === '') {
        return;
    }
    $http = ['method' => 'POST', 'header' => 'Content-Type: text/plain', 'content' => $event->id];
    if (@file_get_contents($sink, false, stream_context_create(['http' => $http])) === false) {
        throw new RuntimeException('the sink refused');
    }
}

function record(string $sink, ?callable $also = null): callable
{
    return function (PDO $db, object $event) use ($sink, $also): void {
        if ($also !== null) {
            $also($db, $event);
        }
        $db->prepare('INSERT INTO effects (id) VALUES (?)')->execute([$event->id]);
        call($sink, $event);
    };
}

function handle(string $pattern, string $sink, object $event): int
{
    $outside = fn(object $event) => call($sink, $event);
    if ($pattern === 'redis') {
        $redis = new Redis();
        $redis->connect('127.0.0.1', (int) parse_url(getenv('REDIS_URL'), PHP_URL_PORT));
        return claim_in_redis($redis, $event, $outside);
    }
    $db = connect();
    if ($pattern === 'claim') {
        return claim_and_apply($db, $event, $outside);
    }
    if ($pattern === 'queue') {
        file_put_contents(getenv('DATA_DIRECTORY') . '/sink', $sink);
        enqueue($db, $event);
        return 200;
    }
    apply_once($db, $event, record($sink, $pattern === 'newest' ? keep_newest(...) : null));
    return 200;
}

if (($argv[1] ?? '') === 'work') {
    $db = connect();
    $sink = fn() => (string) @file_get_contents(getenv('DATA_DIRECTORY') . '/sink');
    while (true) {
        if (!work_once($db, fn($db, $event) => record($sink())($db, $event))) {
            usleep(20_000);
        }
    }
}

try {
    $path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
    $event = json_decode(file_get_contents('php://input'));
    http_response_code(handle(substr($path, 1), $_GET['sink'] ?? '', $event));
} catch (Throwable $error) {
    http_response_code(500);
}
