-- wrk with a signer that is tuned by hand: every request carries a token of its own.
-- LuaJIT over C memory; only the base64url groups that hold a changed digit are encoded again; the
-- state of SHA-256 after each pad of HMAC is kept and copied, so that a MAC hashes the message once.
-- wrk … -- <payload file> <key> <path> <ends of the counted digits, by commas>
local ffi = require("ffi")
local bit = require("bit")
local band, rshift, lshift, bor = bit.band, bit.rshift, bit.lshift, bit.bor

ffi.cdef([[
typedef struct { unsigned char bytes[112]; } hash_state;
int SHA256_Init(hash_state *state);
int SHA256_Update(hash_state *state, const void *data, size_t length);
int SHA256_Final(unsigned char *digest, hash_state *state);
]])
local crypto = ffi.load("crypto.so.3")
local alphabet = ffi.new("uint8_t[64]")
ffi.copy(alphabet, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 64)
local hex = ffi.new("uint8_t[16]")
ffi.copy(hex, "0123456789abcdef", 16)

local payload, out, body, signature, total, inputBytes
local places, placeCount
local inner, outer = ffi.new("hash_state"), ffi.new("hash_state")
local state, digest = ffi.new("hash_state"), ffi.new("uint8_t[36]")
local counter = 0

local function encode(from, first, last, to)
  for group = math.floor(first / 3), math.floor(last / 3) do
    local at, target = group * 3, to + group * 4
    local value = bor(lshift(from[at], 16), lshift(from[at + 1], 8), from[at + 2])
    out[target] = alphabet[rshift(value, 18)]
    out[target + 1] = alphabet[band(rshift(value, 12), 63)]
    out[target + 2] = alphabet[band(rshift(value, 6), 63)]
    out[target + 3] = alphabet[band(value, 63)]
  end
end

local function pad(key, byte, into)
  local block = ffi.new("uint8_t[64]")
  for index = 0, 63 do
    block[index] = bit.bxor(index < #key and key:byte(index + 1) or 0, byte)
  end
  crypto.SHA256_Init(into)
  crypto.SHA256_Update(into, block, 64)
end

function init(args)
  local file = assert(io.open(args[1], "rb"))
  local text = file:read("*a")
  file:close()
  local key, path = args[2], args[3]
  assert(#key <= 64, "the key fits into a block")
  payload = ffi.new("uint8_t[?]", #text + 3)
  ffi.copy(payload, text, #text)
  placeCount = 0
  places = ffi.new("int[16]")
  for place in args[4]:gmatch("%d+") do
    places[placeCount] = tonumber(place)
    placeCount = placeCount + 1
  end
  local header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
  local encoded = math.floor((#text * 4 + 2) / 3)
  inputBytes = #header + encoded
  local head = "POST " .. path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port
    .. "\r\nContent-Type: application/jwt\r\nContent-Length: " .. (inputBytes + 44) .. "\r\n\r\n"
  total = #head + inputBytes + 44
  out = ffi.new("uint8_t[?]", total + 8)
  ffi.copy(out, head, #head)
  body = #head
  ffi.copy(out + body, header, #header)
  encode(payload, 0, #text - 1, body + #header)
  out[body + inputBytes] = 46
  signature = body + inputBytes + 1
  payloadAt = body + #header
  pad(key, 0x36, inner)
  pad(key, 0x5c, outer)
end

function request()
  counter = counter + 1
  local digits = 2
  local above = 256
  while band(counter, above - 1) < 1 and digits < 8 do
    digits = digits + 2
    above = above * 256
  end
  for index = 0, placeCount - 1 do
    local stop = places[index]
    local rest = counter
    for place = stop - 1, stop - digits, -1 do
      payload[place] = hex[band(rest, 15)]
      rest = rshift(rest, 4)
    end
    -- The last group of a payload may be short; the counted digits never stand in it.
    encode(payload, stop - digits, stop - 1, payloadAt)
  end
  ffi.copy(state, inner, 112)
  crypto.SHA256_Update(state, out + body, inputBytes)
  crypto.SHA256_Final(digest, state)
  ffi.copy(state, outer, 112)
  crypto.SHA256_Update(state, digest, 32)
  crypto.SHA256_Final(digest, state)
  encode(digest, 0, 31, signature)
  return ffi.string(out, total)
end
