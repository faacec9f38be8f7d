package dev.concord.telemetry;

import dev.concord.record.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The panels of Grafana's dashboard, with their queries as Grafana would send them for all mappings. */
record Dashboard(List<Panel> panels) {

    static final Path FILE = Path.of("monitoring/grafana/dashboard.json");

    record Panel(String row, String type, String title, List<String> expressions) {}

    static Dashboard load() throws IOException {
        List<Panel> panels = new ArrayList<>();
        String row = "";
        for (Object entry : (List<?>) Json.readObject(Files.readString(FILE)).get("panels")) {
            Map<?, ?> panel = (Map<?, ?>) entry;
            String title = (String) panel.get("title");
            if (panel.get("type").equals("row")) {
                row = title;
                continue;
            }
            List<String> expressions = new ArrayList<>();
            for (Object target : (List<?>) panel.get("targets")) {
                expressions.add(((String) ((Map<?, ?>) target).get("expr"))
                        .replace("$mapping", ".+")
                        .replace("$__rate_interval", "5s")
                        .replace("$__range", "1m"));
            }
            panels.add(new Panel(row, (String) panel.get("type"), title, expressions));
        }
        return new Dashboard(panels);
    }

    List<String> expressions() {
        return panels.stream().flatMap(panel -> panel.expressions().stream()).toList();
    }
}
