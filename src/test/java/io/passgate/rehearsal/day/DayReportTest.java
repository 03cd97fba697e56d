package io.passgate.rehearsal.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.rehearsal.day.DayRun.Fault;
import io.passgate.rehearsal.day.DayRun.FiredAlert;
import io.passgate.rehearsal.day.DayRun.Lane;
import io.passgate.rehearsal.day.DayRun.Ledger;
import io.passgate.rehearsal.day.DayRun.Sample;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What the page of a day says and how it is built. */
final class DayReportTest {
    private static final DayReport.Head HEAD = new DayReport.Head("A made-up day", List.of("on no machine"));
    private static final Pattern POINT = Pattern.compile("[ML](-?[\\d.]+) (-?[\\d.]+)");
    private static final int WIDTH = 520;
    private static final int HEIGHT = 256;
    private static final String HOSTILE = "<script>alert(1)</script> & \"' onload='x' ]]> \u0000\uD800";

    @TempDir
    Path folder;

    private MadeUpDay day;

    @BeforeEach
    void makeUp() throws IOException {
        day = new MadeUpDay();
    }

    private String page(List<DayRun> runs, List<DayReport.CpuCost> costs) throws IOException {
        Path file = folder.resolve("report.html");
        boolean _ = DayReport.write(file, HEAD, day.plan, runs, costs);
        return Files.readString(file);
    }

    private String whole() throws IOException {
        return page(List.of(day.quiet(), day.withFaults(), day.baseline()), MadeUpDay.COSTS);
    }

