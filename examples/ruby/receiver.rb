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

def connect
  SQLite3::Database.new(ENV.fetch('DATABASE', 'events.sqlite')) do |db|
    db.busy_timeout = 30_000
    db.execute('PRAGMA synchronous = FULL')
    return yield(db)
  end
end

connect do |db|
  db.execute('PRAGMA journal_mode = WAL')
  db.execute('CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY)')
  db.execute('CREATE TABLE IF NOT EXISTS records (key TEXT, event TEXT)')
end

helpers do
  # The token as it came, whatever the content type says.
  def token
    halt 415 unless [nil, 'identity'].include?(request.env['HTTP_CONTENT_ENCODING'])
    text = request.body.read(BODY_LIMIT + 1).to_s
    halt 413 if text.bytesize > BODY_LIMIT
    text.force_encoding(Encoding::UTF_8)
    halt 400 unless text.ascii_only?
    text
  end

  # The claims of a token that Truora signed. `iat` is no reason to refuse: retries come hours later.
  def verified(token)
    claims, header = JWT.decode(token, KEY, true, algorithm: 'HS256', leeway: 60)
    halt 401 if header.key?('crit') || !claims.is_a?(Hash)
    claims
  rescue JWT::DecodeError, JSON::ParserError, ArgumentError, EncodingError
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
    connect do |db|
      db.transaction(:immediate) do
        events.each do |event|
          db.execute('INSERT OR IGNORE INTO seen VALUES (?)', [event['id']])
          carry_out(db, event) if db.changes == 1
        end
      end
    end
  end

  # Your work. An event type that you do not know is acknowledged all the same.
  def carry_out(db, event)
    db.execute('INSERT INTO records VALUES (?, ?)', [event['id'], JSON.generate(event)])
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
  rows = connect { |db| db.execute('SELECT event FROM records WHERE key = ?', [params['id'].to_s]) }
  "[#{rows.flatten.join(',')}]"
end

%i[get put patch delete options].each do |method|
  send(method, '/webhooks/truora') { halt 405, { 'Allow' => 'POST' }, '' }
end

error(SQLite3::Exception) { halt 503, 'deliver it again' }
