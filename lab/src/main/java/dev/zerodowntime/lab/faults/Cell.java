package dev.zerodowntime.lab.faults;

/**
 * One fault.
 *
 * @param point where the command is cut off
 * @param cut how
 * @param next what is done then
 */
record Cell(Point point, Cut cut, Next next) {

	@Override
	public String toString() {
		return "%s cut off by %s after '%s', then %s".formatted(this.point.command(), this.cut.word(),
				this.point.line().strip(), this.next.word());
	}

}
