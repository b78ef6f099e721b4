--- Checks that a call raises an error whose message holds `text`.
return function(text, f, ...)
  local ok, message = pcall(f, ...)
  assert(not ok, "expected an error with: " .. text)
  assert(tostring(message):find(text, 1, true), ("expected '%s' in: %s"):format(text, message))
end
