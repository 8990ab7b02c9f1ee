package dev.zerodowntime.lab.cli;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.xml.parsers.DocumentBuilderFactory;

import dev.zerodowntime.probe.Measurement;
import dev.zerodowntime.probe.model.Answer;
import dev.zerodowntime.probe.model.ConnectionMode;
import dev.zerodowntime.probe.model.DropKind;
import dev.zerodowntime.probe.model.Report;
import dev.zerodowntime.probe.model.Slices;
import dev.zerodowntime.probe.report.JsonReport;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import static org.junit.jupiter.api.Assertions.assertEquals;

class StripTest {

	@Test
	void shouldShowWhoAnsweredAndWhatWasLost() throws Exception {
		Element svg = parse(new Strip(measurement(3000), 7000).svg("step1 & <more>"));
		assertEquals("step1 & <more>", svg.getAttribute("aria-label"));
		assertEquals(List.of("v1", "v2"), titles(svg, "answer"));
		assertEquals(List.of("1.0 s: 10 of 10 lost (closed 1, refused 9), after: stopped \"v1\" & <gone>",
				"1.1 s: 10 of 10 lost (refused 10), after: stopped \"v1\" & <gone>"), titles(svg, "drop"));
		assertEquals(List.of("1.0 s: stopped \"v1\" & <gone>"), titles(svg, "event"));
		assertEquals(List.of("20 lost"), texts(svg, "lost"));
	}

	@Test
	void shouldTellThePhaseOfALossWhereTheTenthOfASecondBeganBefore() throws Exception {
		assertEquals("1.1 s: 5 of 10 lost (closed 1, refused 4), after: stopped \"v1\" & <gone>",
				titles(parse(new Strip(measurement(3000, 405, 4050), 7000).svg("a")), "drop").get(0));
	}

	@Test
	void shouldShareOneScale() throws Exception {
		assertEquals(7000, Strip.spanMs(measurement(3000)));
		double alone = width(parse(new Strip(measurement(3000), 7000).svg("a")));
		double besideALongerOne = width(parse(new Strip(measurement(3000), 17000).svg("a")));
		assertEquals(alone / 2, besideALongerOne, 0.2);
	}

	/** Three seconds of v1, one more with the deploy, 200 ms of nothing, then v2. */
	private static Measurement measurement(long deployMs) {
		return measurement(deployMs, 400, 4000);
	}

	private static Measurement measurement(long deployMs, int firstLost, long stoppedMs) {
		List<Answer> answers = new ArrayList<>();
		for (int slot = 0; slot < 1000; slot++) {
			long due = TimeUnit.MILLISECONDS.toNanos(slot * 10L);
			DropKind drop = null;
			if (slot >= firstLost && slot < 420) {
				drop = (slot == firstLost) ? DropKind.CLOSED : DropKind.REFUSED;
			}
			answers.add(new Answer(ConnectionMode.FRESH, slot, due, due, due, drop,
					(drop != null) ? null : (slot < 400) ? "v1" : "v2"));
		}
		Report report = JsonReport.parse("""
				{
				  "url": "http://127.0.0.1:1/", "rate_per_s": 100, "started_at": "1970-01-01T00:00:00Z",
				  "duration_ms": 10000, "trusted": true, "problems": [], "warmup": { "sent": 0, "dropped": 0 },
				  "modes": {
				    "fresh": {
				      "sent": 1000, "ok": 980, "dropped": 20, "drops_by_kind": {}, "outages": [], "downtime_ms": 0,
				      "latency_ms": null, "baseline_latency_ms": null, "command_latency_ms": null,
				      "late_slots": 0, "lateness_ms": null, "versions": {}, "versions_overlap": null
				    }
				  },
				  "events": [ { "at_ms": %d, "name": "stopped \\"v1\\" & <gone>" } ],
				  "command": { "line": ["./deploy.sh"], "exit_code": 0, "from_ms": %d, "to_ms": 5000, "output": [] },
				  "labels": {}
				}
				""".formatted(stoppedMs, deployMs));
		return new Measurement(report, Slices.of(answers));
	}

	private static double width(Element svg) {
		Element first = elements(svg, "answer").get(0);
		return Double.parseDouble(first.getAttribute("width"));
	}

	private static List<String> titles(Element svg, String kind) {
		return elements(svg, kind).stream()
			.map((element) -> element.getElementsByTagName("title").item(0).getTextContent())
			.toList();
	}

	private static List<String> texts(Element svg, String kind) {
		return elements(svg, kind).stream().map(Element::getTextContent).toList();
	}

	private static List<Element> elements(Element svg, String kind) {
		List<Element> found = new ArrayList<>();
		NodeList all = svg.getElementsByTagName("*");
		for (int i = 0; i < all.getLength(); i++) {
			Element element = (Element) all.item(i);
			if (List.of(element.getAttribute("class").split(" ")).contains(kind)) {
				found.add(element);
			}
		}
		return found;
	}

	private static Element parse(String svg) throws Exception {
		return DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
			.getDocumentElement();
	}

}
