package dev.concord.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.concord.record.Json;
import dev.concord.record.JsonValues;
import dev.concord.record.Pointer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published schemas and the loader accept and refuse the same files. */
class SchemaAgreementTest {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Schema> SCHEMAS = new HashMap<>();
    private static final Map<String, String> GOOD = Corpus.good();
    private static final Definitions DEFINITIONS = Corpus.load(GOOD);
    private static final Map<String, Map<String, String>> NEEDED = new HashMap<>();

    /** Faults that a schema cannot see, by the words of the loader's message. */
    private static final Pattern UNSEEN = Pattern.compile(String.join(
            "|",
            "is no known object set",
            "needs the key",
            "is the id of these objects",
            "cannot be used: jobs/",
            "is no mapping",
            "is no filter",
            "leads nowhere",
            "has no row in properties",
            "does not exist",
            "is no link qualifier of this mapping",
            "a second correlation",
            "is not the object set of this side",
            "mean the same",
            "is no known character set",
            "belongs to the attribute",
            "differs from .* in case only",
            "a password may not stand in an address",
            "is no time zone",
            "cannot be understood as a cron expression",
            "is no time;",
            "the end is not after the start",
            "is no path below jobs/",
            "a second \\w+( \\w+)? named",
            "uses the links of",
            "to use its links this one must run",
            "the key .* is there twice",
            "not YAML",
            "the file is empty"));

    @ParameterizedTest
    @CsvSource({
        "MAPPING, mapping, ''",
        "PROPERTY_ROW, mapping, /$defs/row",
        "RULE, mapping, /$defs/rule",
        "QUERY, mapping, /$defs/query/anyOf/1",
        "CORRELATION, mapping, /$defs/correlation",
        "CORRELATION_NODE, mapping, /$defs/correlationNode",
        "EXPRESSION_TREE, mapping, /$defs/expressionTree",
        "DISPLAY, mapping, /$defs/display",
        "RECON, mapping, /$defs/recon",
        "RECON_ASSOCIATION, mapping, /$defs/reconAssociation",
        "THRESHOLDS, mapping, /$defs/thresholds",
        "RETRY_FAILED, mapping, /$defs/retryFailed",
        "FILE_SYSTEM, system, /$defs/csvSystem",
        "FILE_SYSTEM, system, /$defs/jsonSystem",
        "JDBC_SYSTEM, system, /$defs/jdbcSystem",
        "TIMEOUTS, system, /$defs/timeouts",
        "CSV_OBJECTS, system, /$defs/csvObjects",
        "JSON_OBJECTS, system, /$defs/jsonObjects",
        "TABLE_OBJECTS, system, /$defs/tableObjects",
        "CSV_ATTRIBUTE, system, /$defs/csvAttribute",
        "JSON_ATTRIBUTE, system, /$defs/jsonAttribute",
        "COLUMN, system, /$defs/column",
        "MANAGED_TYPE, managed, ''",
        "MANAGED_ATTRIBUTE, managed, /$defs/attribute",
        "KEY, key, ''",
        "SCHEDULE, schedule, ''",
        "INVOKE_CONTEXT, schedule, /$defs/invokeContext",
        "WEBHOOK, webhook, ''"
    })
    void theKeysOfTheLoaderAreThoseOfTheSchema(Shape shape, String schema, String pointer) {
        Object properties = Pointer.of(pointer + "/properties").get(Json.read(Corpus.schema(schema)));

        assertThat(((Map<?, ?>) properties).keySet()).isEqualTo(shape.keys());
    }

