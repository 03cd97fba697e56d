-- For wrk: verifies the payloads of a file, one line each, over and over.
--   wrk -t2 -c32 -d30s --latency -s bench/load/verify.lua http://127.0.0.1:8080 -- PAYLOADS TOKEN_FILE [BATCH]

local VERDICTS = {"accepted", "refused", "indeterminate", "not_a_credential"}
local threads = {}
local requests = {}
local turn = 0

for _, verdict in ipairs(VERDICTS) do
  _G[verdict] = 0
end
limited = 0
shed = 0
failed = 0

local function lines(name)
  local file, problem = io.open(name, "r")
  if not file then
    error("verify.lua: " .. problem, 0)
  end
  local all = {}
  for line in file:lines() do
    if line ~= "" then
      all[#all + 1] = line
    end
  end
  file:close()
  if #all == 0 then
    error("verify.lua: " .. name .. " is empty", 0)
  end
  return all
end

-- A payload is of the alphabet of QR codes, in which nothing needs an escape.
local function body(payloads, from, count)
  local quoted = {}
  for i = 0, count - 1 do
    quoted[#quoted + 1] = '"' .. payloads[(from + i - 1) % #payloads + 1] .. '"'
  end
  return '{"payloads":[' .. table.concat(quoted, ",") .. "]}"
end

function setup(thread)
  thread:set("number", #threads)
  threads[#threads + 1] = thread
end

function init(arguments)
  if #arguments < 2 then
    error("usage: wrk ... -s verify.lua ADDRESS -- PAYLOADS TOKEN_FILE [BATCH]", 0)
  end
  local payloads = lines(arguments[1])
  local batch = tonumber(arguments[3] or "1")
  local headers = {
    ["Authorization"] = "Bearer " .. lines(arguments[2])[1],
    ["Content-Type"] = "application/json",
  }
  local count = math.min(1000, math.ceil(#payloads / batch))
  for i = 1, count do
    requests[i] = wrk.format("POST", "/v1/verifications", headers, body(payloads, 1 + (i - 1) * batch, batch))
  end
  turn = number * 37
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function response(status, headers, answer)
  if status == 200 then
    for _, verdict in ipairs(VERDICTS) do
      local _, count = answer:gsub('"verdict":"' .. verdict .. '"', "")
      _G[verdict] = _G[verdict] + count
    end
  elseif status == 429 then
    limited = limited + 1
  elseif status == 503 then
    shed = shed + 1
  else
    failed = failed + 1
  end
end

local function total(name)
  local sum = 0
  for _, thread in ipairs(threads) do
    sum = sum + thread:get(name)
  end
  return sum
end

function done(summary)
  local seconds = summary.duration / 1e6
  local judged = 0
  for _, verdict in ipairs(VERDICTS) do
    local count = total(verdict)
    judged = judged + count
    print(string.format("%-18s %d", verdict, count))
  end
  print(string.format("%-18s %.0f", "payloads/s", judged / seconds))
  print(string.format("%-18s %d", "limited (429)", total("limited")))
  print(string.format("%-18s %d", "shed (503)", total("shed")))
  print(string.format("%-18s %d", "other answers", total("failed")))
  print(string.format("%-18s %d", "no answer", summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.timeout))
end
