package dev.zerodowntime.probe.cli;

import dev.zerodowntime.probe.model.ConnectionMode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code --connections} may be. */
enum Connections {

	FRESH("fresh", ConnectionMode.FRESH), KEEP_ALIVE("keep-alive", ConnectionMode.KEEP_ALIVE),
	BOTH("both", ConnectionMode.values());

	private final String word;

	private final ConnectionMode[] modes;

	Connections(String word, ConnectionMode... modes) {
		this.word = word;
		this.modes = modes;
	}

	ConnectionMode[] modes() {
		return this.modes.clone();
	}

	static final class Converter implements ITypeConverter<Connections> {

		@Override
		public Connections convert(String value) {
			for (Connections each : values()) {
				if (each.word.equals(value)) {
					return each;
				}
			}
			throw new TypeConversionException("'" + value + "' is not one of fresh, keep-alive, both");
		}

	}

}
