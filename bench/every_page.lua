-- Asks for the paths in the file named by the last argument, one after the other.
local folder = debug.getinfo(1, "S").source:match("^@(.*)/") or "."
dofile(folder .. "/report.lua")

local asked, count = {}, 0

function init(args)  -- wrk.init calls it
  for path in io.lines(args[#args]) do
    asked[#asked + 1] = wrk.format("GET", path)
  end
end

function request()
  count = count % #asked + 1
  return asked[count]
end
