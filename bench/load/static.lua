-- wrk with one body for all requests: what the kernel and the receiver make possible.
-- wrk … -- <file with the body>
function init(args)
  local file = assert(io.open(args[1], "rb"))
  wrk.method = "POST"
  wrk.body = file:read("*a")
  wrk.headers["Content-Type"] = "application/jwt"
  file:close()
  text = wrk.format()
end

function request()
  return text
end
