package dev.concord.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/monitoring.md} name all meters and alerts, and no others. */
class MonitoringPageTest {

    private static final Path PAGE = Path.of("docs", "monitoring.md");
    private static final Pattern ROW = Pattern.compile("\\| `([\\w]+)` \\| ([^|]*?) ?\\|.*");

    @Test
    void theTableOfMetersIsWhatTheCodeHas() throws IOException {
        Map<String, String> meters = new TreeMap<>();
        for (Meter meter : Meter.values()) {
            String name = switch (meter.kind()) {
                case SUMMARY -> meter.base();
                case COUNTER, GAUGE, INFO -> meter.names().getFirst();
            };
            meters.put(name, String.join(", ", meter.labels()));
        }
        assertThat(rows("Meters")).isEqualTo(meters);
    }

    @Test
    void theTableOfAlertsIsWhatTheRulesSay() throws IOException {
        Map<String, String> alerts = new TreeMap<>();
        AlertsTest.alerts()
                .forEach((name, alert) -> alerts.put(name, (String) ((Map<?, ?>) alert.get("labels")).get("severity")));
        assertThat(rows("Alerts")).isEqualTo(alerts);
    }

    /** The first two columns of a section's table. */
    private static Map<String, String> rows(String heading) throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        Map<String, String> rows = new TreeMap<>();
        lines.stream()
                .skip(lines.indexOf("## " + heading) + 1)
                .takeWhile(line -> !line.startsWith("## "))
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .forEach(row -> rows.put(row.group(1), row.group(2)));
        return rows;
    }
}
