package dev.concord.system.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.filter.Filter;
import dev.concord.filter.Filter.Operator;
import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.AttributeDefinition.AttributeType;
import dev.concord.record.Difference;
import dev.concord.record.JsonValues;
import dev.concord.record.Pointer;
import dev.concord.record.Resource;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What tables hold that somebody else made: columns of all types, ids of all kinds, constraints, and things that are
 * refused.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TableContract {

    final Databases kind;
    final TestDatabase database;
    private final Database platform;
    private int count;

    TableContract(Databases kind) {
        this.kind = kind;
        this.database = kind.fresh();
        this.platform = Database.platform(database.dataSource());
    }

    /** Columns of every type, after an integer key {@code id}: name and type. */
    abstract Map<String, String> everyType();

    /** What the columns of {@link #everyType} hold in a few objects; absent ones are null. */
    abstract List<Map<String, Object>> values();

    /** The type of a column that the database counts up by itself. */
    abstract String counter();

    @AfterAll
    void close() {
        database.close();
    }

    // Types

    @Test
    void valuesOfEveryTypeComeBackAsTheyWereWritten() {
        ObjectSet set = everything();
        List<Map<String, Object>> values = values();
        for (int i = 0; i < values.size(); i++) {
            Map<String, Object> content = values.get(i);
            assertSame(set.asStored(content), content);
            String id = String.valueOf(i + 1);
            List<WriteOutcome> outcome = set.write(List.of(new Write.Create(id, content)));
            assertThat(outcome.getFirst()).isInstanceOf(WriteOutcome.Written.class);
            assertSame(withoutId(set.fetch(List.of(id)).get(id)), content);
            assertSame(withoutId(((WriteOutcome.Written) outcome.getFirst()).resource()), content);
        }
        for (int i = 0; i < values.size(); i++) {
            String id = String.valueOf(i + 1);
            Map<String, Object> other = values.get((i + 1) % values.size());
            Resource before = set.fetch(List.of(id)).get(id);
            List<WriteOutcome> outcome = set.write(List.of(new Write.Update(before, other)));
            assertThat(outcome.getFirst()).isInstanceOf(WriteOutcome.Written.class);
            assertSame(withoutId(set.fetch(List.of(id)).get(id)), other);
        }
    }

    @Test
    void theDatabaseNeverDecidesOtherwiseThanJavaWhetherAnObjectMatches() {
        ObjectSet set = everything();
        List<Map<String, Object>> values = values();
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            writes.add(new Write.Create(String.valueOf(i + 1), values.get(i)));
        }
        writes.add(new Write.Create("100", Map.of()));
        assertThat(set.write(writes)).hasOnlyElementsOfType(WriteOutcome.Written.class);
        List<Resource> all = resources(set.scan(KeyRange.ALL, null, 1000, null));
        List<Filter> filters = new ArrayList<>();
        Random random = new Random(7);
        List<Object> constants = constants(values);
        List<String> names = new ArrayList<>(everyType().keySet());
        names.addAll(List.of("_id", "id", "missing"));
        for (String name : names) {
            for (Operator operator : Operator.values()) {
                for (Object constant : constants) {
                    Filter filter = new Filter.Comparison(new Pointer(List.of(name)), operator, constant);
                    filters.add(filter);
                    filters.add(new Filter.Not(filter));
                }
            }
            filters.add(new Filter.Not(new Filter.Present(new Pointer(List.of(name)))));
            filters.add(new Filter.In(new Pointer(List.of(name)), constants));
        }
        for (int i = 0; i < 300; i++) {
            Filter left = filters.get(random.nextInt(filters.size()));
            Filter right = filters.get(random.nextInt(filters.size()));
            filters.add(
                    random.nextBoolean() ? new Filter.And(List.of(left, right)) : new Filter.Or(List.of(left, right)));
        }
        List<List<Resource>> found = set.find(filters, 1000);
        for (int i = 0; i < filters.size(); i++) {
            Filter filter = filters.get(i);
            Set<String> expected = new TreeSet<>();
            all.stream().filter(object -> filter.matches(object.view())).forEach(object -> expected.add(object.id()));
            assertThat(ids(found.get(i))).as("find %s", filter).isEqualTo(expected);
            if (i % 61 == 0) {
                assertThat(ids(resources(set.scan(KeyRange.ALL, null, 1000, filter))))
                        .as("scan %s", filter)
                        .isEqualTo(expected);
                assertThat(ids(resources(set.scanIds(KeyRange.ALL, null, 1000, filter))))
                        .as("scan of ids %s", filter)
                        .isEqualTo(expected);
                assertThat(set.count(filter)).as("count %s", filter).isEqualTo(expected.size());
            }
        }
    }

    /** Every value, its neighbours, and what looks alike in another type family. */
    private static List<Object> constants(List<Map<String, Object>> values) {
        Set<Object> constants = new java.util.LinkedHashSet<>(
                List.of(true, false, "", "2024", "2024-02-29", "2024-02-29T10:00:00", "2024-02-29T10:00:00.5Z"));
        for (Map<String, Object> object : values) {
            for (Object value : object.values()) {
                switch (value) {
                    case String text -> {
                        constants.add(text);
                        constants.add(text + " ");
                        constants.add(text.toUpperCase(java.util.Locale.ROOT));
                        constants.add(text.length() < 3 ? text : text.substring(1, text.length() - 1));
                    }
                    case Number number -> {
                        BigDecimal decimal = new BigDecimal(number.toString());
                        constants.add(JsonValues.canonical(decimal));
                        constants.add(JsonValues.canonical(decimal.add(new BigDecimal("0.0000001"))));
                        constants.add(JsonValues.canonical(decimal.subtract(BigDecimal.ONE)));
                        constants.add(decimal.toPlainString());
                    }
                    default -> {}
                }
            }
        }
        return List.copyOf(constants);
    }

    @Test
    void valuesThatAColumnWouldChangeAreRejectedInsteadOfBeingWrittenAgainEachNight() {
        String table = table(
                "id integer not null primary key, amount decimal(6, 2), short_text varchar(5), fixed char(5), small smallint");
        ObjectSet set = open(table, "id", null);
        Map<String, Object> wrong = new LinkedHashMap<>();
        wrong.put("amount", new BigDecimal("1.005"));
        wrong.put("short_text", "secret");
        wrong.put("fixed", "ab ");
        wrong.put("small", 70000);
        wrong.forEach((attribute, value) -> {
            List<WriteOutcome> outcome = set.write(List.of(new Write.Create("1", Map.of(attribute, value))));
            assertThat(outcome).singleElement().isInstanceOfSatisfying(WriteOutcome.Rejected.class, rejected -> {
                assertThat(rejected.kind()).isEqualTo(WriteOutcome.Kind.TYPE);
                assertThat(rejected.message()).doesNotContain("secret");
            });
        });
        assertThat(set.write(List.of(new Write.Create("1", Map.of("nothing", "x")))))
                .singleElement()
                .isInstanceOfSatisfying(
                        WriteOutcome.Rejected.class,
                        rejected -> assertThat(rejected.message()).contains("nothing", "amount"));
        assertThat(set.count(null)).isZero();
    }

    // Ids

    @Test
    void idsThatTheDatabaseCountsUpAreGivenBackAndSpelledInOneWay() {
        String table = table("id " + counter() + " primary key, name varchar(20)");
        ObjectSet set = open(table, "id", null);
        List<WriteOutcome> outcomes = set.write(IntStream.range(0, 12)
                .<Write>mapToObj(i -> new Write.Create(null, Map.of("name", "n" + i)))
                .toList());
        List<String> ids = outcomes.stream()
                .map(outcome -> ((WriteOutcome.Written) outcome).resource().id())
                .toList();
        assertThat(ids).doesNotHaveDuplicates().hasSize(12);
        for (int i = 0; i < 12; i++) {
            assertThat(set.fetch(List.of(ids.get(i))).get(ids.get(i)).content()).containsEntry("name", "n" + i);
        }
        assertThat(set.fetch(
                        List.of("0" + ids.getFirst(), ids.getFirst() + ".0", "x", "", "1e1", " " + ids.getFirst())))
                .isEmpty();
        assertThat(set.write(List.of(new Write.Create("07", Map.of()))))
                .singleElement()
                .isInstanceOf(WriteOutcome.Rejected.class);
        // Numbers are in the order of numbers: 10 comes behind 9.
        assertThat(resources(set.scan(KeyRange.ALL, null, 100, null)).stream()
                        .map(Resource::id)
                        .toList())
                .isEqualTo(ids);
        List<String> inRanges = new ArrayList<>();
        set.ranges(5)
                .forEach(range -> inRanges.addAll(resources(set.scan(range, null, 100, null)).stream()
                        .map(Resource::id)
                        .toList()));
        assertThat(inRanges).isEqualTo(ids);
    }

    @Test
    void rangesAreEvenForSkewedNumbersToo() {
        String table = table("id bigint not null primary key, name varchar(20)");
        ObjectSet set = open(table, "id", null);
        List<Write> writes = new ArrayList<>();
        IntStream.range(0, 500).forEach(i -> writes.add(new Write.Create(String.valueOf(i), Map.of())));
        IntStream.range(1, 20)
                .forEach(i -> writes.add(new Write.Create(String.valueOf(i * 1_000_000_000_000L), Map.of())));
        set.write(writes);
        for (KeyRange range : set.ranges(8)) {
            assertThat(set.scanIds(range, null, 1000, null).items()).hasSizeBetween(60, 70);
        }
    }

    @Test
    void rangesAreEvenAndWholeWhateverTheIdsAreLike() {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        List<String> numbers = new ArrayList<>();
        IntStream.rangeClosed(1, 1000).forEach(i -> numbers.add(String.valueOf(i)));
        IntStream.range(0, 40).forEach(i -> numbers.add(String.valueOf(1_000_000_000L + i)));
        tables.put("id bigint not null primary key", numbers);
        List<String> decimals = new ArrayList<>();
        IntStream.range(0, 300).forEach(i -> decimals.add(i % 10 == 0 ? "-" + (i + 1) : i + ".5"));
        tables.put("id decimal(20, 2) not null primary key", decimals);
        List<String> prefixed = new ArrayList<>();
        IntStream.range(0, 700).forEach(i -> prefixed.add("https://example.com/people/employee-" + i));
        IntStream.range(0, 30).forEach(i -> prefixed.add((char) ('A' + i % 26) + "x" + i));
        List.of("\u00e4rger", "\u65e5\u672c", "\ud83d\ude00", "o'hara", "100%", "a_b", " leading", "b\\c")
                .forEach(prefixed::add);
        tables.put("id varchar(100) not null primary key", prefixed);
        tables.put("id char(60) not null primary key", prefixed);
        tables.put("id varchar(100) unique", prefixed);
        loose().forEach(column -> tables.put(column + " not null primary key", prefixed));
        tables.forEach((column, ids) -> {
            String table = table(column + ", name varchar(20)");
            ObjectSet set = open(table, "id", null);
            set.write(ids.stream()
                    .<Write>map(id -> new Write.Create(id, Map.of()))
                    .toList());
            if (column.endsWith(" unique")) {
                database.execute("insert into " + table + " (id, name) values (null, 'x'), (null, 'y')");
            }
            List<String> all = positions(set, KeyRange.ALL, 1000);
            for (int count : new int[] {2, 3, 8, 10}) {
                List<KeyRange> ranges = set.ranges(count);
                assertThat(ranges).hasSize(count);
                List<String> seen = new ArrayList<>();
                for (KeyRange range : ranges) {
                    List<String> part = positions(set, range, 17);
                    assertThat(part.size())
                            .as("%s in %s", range, column)
                            .isBetween(ids.size() / count - 1, ids.size() / count + 2);
                    seen.addAll(part);
                }
                assertThat(seen).as("%s ranges of %s", count, column).isEqualTo(all);
            }
            int withoutId = column.endsWith(" unique") ? 1 : 0;
            assertThat(all).hasSize(ids.size() + withoutId).doesNotHaveDuplicates();
        });
    }

    /** Columns {@code id} of texts that the database compares without regard to case or the like. */
    abstract List<String> loose();

    private static List<String> positions(ObjectSet set, KeyRange range, int limit) {
        List<String> positions = new ArrayList<>();
        String after = null;
        boolean end = false;
        while (!end) {
            Page page = set.scan(range, after, limit, null);
            page.items().forEach(item -> positions.add(item.position()));
            after = page.lastPosition();
            end = page.end();
        }
        return positions;
    }

    @Test
    void idsOfFixedLengthAreFoundWithoutTheirPadding() {
        ObjectSet set = open(table("id char(8) not null primary key, name varchar(20)"), "id", null);
        set.write(List.of(
                new Write.Create("ab", Map.of("name", "x")), new Write.Create("abcdefgh", Map.of("name", "y"))));
        assertThat(set.fetch(List.of("ab", "abcdefgh", "ab ", "AB", "abc"))).containsOnlyKeys("ab", "abcdefgh");
        assertThat(ids(set.find(List.of(Filter.parse("_id in '[\"ab\", \"abcdefgh\"]'")), 5)
                        .getFirst()))
                .containsExactly("ab", "abcdefgh");
        assertThat(set.scan(KeyRange.ALL, "ab", 5, null).items()).hasSize(1);
        Resource ab = set.fetch(List.of("ab")).get("ab");
        assertThat(set.write(List.of(
                        new Write.Update(ab, Map.of("id", "ab", "name", "z")), new Write.Delete("abcdefgh", null))))
                .hasOnlyElementsOfType(WriteOutcome.Written.class);
        assertThat(set.count(Filter.parse("name eq \"z\""))).isEqualTo(1);
        assertThat(set.count(null)).isEqualTo(1);
    }

    @Test
    void rowsWithoutAnIdAreReportedAndNotLost() {
        String table = table("code varchar(20) unique, name varchar(20)");
        database.execute("insert into " + table + " (code, name) values ('a', 'x'), (null, 'y'), (null, 'z')");
        ObjectSet set = open(table, "code", null);
        Page page = set.scan(KeyRange.ALL, null, 10, null);
        assertThat(page.items()).hasSize(2);
        assertThat(page.items().getFirst()).isInstanceOfSatisfying(Page.Item.Unreadable.class, unreadable -> {
            assertThat(unreadable.id()).isNull();
            assertThat(unreadable.where()).contains("2 row");
        });
        assertThat(set.scan(KeyRange.ALL, page.lastPosition(), 10, null).items())
                .isEmpty();
        assertThat(set.count(null)).isEqualTo(1);
        database.execute("delete from " + table + " where code is not null");
        Page only = set.scan(KeyRange.ALL, null, 10, null);
        assertThat(only.items()).hasSize(1);
        assertThat(set.scan(KeyRange.ALL, only.lastPosition(), 10, null).items())
                .isEmpty();
    }

    @Test
    void theIdIsAnAttributeTooButCannotBeChanged() {
        ObjectSet set = open(table("code varchar(20) not null primary key, name varchar(20)"), "code", null);
        assertThat(set.write(List.of(
                        new Write.Create("a", Map.of("name", "x")),
                        new Write.Create(null, Map.of("code", "b", "name", "y")),
                        new Write.Create("c", Map.of("code", "c")))))
                .hasOnlyElementsOfType(WriteOutcome.Written.class);
        assertThat(set.fetch(List.of("a", "b", "c"))).containsOnlyKeys("a", "b", "c");
        Resource a = set.fetch(List.of("a")).get("a");
        assertThat(a.content()).containsEntry("code", "a");
        assertThat(set.write(List.of(new Write.Update(a, Map.of("code", "z", "name", "x")))))
                .singleElement()
                .isInstanceOf(WriteOutcome.Rejected.class);
        assertThat(set.write(List.of(new Write.Create("d", Map.of("code", "e")))))
                .singleElement()
                .isInstanceOf(WriteOutcome.Rejected.class);
        assertThat(set.write(List.of(new Write.Create(null, Map.of("name", "nobody")))))
                .singleElement()
                .isInstanceOfSatisfying(
                        WriteOutcome.Rejected.class,
                        rejected -> assertThat(rejected.kind()).isEqualTo(WriteOutcome.Kind.REQUIRED));
    }

    // What the database adds

    @Test
    void whatTheDatabaseFillsInIsPartOfTheAnswer() {
        String table =
                table("id integer not null primary key, name varchar(20), status varchar(10) default 'new' not null,"
                        + " twice integer generated always as (id * 2)"
                        + (kind == Databases.POSTGRESQL || isMySql() ? " stored" : ""));
        ObjectSet set = open(table, "id", null);
        WriteOutcome.Written created = (WriteOutcome.Written)
                set.write(List.of(new Write.Create("7", Map.of("name", "x")))).getFirst();
        assertThat(created.resource().content()).containsEntry("status", "new").containsEntry("twice", 14L);
        assertThat(created.resource()).isEqualTo(set.fetch(List.of("7")).get("7"));
        assertThat(set.write(List.of(new Write.Create("8", Map.of("twice", 5)))))
                .singleElement()
                .isInstanceOf(WriteOutcome.Rejected.class);
        assertThat(set.write(List.of(new Write.Update(created.resource(), Map.of("id", 7, "name", "x", "twice", 14)))))
                .singleElement()
                .isInstanceOfSatisfying(
                        WriteOutcome.Rejected.class,
                        rejected -> assertThat(rejected.attribute()).isEqualTo("status"));
    }

    @Test
    void constraintsOfTheDatabaseRejectTheObjectAndNameNoValues() {
        String parent = table("id integer not null primary key");
        database.execute("insert into " + parent + " values (1)");
        String table = table("id integer not null primary key, parent integer, age integer, mail varchar(50),"
                + " constraint uk_mail_" + count + " unique (mail), constraint fk_parent_" + count
                + " foreign key (parent) references " + parent + " (id),"
                + " constraint ck_age_" + count + " check (age >= 0)");
        ObjectSet set = open(table, "id", null);
        assertThat(set.write(
                        List.of(new Write.Create("1", Map.of("parent", 1, "age", 5, "mail", "secret@example.com")))))
                .hasOnlyElementsOfType(WriteOutcome.Written.class);
        assertRejected(set, new Write.Create("2", Map.of("parent", 424242)), WriteOutcome.Kind.CONSTRAINT, null);
        assertRejected(set, new Write.Create("2", Map.of("age", -424242)), WriteOutcome.Kind.CONSTRAINT, null);
        assertRejected(
                set, new Write.Create("2", Map.of("mail", "secret@example.com")), WriteOutcome.Kind.UNIQUE, "mail");
        assertRejected(
                set, new Write.Create("1", Map.of("mail", "other@example.com")), WriteOutcome.Kind.UNIQUE, "_id");
        ObjectSet parents = open(parent, "id", null);
        assertRejected(parents, new Write.Delete("1", null), WriteOutcome.Kind.CONSTRAINT, null);
    }

    private static void assertRejected(ObjectSet set, Write write, WriteOutcome.Kind kind, String attribute) {
        assertThat(set.write(List.of(write)))
                .singleElement()
                .isInstanceOfSatisfying(WriteOutcome.Rejected.class, rejected -> {
                    assertThat(rejected.kind()).isEqualTo(kind);
                    assertThat(rejected.attribute()).isEqualTo(attribute);
                    assertThat(rejected.message()).doesNotContain("secret").doesNotContain("424242");
                });
    }

    // Batches

    @Test
    void aBatchDoesExactlyWhatItsWritesWouldDoOneByOne() {
        Random random = new Random(11);
        int rejectedBatches = 0;
        for (int round = 0; round < 60; round++) {
            String table = table(
                    "id varchar(10) not null primary key, mail varchar(10) unique, name varchar(10), version integer");
            ObjectSet set = open(table, "id", "version");
            List<Write> start = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                start.add(new Write.Create("o" + i, Map.of("mail", "m" + i, "name", "n" + i)));
            }
            set.write(start);
            Map<String, Resource> before = set.fetch(List.of("o0", "o1", "o2", "o3"));
            List<Write> batch = new ArrayList<>();
            List<String> free = new ArrayList<>(List.of("o0", "o1", "o2", "o3", "x0", "x1", "x2"));
            java.util.Collections.shuffle(free, random);
            for (String id : free.subList(0, 5)) {
                String mail = "m" + random.nextInt(8);
                Resource old = before.get(id);
                if (old == null) {
                    batch.add(
                            new Write.Create(id, random.nextInt(4) == 0 ? Map.of("name", "n") : Map.of("mail", mail)));
                } else if (random.nextInt(4) == 0) {
                    batch.add(new Write.Delete(id, old.revision()));
                } else {
                    Map<String, Object> content = new HashMap<>(old.content());
                    content.put(random.nextBoolean() ? "mail" : "name", mail);
                    batch.add(new Write.Update(old, content));
                }
            }
            boolean together = set.write(batch).stream().allMatch(WriteOutcome.Written.class::isInstance);
            Set<String> afterBatch = state(set);
            if (!together) {
                rejectedBatches++;
                assertThat(afterBatch)
                        .as("nothing of a rejected batch remains")
                        .isEqualTo(new TreeSet<>(before.values().stream()
                                .map(TableContract::line)
                                .toList()));
            }
            database.execute("delete from " + table);
            set.write(start);
            Map<String, Resource> again = set.fetch(List.of("o0", "o1", "o2", "o3"));
            boolean oneByOne = true;
            for (Write write : batch) {
                Write fresh = write instanceof Write.Update update
                        ? new Write.Update(again.get(update.before().id()), update.content())
                        : write;
                oneByOne &= set.write(List.of(fresh)).getFirst() instanceof WriteOutcome.Written;
            }
            assertThat(together).as("batch %s", batch).isEqualTo(oneByOne);
            if (together) {
                assertThat(afterBatch).isEqualTo(state(set));
            }
            database.execute("drop table " + table);
        }
        assertThat(rejectedBatches).as("the test sees both kinds of batches").isBetween(5, 55);
    }

    @Test
    void manyUpdatesAtOnceGiveEachObjectItsOwnValues() {
        ObjectSet set = everything();
        List<Map<String, Object>> values = values();
        List<Map<String, Object>> wanted = new ArrayList<>();
        List<Write> creates = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            creates.add(new Write.Create(String.valueOf(i), values.get(i % values.size())));
            // Few, so that many objects change the same attributes; and none at all for some.
            wanted.add(i % 7 == 0 ? Map.of() : values.get((i + 1) % values.size()));
        }
        assertThat(set.write(creates)).hasOnlyElementsOfType(WriteOutcome.Written.class);
        Map<String, Resource> before =
                set.fetch(IntStream.range(0, 150).mapToObj(String::valueOf).toList());
        List<Write> updates = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            updates.add(new Write.Update(before.get(String.valueOf(i)), wanted.get(i)));
        }
        List<WriteOutcome> outcomes = set.write(updates);
        assertThat(outcomes).hasOnlyElementsOfType(WriteOutcome.Written.class);
        Map<String, Resource> after = set.fetch(before.keySet());
        for (int i = 0; i < 150; i++) {
            Resource found = after.get(String.valueOf(i));
            assertSame(withoutId(found), wanted.get(i));
            assertSame(withoutId(((WriteOutcome.Written) outcomes.get(i)).resource()), withoutId(found));
        }
    }

    @Test
    void manyObjectsWithRevisionsAreUpdatedAndDeletedAtOnce() {
        ObjectSet set =
                open(table("id varchar(20) not null primary key, name varchar(20), version integer"), "id", "version");
        List<Write> creates = new ArrayList<>();
        IntStream.range(0, 200).forEach(i -> creates.add(new Write.Create("o'" + i, Map.of("name", "n" + i))));
        set.write(creates);
        List<String> ids =
                creates.stream().map(write -> ((Write.Create) write).id()).toList();
        Map<String, Resource> before = set.fetch(ids);
        List<Write> updates = new ArrayList<>();
        before.values()
                .forEach(object -> updates.add(new Write.Update(
                        object,
                        Map.of(
                                "id",
                                object.id(),
                                "name",
                                "new " + object.content().get("name")))));
        List<WriteOutcome> outcomes = set.write(updates);
        Map<String, Resource> after = set.fetch(ids);
        outcomes.forEach(outcome -> {
            Resource written = ((WriteOutcome.Written) outcome).resource();
            Resource found = after.get(written.id());
            assertThat(found).isEqualTo(written);
            assertThat(found.revision()).isEqualTo("2");
            assertThat(found.content())
                    .containsEntry(
                            "name", "new " + before.get(found.id()).content().get("name"));
        });
        List<Write> deletes = new ArrayList<>();
        ids.subList(1, 200).forEach(id -> deletes.add(new Write.Delete(id, "2")));
        assertThat(set.write(deletes)).hasOnlyElementsOfType(WriteOutcome.Written.class);
        assertThat(set.fetch(ids)).containsOnlyKeys(ids.getFirst());
    }

    private static Set<String> state(ObjectSet set) {
        Set<String> lines = new TreeSet<>();
        resources(set.scan(KeyRange.ALL, null, 100, null)).forEach(object -> lines.add(line(object)));
        return lines;
    }

    private static String line(Resource object) {
        return object.id() + " " + new java.util.TreeMap<>(object.content());
    }

    @Test
    void ofManyWhoChangeAnObjectAtOnceOneWinsEachTime() throws Exception {
        for (String revision : new String[] {"version", null}) {
            String table = table("id varchar(10) not null primary key, counter integer, version integer");
            ObjectSet set = open(table, "id", revision);
            set.write(List.of(new Write.Create("a", Map.of("counter", 0))));
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Callable<Integer>> work = new ArrayList<>();
                for (int t = 0; t < 4; t++) {
                    work.add(() -> {
                        int won = 0;
                        while (won < 10) {
                            Resource now = set.fetch(List.of("a")).get("a");
                            Map<String, Object> content = new HashMap<>(now.content());
                            content.put("counter", (Long) now.content().get("counter") + 1);
                            WriteOutcome outcome = set.write(List.of(new Write.Update(now, content)))
                                    .getFirst();
                            won += outcome instanceof WriteOutcome.Written ? 1 : 0;
                        }
                        return won;
                    });
                }
                for (Future<Integer> done : threads.invokeAll(work)) {
                    assertThat(done.get()).isEqualTo(10);
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(set.fetch(List.of("a")).get("a").content()).containsEntry("counter", 40L);
        }
    }

    @Test
    void twoWritesOfOneObjectInABatchFollowEachOther() {
        ObjectSet set = open(table("id varchar(10) not null primary key, name varchar(10)"), "id", null);
        Resource created = new Resource("a", null, Map.of("id", "a", "name", "one"));
        assertThat(set.write(List.of(
                        new Write.Create("a", Map.of("name", "one")),
                        new Write.Update(created, Map.of("id", "a", "name", "two")),
                        new Write.Delete("a", null),
                        new Write.Create("a", Map.of("name", "three")))))
                .hasOnlyElementsOfType(WriteOutcome.Written.class);
        assertThat(set.fetch(List.of("a")).get("a").content()).containsEntry("name", "three");
    }

    // What is refused

    @Test
    void aTableOrColumnThatDoesNotExistIsNamedTogetherWithThoseThatDo() {
        String table = table("id integer not null primary key, name varchar(20)");
        assertThatThrownBy(() -> open("no_such_table", "id", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no_such_table")
                .hasMessageMatching("(?is).*It has: .*\\b" + table + "\\b.*");
        assertThatThrownBy(() -> open(table, "nummer", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'nummer'")
                .hasMessageMatching("(?is).*It has: id, name.*");
        assertThatThrownBy(() -> open(layout(table, "id", null, Map.of("mail", "mail_address"), Map.of())))
                .hasMessageContaining("mail_address");
        assertThatThrownBy(() -> open(layout(table + "; drop table " + table, "id", null, Map.of(), Map.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(open(table, "id", null).count(null)).isZero();
    }

    @Test
    void idsThatNothingKeepsUniqueAreRefused() {
        assertThatThrownBy(() -> open(table("id integer not null, name varchar(20)"), "id", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unique index");
        assertThatThrownBy(() -> open(table("id integer not null, name varchar(20), unique (id, name)"), "id", null))
                .hasMessageContaining("unique index");
    }

    @Test
    void binaryColumnsAreLeftOutAndRefusedWhenTheyAreNamed() {
        String blob = kind == Databases.POSTGRESQL ? "bytea" : "blob";
        String table = table("id integer not null primary key, name varchar(20), photo " + blob);
        ObjectSet set = open(table, "id", null);
        assertThat(set.schema().attributes()).containsKey("name").doesNotContainKey("photo");
        assertThat(set.write(List.of(new Write.Create("1", Map.of("name", "x")))))
                .hasOnlyElementsOfType(WriteOutcome.Written.class);
        assertThat(set.write(List.of(new Write.Create("2", Map.of("photo", "x")))))
                .singleElement()
                .isInstanceOf(WriteOutcome.Rejected.class);
        assertThatThrownBy(() -> open(layout(table, "id", null, Map.of("picture", "photo"), Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("column", "cannot be attributes");
    }

    @Test
    void theSchemaSaysWhatTheTableSays() {
        String table = table(
                "id integer not null primary key, user_name varchar(20) not null unique, active boolean, born date");
        ObjectSet set =
                open(layout(table, "id", null, Map.of("login", "user_name"), Map.of("born", sensitive("born"))));
        AttributeDefinition login = set.schema().attributes().get("login");
        assertThat(login.required()).isTrue();
        assertThat(login.unique()).isTrue();
        assertThat(login.type()).isEqualTo(AttributeType.STRING);
        assertThat(set.schema().attributes()).containsOnlyKeys("id", "login", "active", "born");
        assertThat(set.schema().attributes().get("active").type()).isEqualTo(AttributeType.BOOLEAN);
        assertThat(set.schema().isSensitive("born")).isTrue();
        assertThat(set.schema().revisions()).isFalse();
    }

    // Helpers

    private ObjectSet everything() {
        StringBuilder columns = new StringBuilder("id integer not null primary key");
        everyType()
                .forEach((name, type) ->
                        columns.append(", ").append(name).append(" ").append(type));
        return open(table(columns.toString()), "id", null);
    }

    String table(String columns) {
        String name = "t" + count++;
        database.execute("create table " + name + " (" + columns + ")");
        return name;
    }

    ObjectSet open(String table, String id, String revision) {
        return open(layout(table, id, revision, Map.of(), Map.of()));
    }

    ObjectSet open(TableLayout layout) {
        return platform.open(layout);
    }

    static TableLayout layout(
            String table,
            String id,
            String revision,
            Map<String, String> attributes,
            Map<String, AttributeDefinition> types) {
        return new TableLayout("system/test/" + table, table, id, revision, attributes, types, false);
    }

    private static AttributeDefinition sensitive(String name) {
        return new AttributeDefinition(name, AttributeType.STRING, false, false, false, false, false, true, null);
    }

    boolean isMySql() {
        return kind == Databases.MYSQL || kind == Databases.MARIADB;
    }

    static List<Resource> resources(Page page) {
        return page.items().stream()
                .map(item -> ((Page.Item.Found) item).resource())
                .toList();
    }

    static Set<String> ids(List<Resource> resources) {
        Set<String> ids = new TreeSet<>();
        resources.forEach(resource -> ids.add(resource.id()));
        assertThat(ids).hasSameSizeAs(resources);
        return ids;
    }

    private static Map<String, Object> withoutId(Resource resource) {
        Map<String, Object> content = new HashMap<>(resource.content());
        content.remove("id");
        return content;
    }

    private static void assertSame(Map<String, Object> actual, Map<String, Object> expected) {
        assertThat(Difference.between(actual, expected, new HashSet<String>()::contains)
                        .changes())
                .isEmpty();
    }

    /** A map of attributes and values, two by two. */
    static Map<String, Object> object(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    static Map<String, String> columns(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
