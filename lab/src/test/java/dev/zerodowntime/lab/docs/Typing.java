package dev.zerodowntime.lab.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.zerodowntime.lab.docs.Page.Fence;

/**
 * What a page has its reader type, and what it shows of the answers.
 * <p>
 * Every line of a block {@code sh} is typed, unless the line before the block is a
 * comment {@code <!-- not typed: REASON -->}. What follows {@code ./workshop shell STEP},
 * up to the next {@code ./workshop}, is typed on the server. A comment that begins with
 * {@code fails} tells that a command is meant to fail. A block {@code text} that comes
 * after one is compared, unless a run has written it ({@code generated}, {@code copy}) or
 * {@code <!-- not compared: REASON -->} stands before it.
 *
 * @param steps what to type and to compare, in order
 * @param left blocks that are not typed, with their reasons
 */
record Typing(List<Step> steps, List<String> left) {

	private static final Pattern LEFT = Pattern.compile("<!-- not (typed|compared): (.+) -->");

	private static final Pattern WRITTEN_BY_A_RUN = Pattern.compile("<!-- (generated|copy).*");

	/** Excerpts, which another test compares. */
	private static final Pattern EXCERPT = Pattern.compile("<!-- from: .+ -->");

	private static final Pattern SHELL = Pattern.compile("\\./workshop shell step[1-9]");

	static Typing of(Page page) {
		List<Step> steps = new ArrayList<>();
		List<String> left = new ArrayList<>();
		for (Fence fence : page.fences()) {
			var reason = LEFT.matcher(fence.before().strip());
			if (reason.matches()) {
				left.add(page + ": " + reason.group(2));
			}
			else if (fence.language().equals("sh") && !EXCERPT.matcher(fence.before()).matches()) {
				fence.lines().stream().filter((line) -> !line.isBlank()).forEach((line) -> add(line, steps));
			}
			else if (fence.language().equals("text") && !steps.isEmpty()
					&& !WRITTEN_BY_A_RUN.matcher(fence.before()).matches()) {
				steps.add(new Step("", List.of(), false, fence.lines()));
			}
		}
		return new Typing(steps, left);
	}

	private static void add(String line, List<Step> steps) {
		String command = line.replaceFirst("(^|\\s+)#.*", "").replaceFirst("^\\$ ", "").strip();
		boolean fails = line.matches(".*\\s# fails\\b.*");
		if (command.isEmpty()) {
			return;
		}
		int last = steps.size() - 1;
		if (!command.startsWith("./workshop ") && last >= 0 && SHELL.matcher(steps.get(last).command()).matches()) {
			Step shell = steps.get(last);
			List<String> input = new ArrayList<>(shell.input());
			input.add(command);
			steps.set(last, new Step(shell.command(), input, shell.fails(), List.of()));
			return;
		}
		if (!command.startsWith("./workshop ")) {
			throw new IllegalArgumentException(
					"'%s' would be typed on this machine: no ./workshop shell is open before it".formatted(command));
		}
		steps.add(new Step(command, List.of(), fails, List.of()));
	}

	/**
	 * A command to type, or an output to compare.
	 *
	 * @param command one line; empty if there is only something to compare
	 * @param input what is typed into it
	 * @param fails whether it is meant to fail
	 * @param shown lines that what was printed since the last comparison has to have
	 */
	record Step(String command, List<String> input, boolean fails, List<String> shown) {
	}

}
