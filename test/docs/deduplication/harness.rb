# Serves the blocks of docs/deduplication.md: POST /<pattern>?sink=<url>, the body is one event.
require 'json'
require 'net/http'
require 'pg'
require 'redis'
require 'socket'
require 'uri'

load ARGV[0]

DSN = ENV.fetch('DATABASE_URL')
$sink = ''

def call(sink, event)
  return if sink.empty?

  answer = Net::HTTP.post(URI(sink), event['id'])
  raise "the sink answered #{answer.code}" unless answer.code == '200'
end

def record(sink, also = nil)
  lambda do |db, event|
    also&.call(db, event)
    db.exec_params('INSERT INTO effects (id) VALUES ($1)', [event['id']])
    call(sink, event)
  end
end

def connected
  db = PG.connect(DSN)
  yield db
ensure
  db&.close
end

def handle(pattern, sink, event)
  outside = ->(one) { call(sink, one) }
  return claim_in_redis(Redis.new(url: ENV.fetch('REDIS_URL')), event, outside) if pattern == 'redis'

  connected do |db|
    case pattern
    when 'claim' then return claim_and_apply(db, event, outside)
    when 'queue'
      $sink = sink
      enqueue(db, event)
    when 'newest' then apply_once(db, event, record(sink, method(:keep_newest)))
    else apply_once(db, event, record(sink))
    end
  end
  200
end

def serve(socket)
  _, target = socket.gets.split
  length = 0
  while (line = socket.gets.chomp) != ''
    length = line[/\d+/].to_i if line.downcase.start_with?('content-length:')
  end
  uri = URI(target)
  sink = URI.decode_www_form(uri.query.to_s).to_h.fetch('sink', '')
  status = begin
    handle(uri.path[1..], sink, JSON.parse(socket.read(length)))
  rescue StandardError
    500
  end
  socket.write("HTTP/1.1 #{status} Status\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
ensure
  socket.close
end

Thread.report_on_exception = false
Thread.new do
  connected do |db|
    loop { sleep 0.02 unless work_once(db, ->(one, event) { record($sink).call(one, event) }) }
  end
end
server = TCPServer.new('127.0.0.1', 0)
Thread.new { loop { Thread.new(server.accept) { |socket| serve(socket) } } }
$stdout.puts(JSON.generate({ port: server.addr[1] }))
$stdout.flush
$stdin.read
exit!
