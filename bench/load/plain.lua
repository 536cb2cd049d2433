-- wrk with a signer as one writes it who wants it to work: every request carries a token of its own. The
-- text is put together, encoded and signed anew each time; libcrypto makes the MAC in one call.
-- wrk … -- <payload file> <key> <path> <ends of the counted digits, by commas>
local ffi = require("ffi")
local bit = require("bit")

ffi.cdef([[
const void *EVP_sha256(void);
unsigned char *HMAC(const void *kind, const void *key, int keyLength, const char *data, size_t length,
                    unsigned char *digest, unsigned int *digestLength);
]])
local crypto = ffi.load("crypto.so.3")

local alphabet = {}
for index, letter in
  ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"):gmatch("()(.)")
do
  alphabet[index - 1] = letter
end

local header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
local digits = 12
local parts, key, path, headers
local digest, digestLength = ffi.new("unsigned char[32]"), ffi.new("unsigned int[1]")
local counter = 0

local function base64url(text)
  local out = {}
  for at = 1, #text, 3 do
    local a, b, c = text:byte(at, at + 2)
    local value = a * 65536 + (b or 0) * 256 + (c or 0)
    out[#out + 1] = alphabet[bit.rshift(value, 18)]
    out[#out + 1] = alphabet[bit.band(bit.rshift(value, 12), 63)]
    if b then out[#out + 1] = alphabet[bit.band(bit.rshift(value, 6), 63)] end
    if c then out[#out + 1] = alphabet[bit.band(value, 63)] end
  end
  return table.concat(out)
end

function init(args)
  local file = assert(io.open(args[1], "rb"))
  local text = file:read("*a")
  file:close()
  key, path = args[2], args[3]
  headers = { ["Content-Type"] = "application/jwt" }
  parts = {}
  local from = 1
  for stop in args[4]:gmatch("%d+") do
    parts[#parts + 1] = text:sub(from, tonumber(stop) - digits)
    from = tonumber(stop) + 1
  end
  parts[#parts + 1] = text:sub(from)
end

function request()
  counter = counter + 1
  local text = table.concat(parts, string.format("%012x", counter))
  local input = header .. "." .. base64url(text)
  crypto.HMAC(crypto.EVP_sha256(), key, #key, input, #input, digest, digestLength)
  local token = input .. "." .. base64url(ffi.string(digest, 32))
  return wrk.format("POST", path, headers, token)
end
