package dev.concord.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Each alert is explained and has cases. */
class AlertsTest {

    private static final Path FOLDER = Path.of("monitoring");

    @Test
    void everyAlertSaysHowUrgentItIsAndHasASectionInTheRunbook() throws IOException {
        List<String> headings = Files.readAllLines(FOLDER.resolve("runbook.md")).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
        alerts().forEach((name, alert) -> {
            assertThat(headings).contains(name);
            Map<?, ?> annotations = (Map<?, ?>) alert.get("annotations");
            assertThat(annotations.get("runbook")).isEqualTo("monitoring/runbook.md#" + name.toLowerCase(Locale.ROOT));
            assertThat((String) annotations.get("summary")).isNotBlank();
            assertThat(((Map<?, ?>) alert.get("labels")).get("severity")).isIn("warning", "critical");
        });
    }

    @Test
    void everyAlertIsSeenQuietFiringAndResolved() throws IOException {
        Map<String, List<Boolean>> seen = new TreeMap<>();
        for (Object test : (List<?>) yaml("alerts.test.yml").get("tests")) {
            List<Boolean> fires = new ArrayList<>();
            String name = "";
            for (Object moment : (List<?>) ((Map<?, ?>) test).get("alert_rule_test")) {
                name = (String) ((Map<?, ?>) moment).get("alertname");
                fires.add(!((List<?>) ((Map<?, ?>) moment).get("exp_alerts")).isEmpty());
            }
            if (fires.equals(List.of(false, true, false))) {
                seen.put(name, fires);
            }
        }
        assertThat(seen.keySet()).containsExactlyInAnyOrderElementsOf(alerts().keySet());
    }

    /** The alerts by their names. */
    static Map<String, Map<?, ?>> alerts() throws IOException {
        Map<String, Map<?, ?>> alerts = new TreeMap<>();
        for (Object group : (List<?>) yaml("alerts.yml").get("groups")) {
            for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                alerts.put((String) ((Map<?, ?>) rule).get("alert"), (Map<?, ?>) rule);
            }
        }
        return alerts;
    }

    private static Map<?, ?> yaml(String file) throws IOException {
        return (Map<?, ?>)
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(FOLDER.resolve(file)));
    }
}