    @Test
    void everyShapeIsComparedWithASchema() throws NoSuchMethodException {
        Set<String> compared = new TreeSet<>();
        CsvSource table = SchemaAgreementTest.class
                .getDeclaredMethod("theKeysOfTheLoaderAreThoseOfTheSchema", Shape.class, String.class, String.class)
                .getAnnotation(CsvSource.class);
        Arrays.stream(table.value())
                .map(row -> row.substring(0, row.indexOf(',')))
                .forEach(compared::add);

        assertThat(compared)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Shape.values()).map(Shape::name).toList());
    }

    @TestFactory
    Stream<DynamicTest> goodFilesPassBoth() {
        return GOOD.keySet().stream()
                .filter(SourcePath::isDefinition)
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    assertThat(Corpus.errors(GOOD, path)).isEmpty();
                    assertThat(schemaErrors(path, Corpus.plain(path, GOOD.get(path))))
                            .isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> badFilesFailBoth() {
        Map<String, String> bad = Corpus.bad();
        return bad.keySet().stream()
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    List<String> errors = Corpus.errors(Corpus.with(GOOD, path, bad.get(path)), path);
                    assertThat(errors).isNotEmpty();
                    if (errors.stream().anyMatch(error -> !UNSEEN.matcher(error).find())) {
                        assertThat(schemaErrors(path, Corpus.plain(path, bad.get(path))))
                                .isNotEmpty();
                    }
                }));
    }

    /**
     * Each value of each good file is replaced by others and removed; every time both must come to the same verdict.
     */
    @TestFactory
    Stream<DynamicTest> bothJudgeAlikeWhateverIsChangedInAGoodFile() {
        return GOOD.keySet().stream()
                .filter(SourcePath::isDefinition)
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    List<String> differences = new ArrayList<>();
                    Object original = Corpus.plain(path, GOOD.get(path));
                    for (Pointer pointer : Corpus.pointers(original)) {
                        for (Object replacement : Arrays.asList(
                                REMOVED,
                                true,
                                5,
                                -1,
                                new BigDecimal("1.5"),
                                "",
                                " ",
                                "some text",
                                List.of(),
                                Map.of(),
                                List.of("x"),
                                List.of(1),
                                Map.of("x", 1),
                                "\u0001",
                                "UPDATE",
                                "50%",
                                "a/../b")) {
                            compare(path, original, pointer, replacement, differences);
                        }
                    }
                    assertThat(differences).isEmpty();
                }));
    }

    private static final Object REMOVED = new Object();

    private static void compare(
            String path, @Nullable Object original, Pointer pointer, Object replacement, List<String> differences) {
        Map<String, @Nullable Object> changed = JsonValues.copyOf((Map<?, ?>) original);
        if (replacement == REMOVED) {
            pointer.remove(changed);
        } else {
            pointer.put(changed, replacement);
        }
        List<String> errors = Corpus.errors(Corpus.with(neededBy(path), path, Json.write(changed)), path);
        List<String> seen =
                errors.stream().filter(error -> !UNSEEN.matcher(error).find()).toList();
        boolean refused = !schemaErrors(path, changed).isEmpty();
        if (refused ? errors.isEmpty() : !seen.isEmpty()) {
            differences.add(pointer + " = " + (replacement == REMOVED ? "(removed)" : Json.write(replacement))
                    + ": loader " + errors + ", schema " + schemaErrors(path, changed));
        }
    }

    /** The files a good file depends on; all of them each time would take long. */
    private static Map<String, String> neededBy(String path) {
        if (path.startsWith("systems/") || path.startsWith("managed/") || path.startsWith("keys/")) {
            return Map.of();
        }
        return NEEDED.computeIfAbsent(
                path,
                file -> DEFINITIONS.mappings().values().stream()
                        .filter(mapping -> mapping.place().file().equals(file))
                        .findFirst()
                        .map(mapping -> DEFINITIONS.closureOf(mapping.name()).texts())
                        .orElse(GOOD));
    }

    private static List<String> schemaErrors(String path, @Nullable Object plain) {
        String name = path.startsWith("systems/")
                ? "system"
                : path.startsWith("managed/")
                        ? "managed"
                        : path.startsWith("keys/")
                                ? "key"
                                : path.startsWith("schedules/")
                                        ? "schedule"
                                        : path.startsWith("webhooks/") ? "webhook" : "mapping";
        Schema schema = SCHEMAS.computeIfAbsent(name, key -> REGISTRY.getSchema(Corpus.schema(key)));
        return schema.validate(Json.write(plain), InputFormat.JSON).stream()
                .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                .toList();
    }
}
