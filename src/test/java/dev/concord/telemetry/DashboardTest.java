package dev.concord.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The dashboard's file is one that Grafana can show; whether its queries find something is told by {@link MetersIT}.
 */
class DashboardTest {

    /** Of Grafana's grid. */
    private static final int COLUMNS = 24;

    private static final Set<String> KINDS = Set.of("row", "stat", "bargauge", "timeseries");

    /** What Grafana itself puts in. */
    private static final Set<String> GIVEN = Set.of("__rate_interval", "__range");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)}?");
    private static final Pattern LABELS = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");
    private static final Path PROVISIONING = Path.of("monitoring/grafana/provisioning");

    private Map<String, ?> dashboard;
    private List<Map<?, ?>> panels;

    private record Place(int x, int y, int width, int height) {

        boolean overlaps(Place other) {
            return x < other.x + other.width
                    && other.x < x + width
                    && y < other.y + other.height
                    && other.y < y + height;
        }
    }

    @BeforeEach
    void read() throws IOException {
        dashboard = Json.readObject(Files.readString(Dashboard.FILE));
        panels = maps(dashboard.get("panels"));
    }

    @Test
    void itIsNamedAndOfASchemaThatGrafanaStillReads() {
        assertThat((String) dashboard.get("uid")).matches("[\\w-]{1,40}");
        assertThat((String) dashboard.get("title")).isNotBlank();
        assertThat((Integer) dashboard.get("schemaVersion")).isBetween(36, 42);
        assertThat((Map<?, ?>) dashboard.get("time")).extracting("from", "to").doesNotContainNull();
        assertThat(dashboard.containsKey("id"))
                .as("an id would be that of somebody's Grafana")
                .isFalse();
    }

    @Test
    void panelsAreNumberedOnceAndOfKindsThatGrafanaHas() {
        assertThat(panels)
                .isNotEmpty()
                .extracting(panel -> (Object) panel.get("id"))
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat((Integer) id).isPositive());
        assertThat(panels).allSatisfy(panel -> {
            assertThat(panel.get("type")).isIn(KINDS);
            assertThat((String) panel.get("title")).isNotBlank();
        });
    }

    @Test
    void panelsStandBesideEachOtherAndNeverOnTop() {
        List<Place> places = new ArrayList<>();
        for (Map<?, ?> panel : panels) {
            Map<?, ?> grid = (Map<?, ?>) panel.get("gridPos");
            Place place = new Place((int) grid.get("x"), (int) grid.get("y"), (int) grid.get("w"), (int) grid.get("h"));
            assertThat(place.x()).as("%s", panel.get("title")).isNotNegative();
            assertThat(place.width()).as("%s", panel.get("title")).isPositive();
            assertThat(place.height()).as("%s", panel.get("title")).isPositive();
            assertThat(place.x() + place.width()).as("%s", panel.get("title")).isLessThanOrEqualTo(COLUMNS);
            assertThat(places).as("%s", panel.get("title")).noneMatch(place::overlaps);
            places.add(place);
        }
    }

    @Test
    void everyPanelAsksTheChosenDataSourceAndEachQueryHasALetterOfItsOwn() {
        for (Map<?, ?> panel : panels) {
            if (panel.get("type").equals("row")) {
                continue;
            }
            List<Map<?, ?>> targets = maps(panel.get("targets"));
            assertThat(targets).as("%s", panel.get("title")).isNotEmpty();
            assertThat(targets)
                    .extracting(target -> (Object) target.get("refId"))
                    .doesNotHaveDuplicates();
            Stream.concat(Stream.of(panel), targets.stream())
                    .forEach(asked -> assertThat(asked.get("datasource"))
                            .as("%s", panel.get("title"))
                            .isEqualTo(Map.of("type", "prometheus", "uid", "${datasource}")));
            Map<?, ?> defaults = (Map<?, ?>) ((Map<?, ?>) panel.get("fieldConfig")).get("defaults");
            assertThat(defaults.get("unit"))
                    .as("unit of %s", panel.get("title"))
                    .isInstanceOf(String.class);
        }
    }

    @Test
    void everyVariableIsDefinedAndUsed() {
        List<Map<?, ?>> defined = maps(((Map<?, ?>) dashboard.get("templating")).get("list"));
        Set<String> names = new HashSet<>();
        defined.forEach(variable -> assertThat(names.add((String) variable.get("name")))
                .as("%s", variable)
                .isTrue());
        Set<String> used = new HashSet<>();
        VARIABLE.matcher(Json.write(Map.of("panels", panels, "templating", defined)))
                .results()
                .map(found -> found.group(1))
                .filter(name -> !GIVEN.contains(name) && !name.equals("__all"))
                .forEach(used::add);
        assertThat(used).isEqualTo(names);
        for (Map<?, ?> variable : defined) {
            if (variable.get("type").equals("datasource")) {
                assertThat(variable.get("query")).isEqualTo("prometheus");
            } else {
                assertThat(variable.get("type")).isEqualTo("query");
                String query = (String) ((Map<?, ?>) variable.get("query")).get("query");
                var asked = LABELS.matcher(query);
                assertThat(asked.matches()).as(query).isTrue();
                assertThat(Stream.of(Meter.values()))
                        .as(query)
                        .anyMatch(meter -> meter.names().contains(asked.group(1))
                                && meter.labels().contains(asked.group(2)));
            }
        }
    }

    @Test
    void grafanaIsToldOfTheDataSourceAndOfTheFolderThatComposeMounts() throws IOException {
        Map<?, ?> source = maps(yaml(PROVISIONING.resolve("datasources/prometheus.yaml"))
                        .get("datasources"))
                .getFirst();
        Map<?, ?> services =
                (Map<?, ?>) yaml(Path.of("monitoring/compose.yaml")).get("services");
        assertThat(source.get("type")).isEqualTo("prometheus");
        assertThat(services.containsKey("prometheus")).isTrue();
        assertThat(source.get("url")).isEqualTo("http://prometheus:9090");
        Map<?, ?> provider = maps(yaml(PROVISIONING.resolve("dashboards/concord.yaml"))
                        .get("providers"))
                .getFirst();
        String folder = (String) ((Map<?, ?>) provider.get("options")).get("path");
        assertThat(((List<?>) ((Map<?, ?>) services.get("grafana")).get("volumes")))
                .anySatisfy(
                        volume -> assertThat((String) volume).startsWith("./grafana/dashboard.json:" + folder + "/"));
    }

    @Test
    void composeMountsFilesThatAreThere() throws IOException {
        Map<?, ?> services =
                (Map<?, ?>) yaml(Path.of("monitoring/compose.yaml")).get("services");
        services.forEach((name, service) -> maps(List.of(service)).stream()
                .map(one -> one.get("volumes"))
                .filter(List.class::isInstance)
                .flatMap(volumes -> ((List<?>) volumes).stream())
                .map(volume -> ((String) volume).split(":")[0])
                .filter(path -> path.startsWith("."))
                .forEach(path -> assertThat(Path.of("monitoring").resolve(path))
                        .as("%s", name)
                        .exists()));
        Map<?, ?> scraped = maps(yaml(Path.of("monitoring/prometheus.yml")).get("scrape_configs"))
                .getFirst();
        assertThat(maps(scraped.get("static_configs")).getFirst().get("targets"))
                .isEqualTo(List.of("concord:8081"));
        assertThat(services.containsKey("concord")).isTrue();
    }

    private static Map<?, ?> yaml(Path file) throws IOException {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    private static List<Map<?, ?>> maps(Object list) {
        List<Map<?, ?>> maps = new ArrayList<>();
        ((List<?>) list).forEach(entry -> maps.add((Map<?, ?>) entry));
        return maps;
    }
}
