-- wrk by itself sends as fast as it can, and would measure the machine. So each connection waits between two requests.
function delay()
	return 20
end

-- One line that a program can read. A connection that breaks with a request on it counts as read, whatever was lost.
function done(summary)
	local errors = summary.errors
	io.write(string.format("wrk: %d requests, %d connect, %d read, %d write, %d status, %d timeout\n",
		summary.requests, errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
