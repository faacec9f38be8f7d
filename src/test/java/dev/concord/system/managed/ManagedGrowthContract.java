package dev.concord.system.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.filter.Filter;
import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.AttributeDefinition.AttributeType;
import dev.concord.mapping.ManagedType;
import dev.concord.mapping.Place;
import dev.concord.record.Resource;
import dev.concord.system.ObjectSet;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What becomes of a managed type's table when its definition changes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ManagedGrowthContract {

    private final TestDatabase database;

    ManagedGrowthContract(Databases kind) {
        database = kind.fresh();
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void newAttributesAndIndexesAreAddedAndObjectsStayWhatTheyWere() {
        ObjectSet first = open("growing", attribute("mail", AttributeType.STRING, ""));
        done(first.write(List.of(new Write.Create("a", Map.of("mail", "a@example.com")))));
        ObjectSet grown = open(
                "growing",
                attribute("mail", AttributeType.STRING, "unique"),
                attribute("age", AttributeType.INTEGER, "indexed"),
                attribute("roles", AttributeType.STRING, "multivalued"),
                attribute("select", AttributeType.STRING, "required"));
        Resource a = grown.fetch(List.of("a")).get("a");
        assertThat(a.content()).containsOnly(Map.entry("mail", "a@example.com"));
        Map<String, Object> content = Map.of("mail", "a@example.com", "age", 5, "roles", List.of("x"), "select", "y");
        done(grown.write(List.of(new Write.Update(a, content))));
        WriteOutcome taken =
                grown.write(List.of(new Write.Create("b", content))).getFirst();
        assertThat(taken).isInstanceOfSatisfying(WriteOutcome.Rejected.class, rejected -> {
            assertThat(rejected.kind()).isEqualTo(WriteOutcome.Kind.UNIQUE);
            assertThat(rejected.attribute()).isEqualTo("mail");
        });
        assertThat(grown.count(Filter.parse("age eq 5 and roles eq \"x\""))).isEqualTo(1);
    }

    @Test
    void anAttributeThatWentAwayIsNotSeenAnyMoreAndComesBackWithItsValues() {
        ObjectSet both = open(
                "shrinking",
                attribute("mail", AttributeType.STRING, "required"),
                attribute("name", AttributeType.STRING, "unique"));
        done(both.write(List.of(new Write.Create("a", Map.of("mail", "m", "name", "n")))));
        ObjectSet one = open("shrinking", attribute("name", AttributeType.STRING, ""));
        assertThat(one.schema().attributes()).containsOnlyKeys("name");
        assertThat(one.fetch(List.of("a")).get("a").content()).containsOnlyKeys("name");
        done(one.write(List.of(new Write.Create("b", Map.of("name", "other")))));
        assertThat(one.count(Filter.parse("mail pr"))).isZero();
        ObjectSet again = open(
                "shrinking", attribute("mail", AttributeType.STRING, ""), attribute("name", AttributeType.STRING, ""));
        assertThat(again.fetch(List.of("a")).get("a").content()).containsEntry("mail", "m");
    }

    @Test
    void anAttributeCannotChangeItsType() {
        open("changing", attribute("age", AttributeType.STRING, ""));
        assertThatThrownBy(() -> open("changing", attribute("age", AttributeType.INTEGER, "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'age'")
                .hasMessageContaining("declared as integer")
                .hasMessageContaining("holds string");
    }

    @Test
    void namesThatCannotBeColumnsAreRefused() {
        for (String name :
                List.of("a b", "x\"; drop table link; --", "_id", "1st", "\u00fcmlaut", "a".repeat(51), "")) {
            assertThatThrownBy(() -> open("naming", attribute(name, AttributeType.STRING, "")))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("needs a letter first");
            assertThatThrownBy(() -> open(name, attribute("x", AttributeType.STRING, "")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> open(
                        "naming",
                        attribute("mail", AttributeType.STRING, ""),
                        attribute("Mail", AttributeType.STRING, "")))
                .hasMessageContaining("differ in case only");
        assertThatThrownBy(() -> open("naming", attribute("roles", AttributeType.STRING, "unique multivalued")))
                .hasMessageContaining("cannot be unique");
    }

    @Test
    void longNamesOfTypesAndAttributesHaveIndexesToo() {
        String name = "n".repeat(50);
        ObjectSet set = open(
                name,
                attribute("a".repeat(50), AttributeType.STRING, "unique"),
                attribute("a".repeat(49) + "b", AttributeType.STRING, "unique"));
        done(set.write(List.of(new Write.Create("1", Map.of("a".repeat(50), "x")))));
        assertThat(set.write(List.of(new Write.Create("2", Map.of("a".repeat(50), "x")))))
                .hasOnlyElementsOfType(WriteOutcome.Rejected.class);
        assertThat(open(name, attribute("a".repeat(50), AttributeType.STRING, "unique"))
                        .count(null))
                .isEqualTo(1);
    }

    @Test
    void severalNodesMayOpenANewTypeAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 5; round++) {
                String name = "race" + round;
                Callable<ObjectSet> opening = () -> open(
                        name,
                        attribute("mail", AttributeType.STRING, "unique"),
                        attribute("age", AttributeType.INTEGER, "indexed"));
                List<Future<ObjectSet>> sets = threads.invokeAll(
                        IntStream.range(0, 4).mapToObj(i -> opening).toList());
                for (Future<ObjectSet> set : sets) {
                    assertThat(set.get().count(null)).isZero();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void dateTimesAreKeptAsMomentsInUtc() {
        ObjectSet set = open(
                "moments", attribute("at", AttributeType.DATETIME, ""), attribute("name", AttributeType.STRING, ""));
        Map<String, String> spelled = Map.of(
                "2024-05-01T10:00:00+02:00", "2024-05-01T08:00:00Z",
                "2024-05-01T10:00:00.120Z", "2024-05-01T10:00:00.12Z",
                "2024-05-01T10:00", "2024-05-01T10:00:00Z",
                "2024-03-31T02:30:00", "2024-03-31T02:30:00Z");
        spelled.forEach((text, stored) -> {
            assertThat(set.asStored(Map.of("at", text))).containsEntry("at", stored);
            done(set.write(List.of(new Write.Create(text, Map.of("at", text)))));
            assertThat(set.fetch(List.of(text)).get(text).content()).containsEntry("at", stored);
            assertThat(set.count(
                            new Filter.Comparison(dev.concord.record.Pointer.of("at"), Filter.Operator.EQ, stored)))
                    .isPositive();
        });
        Resource before = set.fetch(List.of("2024-05-01T10:00")).get("2024-05-01T10:00");
        WriteOutcome same = set.write(List.of(new Write.Update(before, Map.of("at", "2024-05-01T12:00:00+02:00"))))
                .getFirst();
        assertThat(same).isEqualTo(new WriteOutcome.Written(before));
    }

    private ObjectSet open(String name, AttributeDefinition... attributes) {
        Map<String, AttributeDefinition> definitions = new LinkedHashMap<>();
        for (AttributeDefinition attribute : attributes) {
            definitions.put(attribute.name(), attribute);
        }
        return new ManagedStore(database.dataSource())
                .open(new ManagedType(name, definitions, new Place("managed/x.yaml", 1, "")));
    }

    private static AttributeDefinition attribute(String name, AttributeType type, String flags) {
        return new AttributeDefinition(
                name,
                type,
                flags.contains("required"),
                flags.contains("unique"),
                flags.contains("indexed"),
                flags.contains("multivalued"),
                false,
                false,
                null);
    }

    private static void done(List<WriteOutcome> outcomes) {
        assertThat(outcomes).hasOnlyElementsOfType(WriteOutcome.Written.class);
    }
}
