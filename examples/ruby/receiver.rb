# frozen_string_literal: true

# A receiver of Truora's hooks: Sinatra on Puma, ruby-jwt, SQLite.

require 'json'
require 'jwt'
require 'sinatra'
require 'sqlite3'

KEY = ENV.fetch('TRUORA_SIGNING_KEY') # the text itself: it is not decoded from hex
DEFECT = ENV['DEFECT'] # only there to see the contract fail
BODY_LIMIT = 2 * 1024 * 1024

set :bind, '127.0.0.1'
set :port, ENV.fetch('PORT', '3000')
set :server, 'puma'
set :server_settings, Threads: '4:16', Silent: true
set :environment, :production
set :logging, false
set :show_exceptions, false
set :host_authorization, permitted_hosts: []
disable :static

DB = SQLite3::Database.new(ENV.fetch('DATABASE', 'events.sqlite'))
DB.busy_timeout = 30_000
DB.execute('PRAGMA journal_mode = WAL')
DB.execute('PRAGMA synchronous = FULL')
DB.execute('CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY)')
DB.execute('CREATE TABLE IF NOT EXISTS records (key TEXT, event TEXT)')

# SQLite has one writer, and its driver lets all threads wait with the one that waits for a lock.
TURN = Mutex.new

helpers do
  # The token as it came, whatever the content type says, and none of a request behind it.
  def token
    halt 415 unless [nil, 'identity'].include?(request.env['HTTP_CONTENT_ENCODING'])
    halt 413 if request.content_length.to_i > BODY_LIMIT
    request.body.read(request.content_length.to_i).to_s
  end

  # The claims of a token that Truora signed. `iat` is no reason to refuse: retries come hours later.
  def verified(token)
    raise JWT::DecodeError unless token.match?(/\A[\w-]+\.[\w-]+\.[\w-]+\z/)

    claims, header = JWT.decode(token, KEY, true, algorithm: 'HS256', leeway: 60)
    # The library takes `hs256` too.
    raise JWT::DecodeError unless header['alg'] == 'HS256' && !header.key?('crit') && claims.is_a?(Hash)

    claims
  rescue StandardError # the library has many for what is no token
    halt 401
  end

  def events_of(claims)
    events = claims['events']
    halt 400 unless events.is_a?(Array)
    halt 400 unless events.all? { |event| event.is_a?(Hash) && event['id'].is_a?(String) && event['id'] != '' }
    events
  end

  # Each event once, however often it comes: the keys and the effects are one transaction.
  def apply(events)
    TURN.synchronize do
      DB.transaction(:immediate) do
        events.each do |event|
          DB.execute('INSERT OR IGNORE INTO seen VALUES (?)', [event['id']])
          carry_out(event) if DB.changes == 1
        end
      end
    end
  end

  # Your work. An event type that you do not know is acknowledged all the same.
  def carry_out(event)
    DB.execute('INSERT INTO records VALUES (?, ?)', [event['id'], JSON.generate(event)])
  end
end

post '/webhooks/truora' do
  events = events_of(verified(token))
  halt 404 if DEFECT == 'unknown-refused' && events.any? { |event| event['event_type'] != 'check' }
  apply(events)
  204
end

# What took effect: the page that the contract's probe reads.
get '/records' do
  content_type :json
  sql = 'SELECT event FROM records WHERE key = ?'
  rows = TURN.synchronize { DB.execute(sql, [params['id'].to_s]) }
  "[#{rows.flatten.join(',')}]"
end

%i[get put patch delete options].each do |method|
  send(method, '/webhooks/truora') { halt 405, { 'Allow' => 'POST' }, '' }
end

error(SQLite3::Exception) { halt 503, 'deliver it again' }
