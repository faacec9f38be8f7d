package dev.concord.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.model.World.Link;
import dev.concord.worlds.Report.Line;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A comparison that finds nothing would make every trial pass. */
class ReportTest {

    private static final Line FIRST = line("s1", "t1", "SUCCESS");
    private static final Line SECOND = line("s2", "t2", "SUCCESS");
    private static final Report REPORT = report(false, List.of(FIRST, SECOND), 2, "m1", "t1");

    @Test
    void everyPartOfAReportCounts() {
        assertThat(REPORT.differenceFrom(REPORT, true)).isEmpty();
        assertThat(List.of(
                        report(true, List.of(FIRST, SECOND), 2, "m1", "t1"),
                        report(false, List.of(FIRST), 2, "m1", "t1"),
                        report(false, List.of(FIRST, line("s2", "t2", "DATA")), 2, "m1", "t1"),
                        report(false, List.of(FIRST, line("s2", null, "SUCCESS")), 2, "m1", "t1"),
                        report(false, List.of(FIRST, SECOND), 3, "m1", "t1"),
                        report(false, List.of(FIRST, SECOND), 2, "m2", "t1"),
                        report(false, List.of(FIRST, SECOND), 2, "m1", "t2")))
                .allSatisfy(other -> {
                    assertThat(REPORT.differenceFrom(other, true)).isPresent();
                    assertThat(REPORT.differenceFrom(other, false)).isPresent();
                });
    }

    @Test
    void theOrderCountsWhereThereIsOne() {
        Report other = report(false, List.of(SECOND, FIRST), 2, "m1", "t1");
        assertThat(REPORT.differenceFrom(other, true)).isPresent();
        assertThat(REPORT.differenceFrom(other, false)).isEmpty();
    }

    @Test
    void aReportAddsUpWhenWhatIsCountedIsWhatThereIs() {
        assertThat(REPORT.addsUp(false, 1, 1)).isTrue();
        assertThat(REPORT.addsUp(false, 2, 1)).isFalse();
        assertThat(REPORT.addsUp(false, 1, 0)).isFalse();
        assertThat(report(false, List.of(FIRST, SECOND), 1, "m1", "t1").addsUp(false, 1, 1))
                .isFalse();
    }

    private static Line line(String source, String target, String outcome) {
        return new Line("SOURCE", source, target, "default", "CONFIRMED", "UPDATE", outcome, List.of());
    }

    private static Report report(boolean refused, List<Line> lines, long ops, String mail, String linked) {
        return new Report(
                refused,
                lines,
                Map.of("CONFIRMED/UPDATE/SUCCESS", 2L, "OPS", ops),
                Map.of("t1", Map.of("mail", mail)),
                Report.sorted(List.of(new Link("mapping", "default", "s1", linked))));
    }
}