    /** The page is XML too, so that what is not closed or not escaped is found. */
    private static Document parsed(String page) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(page.replaceFirst("<!DOCTYPE html>\n", ""))));
    }

    private static Stream<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }

    private static Stream<Element> elements(Document document, String name, String style) {
        return elements(document, name)
                .filter(element ->
                        List.of(element.getAttribute("class").split(" ")).contains(style));
    }

    private static String verdict(String page) throws IOException, SAXException, ParserConfigurationException {
        Element main = elements(parsed(page), "main").findFirst().orElseThrow();
        List<Element> children = IntStream.range(0, main.getChildNodes().getLength())
                .mapToObj(i -> main.getChildNodes().item(i))
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
        assertThat(children.getFirst().getTagName()).isEqualTo("h1");
        assertThat(children.get(1).getAttribute("class")).startsWith("verdict ");
        return children.get(1).getAttribute("class") + ": " + children.get(1).getTextContent();
    }

    @Test
    void theVerdict_isTheFirstLine() throws Exception {
        assertThat(verdict(whole())).isEqualTo("verdict held: Held: 18 of 18 promises.");
    }

    @Test
    void aPromiseThatWasNotHeld_isInTheVerdict() throws Exception {
        DayRun lost = new DayRun(
                "with faults",
                true,
                List.of(),
                List.of(),
                List.of(),
                Optional.of(List.of()),
                Optional.of(new Ledger(1_000, 999, 1, 0, 0, 0)));
        assertThat(verdict(page(List.of(lost), List.of())))
                .startsWith("verdict broken: Not held: 1 of 6 promises, 3 not measured.")
                .contains("1,000 acknowledged, 999 in the log: 1 missing, 0 twice, 0 that nobody asked for");
    }

    @Test
    void aPromiseThatWasNotMeasured_isNotSaidToBeHeld() throws Exception {
        assertThat(verdict(page(List.of(day.quiet()), List.of())))
                .isEqualTo("verdict open: Held: 3 of 6 promises, 3 not measured.");
    }

    @Test
    void writing_saysWhetherEverythingWasMeasuredAndHeld() throws IOException {
        Path file = folder.resolve("report.html");
        assertThat(DayReport.write(file, HEAD, day.plan, List.of(day.quiet()), MadeUpDay.COSTS))
                .isTrue();
        assertThat(DayReport.write(file, HEAD, day.plan, List.of(day.quiet()), List.of()))
                .isFalse();
    }

    @Test
    void aFault_isMarkedInEveryPlotOfItsPlay_withinThePeak() throws Exception {
        Document page = parsed(whole());
        List<Element> plots = elements(page, "svg")
                .filter(svg -> svg.getElementsByTagName("title")
                        .item(0)
                        .getTextContent()
                        .endsWith(", with faults"))
                .toList();
        assertThat(plots).hasSizeGreaterThan(8);
        for (Element plot : plots) {
            List<Element> parts = IntStream.range(
                            0, plot.getElementsByTagName("g").getLength())
                    .mapToObj(i -> (Element) plot.getElementsByTagName("g").item(i))
                    .toList();
            assertThat(parts).hasSize(5);
            Element band = (Element) plot.getElementsByTagName("rect").item(0);
            double from = Double.parseDouble(band.getAttribute("x"));
            double until = from + Double.parseDouble(band.getAttribute("width"));
            assertThat(parts)
                    .extracting(part -> Double.parseDouble(
                            ((Element) part.getElementsByTagName("line").item(0)).getAttribute("x1")))
                    .allSatisfy(x -> assertThat(x).isBetween(from, until))
                    .isSorted();
        }
    }

    @Test
    void plotsSideBySide_haveOneScale() throws Exception {
        Document page = parsed(whole());
        assertThat(elements(page, "div", "plots")).isNotEmpty().allSatisfy(row -> {
            NodeList plots = row.getElementsByTagName("svg");
            assertThat(plots.getLength()).isGreaterThan(1);
            assertThat(IntStream.range(0, plots.getLength())
                            .mapToObj(i -> scale((Element) plots.item(i)))
                            .distinct())
                    .hasSize(1);
        });
    }

    private static List<String> scale(Element plot) {
        NodeList texts = plot.getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(i -> (Element) texts.item(i))
                .filter(text -> text.getAttribute("class").equals("y"))
                .map(Element::getTextContent)
                .toList();
    }

    @Test
    void whatIsDrawn_isWithinItsPlot_andIsANumber() throws Exception {
        String page = whole();
        assertThat(page).doesNotContain("NaN", "Infinity");
        assertThat(elements(parsed(page), "path"))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(
                                POINT.matcher(path.getAttribute("d")).results())
                        .isNotEmpty()
                        .allMatch(point -> Double.parseDouble(point.group(1)) >= 0
                                && Double.parseDouble(point.group(1)) <= WIDTH
                                && Double.parseDouble(point.group(2)) >= 0
                                && Double.parseDouble(point.group(2)) <= HEIGHT));
    }

    @Test
    void anAbsentLatency_leavesAGap() throws Exception {
        Sample some = new Sample(9, 9, 0, 0, 0, 0, 2, 3, 0);
        Sample none = new Sample(9, 0, 0, 0, 0, 9, Double.NaN, Double.NaN, 0);
        DayRun run = new DayRun(
                "day",
                true,
                List.of(new Lane("doors", List.of(some, some, none, some))),
                List.of(),
                List.of(),
                Optional.of(List.of()),
                Optional.empty());
        assertThat(elements(parsed(page(List.of(run), List.of())), "path", "p99")
                        .map(path -> path.getAttribute("d").replaceAll("[^ML]", "")))
                .containsExactly("MLM");
    }

    @Test
    void names_cannotBecomeMarkup() throws Exception {
        DayRun run = new DayRun(
                HOSTILE,
                true,
                List.of(new Lane(HOSTILE, List.of(new Sample(9, 9, 0, 0, 0, 0, 2, 3, 1)))),
                List.of(new Fault(HOSTILE, 400, 401, 1, 2)),
                List.of(new DayRun.ExpectedAlert(HOSTILE, HOSTILE, 5)),
                Optional.of(List.of(new FiredAlert(HOSTILE, 401), new FiredAlert(HOSTILE + "2", 402))),
                Optional.empty());
        Path file = folder.resolve("hostile.html");
        boolean _ = DayReport.write(
                file, new DayReport.Head(HOSTILE, List.of(HOSTILE)), day.plan, List.of(run), MadeUpDay.COSTS);
        Document page = parsed(Files.readString(file));
        assertThat(elements(page, "script")).isEmpty();
        assertThat(elements(page, "*"))
                .allSatisfy(element -> assertThat(IntStream.range(
                                        0, element.getAttributes().getLength())
                                .mapToObj(i -> element.getAttributes().item(i).getNodeName()))
                        .noneMatch(name -> name.startsWith("on")));
        String shown = HOSTILE.replace('\u0000', '\uFFFD').replace('\uD800', '\uFFFD');
        assertThat(elements(page, "h1").map(Element::getTextContent)).containsExactly(shown);
        assertThat(elements(page, "figcaption").map(Element::getTextContent)).containsOnly(shown);
        assertThat(elements(page, "td").map(Element::getTextContent)).contains(shown, shown + "2");
    }

    @Test
    void thePage_asksNobody() throws Exception {
        String page = whole();
        assertThat(page).contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"");
        assertThat(page.replace("xmlns='http://www.w3.org/2000/svg'", ""))
                .doesNotContain("http:", "https:", "url(", "@import", "src=", "href=", "<script", "<link");
    }
}
