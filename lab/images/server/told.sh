#!/bin/sh
# told COMMAND...: runs it, and lets those know who watch (./workshop watch): what it says is written down as well.
book=/tmp/told

# Ctrl-C is for the command; what it says to that still has to get through
trap : INT
echo "told: begin $*" >>"$book"
exec 5>&1
status=$(
	{
		{
			{
				"$@" 4>&- 5>&-
				echo "$?" >&4
			} | tee -a -i "$book" >&5
		} 2>&1 | tee -a -i "$book" >&2
	} 4>&1
)
echo "told: end $status $*" >>"$book"
exit "$status"
