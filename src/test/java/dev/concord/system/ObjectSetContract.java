package dev.concord.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.concord.filter.Filter;
import dev.concord.filter.FilterCases;
import dev.concord.filter.Normalization;
import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.AttributeDefinition.AttributeType;
import dev.concord.record.Difference;
import dev.concord.record.JsonValues;
import dev.concord.record.Pointer;
import dev.concord.record.Resource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * What every object set does, whatever holds the objects. An adapter is tested by a subclass for each kind of store,
 * which
 *
 * <ol>
 *   <li>makes sets in {@link #create}: an empty store, fresh at each call, with the given attributes and objects;
 *   <li>says in {@link #abilities} what its store cannot do, if there is anything;
 *   <li>overrides {@link #afterWriting} where writes only show after more than {@link ObjectSet#publish},
 *       {@link #dateTime} where date-times are spelled in another way, {@link #idAttribute} where objects carry their
 *       id among their attributes, and {@link #withoutWhatCannotBeKept} where it cannot hold every sample.
 * </ol>
 *
 * <p>Absent attributes and null ones count as the same throughout.
 */
public abstract class ObjectSetContract {

    /** What some stores cannot do. */
    protected enum Ability {
        /** Objects can be created, changed and deleted. */
        WRITES,
        /** The store gives ids to objects that are created without one. */
        GENERATED_IDS,
        /** Attributes can be unique, and the store looks after it. */
        UNIQUE,
        /** Attributes can be required, and the store looks after it. */
        REQUIRED,
        /** Attributes have types, and the store looks after them. */
        TYPES,
        /** Two ids, or two unique values, may differ in nothing but case, accents or blanks at the end. */
        TWINS,
        /** Objects that are added while a scan is under way are seen by it, if their place is still ahead. */
        LIVE,
        /** Attributes can have any name, such as {@code select} or {@code Full Name}. */
        ANY_NAME
    }

    /**
     * Opens a set in a fresh store.
     *
     * @param attributes what the objects have; {@code unique} and {@code required} only where the abilities say so
     * @param objects what the store holds at the start, in this order where it keeps one; revisions are null
     */
    protected abstract ObjectSet create(List<AttributeDefinition> attributes, List<Resource> objects);

    protected Set<Ability> abilities() {
        return EnumSet.allOf(Ability.class);
    }

    /** The set to read from after something was written. */
    protected ObjectSet afterWriting(ObjectSet set) {
        set.publish();
        return set;
    }

    /** A moment with microseconds, as the store gives it back. */
    protected String dateTime() {
        return "2024-02-29T23:59:59.123456Z";
    }

    /** The attribute that repeats the id, which counts neither as written nor as read; null where there is none. */
    protected String idAttribute() {
        return null;
    }

    /** The samples that the store can hold. */
    protected List<FilterCases.Sample> withoutWhatCannotBeKept(List<FilterCases.Sample> samples) {
        return samples;
    }

    protected final void needs(Ability ability) {
        assumeTrue(abilities().contains(ability), () -> "This store has no " + ability + ".");
    }

    // Scans and ranges

    @Test
    void rangesAndPagesOfAnySizeGiveEveryObjectExactlyOnceAndInOneOrder() {
        for (int size : new int[] {0, 1, 2, 57}) {
            ObjectSet set = create(PERSON, people(size));
            List<String> all = ids(scan(set, KeyRange.ALL, 1000));
            assertThat(all).hasSize(size).doesNotHaveDuplicates();
            for (int count : new int[] {1, 2, 3, 7, 100}) {
                for (int limit : new int[] {1, 3, 1000}) {
                    List<KeyRange> ranges = set.ranges(count);
                    assertThat(ranges).isNotEmpty().hasSizeLessThanOrEqualTo(count);
                    assertThat(ranges.getFirst().from()).isNull();
                    assertThat(ranges.getLast().to()).isNull();
                    List<String> seen = new ArrayList<>();
                    ranges.forEach(range -> seen.addAll(ids(scan(set, range, limit))));
                    assertThat(seen).as("%s ranges, pages of %s", count, limit).isEqualTo(all);
                }
            }
        }
    }

    @Test
    void rangesAreOfAboutTheSameSizeHoweverTheIdsAreSpread() {
        List<Resource> people = new ArrayList<>();
        IntStream.range(0, 1200).forEach(i -> people.add(person("aaaa-%04d".formatted(i), i)));
        IntStream.range(0, 20).forEach(i -> people.add(person("%c".formatted('b' + i), i)));
        ObjectSet set = create(PERSON, people);
        List<KeyRange> ranges = set.ranges(4);
        assertThat(ranges).hasSize(4);
        assertThat(ranges)
                .allSatisfy(range -> assertThat(scan(set, range, 1000)).hasSizeBetween(150, 610));
    }

    @Test
    void aScanGoesOnBehindThePositionOfAnyObject() {
        ObjectSet set = create(PERSON, people(23));
        List<Page.Item> all = scan(set, KeyRange.ALL, 1000);
        for (int i = 0; i < all.size(); i++) {
            Page rest = set.scan(KeyRange.ALL, all.get(i).position(), 1000, null);
            assertThat(ids(rest.items())).isEqualTo(ids(all.subList(i + 1, all.size())));
            assertThat(rest.end()).isTrue();
        }
    }

    @Test
    void aPageSaysHowFarItCameAndWhetherThereIsMore() {
        ObjectSet set = create(PERSON, people(3));
        Page first = set.scan(KeyRange.ALL, null, 2, null);
        assertThat(first.items()).hasSize(2);
        assertThat(first.end()).isFalse();
        assertThat(first.lastPosition()).isEqualTo(first.items().getLast().position());
        Page second = set.scan(KeyRange.ALL, first.lastPosition(), 2, null);
        assertThat(second.items()).hasSize(1);
        Page behind = set.scan(KeyRange.ALL, second.lastPosition(), 2, null);
        assertThat(behind.items()).isEmpty();
        assertThat(behind.lastPosition()).isNull();
        assertThat(behind.end()).isTrue();
    }

    @Test
    void aScanOfIdsSeesTheSameObjectsAtTheSamePositions() {
        ObjectSet set = create(PERSON, people(41));
        Filter filter = Filter.parse("age ge 20");
        for (Filter each : new Filter[] {null, filter}) {
            List<String> places = places(scan(set, KeyRange.ALL, 7, each));
            List<String> seen = new ArrayList<>();
            String after = null;
            boolean end = false;
            while (!end) {
                Page page = set.scanIds(KeyRange.ALL, after, 7, each);
                seen.addAll(places(page.items()));
                after = page.lastPosition() == null ? after : page.lastPosition();
                end = page.end();
            }
            assertThat(seen).isEqualTo(places);
        }
    }

    @Test
    void aScanWithAFilterComesToTheEndHoweverFewObjectsMatch() {
        ObjectSet set = create(PERSON, people(57));
        assertThat(ids(scan(set, KeyRange.ALL, 5, Filter.parse("age eq 49")))).containsExactly("p0049");
        assertThat(ids(scan(set, KeyRange.ALL, 5, Filter.parse("name co \"NAME\""))))
                .isEmpty();
        assertThat(ids(scan(set, KeyRange.ALL, 5, Filter.parse("!(age gt 3)"))))
                .containsExactlyInAnyOrder("p0000", "p0001", "p0002", "p0003");
    }

    @Test
    void objectsAddedAheadOfTheScanAreSeenAndNothingIsSeenTwice() {
        needs(Ability.WRITES);
        needs(Ability.LIVE);
        ObjectSet set = create(PERSON, people(10));
        Page page = set.scan(KeyRange.ALL, null, 4, null);
        List<String> seen = new ArrayList<>(ids(page.items()));
        assertDone(set.write(List.of(
                new Write.Create("p0000-before", Map.of("name", "behind the scan")),
                new Write.Create("zzzz", Map.of("name", "ahead of the scan")),
                new Write.Delete("p0001", null))));
        seen.addAll(ids(scanFrom(set, page.lastPosition(), 4)));
        assertThat(seen).doesNotHaveDuplicates().contains("zzzz");
        assertThat(seen).containsAll(ids(people(10)));
    }

    // Fetch

    @Test
    void objectsAreFetchedByTheExactTextOfTheirIds() {
        List<String> ids = List.of(
                "Ann",
                "o'hara",
                "say \"hi\"",
                "back\\slash",
                "100%",
                "a_b",
                "semi;colon",
                "M\u00fcller",
                "x y",
                "\ud83d\ude00",
                "'; drop table person; --",
                "0012",
                "12.0",
                "{d}",
                "?",
                ":id",
                "null",
                "a,b",
                "tab\there");
        ObjectSet set = create(PERSON, ids.stream().map(id -> person(id, 1)).toList());
        assertThat(set.fetch(ids).keySet()).containsExactlyInAnyOrderElementsOf(ids);
        set.fetch(ids).forEach((id, resource) -> assertThat(resource.id()).isEqualTo(id));
        assertThat(set.fetch(List.of(
                        "ann",
                        "ANN",
                        "Ann ",
                        " Ann",
                        "Muller",
                        "Mu\u0308ller",
                        "M\u00dcLLER",
                        "aXb",
                        "1000",
                        "12",
                        "",
                        "%",
                        "_",
                        "a' or '1'='1")))
                .isEmpty();
        assertThat(set.fetch(List.of())).isEmpty();
        assertThat(set.fetch(List.of("Ann", "Ann", "nobody"))).containsOnlyKeys("Ann");
    }

    @Test
    void idsThatDifferInCaseAccentsOrBlanksOnlyAreDifferentObjects() {
        needs(Ability.TWINS);
        List<String> ids = List.of("ann", "Ann", "ANN", "ann ", "\u00e4nn", "a\u0308nn", "stra\u00dfe", "strasse");
        ObjectSet set = create(PERSON, ids.stream().map(id -> person(id, 1)).toList());
        assertThat(set.fetch(ids).keySet()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ids(scan(set, KeyRange.ALL, 2))).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(set.find(List.of(Filter.parse("_id eq \"ann\"")), 5).getFirst())
                .extracting(Resource::id)
                .containsExactly("ann");
        if (abilities().contains(Ability.WRITES)) {
            assertDone(set.write(List.of(new Write.Delete("Ann", null))));
            assertThat(afterWriting(set).fetch(ids)).hasSize(ids.size() - 1).doesNotContainKey("Ann");
        }
    }

    @Test
    void manyIdsAreFetchedAtOnce() {
        ObjectSet set = create(PERSON, people(1500));
        List<String> asked = new ArrayList<>(ids(people(1500)));
        IntStream.range(0, 1500).forEach(i -> asked.add("nobody" + i));
        Map<String, Resource> found = set.fetch(asked);
        assertThat(found).hasSize(1500);
        assertSame(found.get("p0777").content(), people(778).get(777).content());
    }

    // Find and count

    @Test
    void everyFilterMeansInTheStoreWhatItMeansInMemory() {
        List<FilterCases.Sample> samples = withoutWhatCannotBeKept(FilterCases.samples());
        Set<String> ids = new TreeSet<>();
        samples.forEach(sample -> ids.add(sample.id()));
        ObjectSet set = create(
                SAMPLES, samples.stream().map(FilterCases.Sample::resource).toList());
        List<FilterCases.Case> cases = FilterCases.all();
        List<List<Resource>> found =
                set.find(cases.stream().map(c -> Filter.parse(c.filter())).toList(), 1000);
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < cases.size(); i++) {
            FilterCases.Case each = cases.get(i);
            Set<String> expected = each.expectedAmong(ids);
            Filter filter = Filter.parse(each.filter());
            softly.assertThat(idsOf(found.get(i))).as("find %s", each).containsExactlyInAnyOrderElementsOf(expected);
            softly.assertThat(ids(scan(set, KeyRange.ALL, 9, filter)))
                    .as("scan %s", each)
                    .containsExactlyInAnyOrderElementsOf(expected);
            softly.assertThat(set.count(filter)).as("count %s", each).isEqualTo(expected.size());
        }
        softly.assertAll();
    }

    @Test
    void manyFiltersAreAnsweredAtOnceEachInItsPlace() {
        ObjectSet set = create(PERSON, people(300));
        List<Filter> filters = new ArrayList<>();
        List<Set<String>> expected = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            filters.add(Filter.parse("mail eq \"mail%d@example.com\"".formatted(i)));
            expected.add(i < 300 ? Set.of("p%04d".formatted(i)) : Set.of());
        }
        filters.add(17, Filter.parse("age lt 2 and name sw \"Name\""));
        expected.add(17, Set.of("p0000", "p0001"));
        filters.add(Filter.parse("mail eq \"mail3@example.com\""));
        expected.add(Set.of("p0003"));
        filters.add(Filter.parse("mail eq \"mail3@example.com\" or age eq 4"));
        expected.add(Set.of("p0003", "p0004"));
        filters.add(Filter.parse("mail eq \"MAIL3@example.com\""));
        expected.add(Set.of());
        filters.add(Filter.Literal.FALSE);
        expected.add(Set.of());
        List<List<Resource>> found = set.find(filters, 10);
        assertThat(found).hasSameSizeAs(filters);
        for (int i = 0; i < filters.size(); i++) {
            assertThat(new HashSet<>(idsOf(found.get(i)))).as("filter %s", i).isEqualTo(expected.get(i));
        }
        assertThat(set.find(List.of(), 10)).isEmpty();
    }

    @Test
    void valuesAreFoundByWhatTheyAreAfterNormalization() {
        List<Resource> people = new ArrayList<>(people(40));
        people.add(new Resource("Upper", null, Map.of("name", "ADA L.", "age", 1)));
        people.add(new Resource("Mixed", null, Map.of("name", "aDa L.\u00a0", "age", 2)));
        people.add(new Resource("Wide", null, Map.of("name", "\uff21da L.", "age", 3)));
        people.add(new Resource("Other", null, Map.of("name", "Ada K.", "age", 4)));
        ObjectSet set = create(PERSON, people);
        Filter ada = normalized("name", "ada l.");
        Map<Filter, Set<String>> expected = new LinkedHashMap<>();
        expected.put(ada, Set.of("Upper", "Mixed", "Wide"));
        expected.put(new Filter.And(List.of(ada, Filter.parse("age ge 2"))), Set.of("Mixed", "Wide"));
        expected.put(new Filter.And(List.of(Filter.parse("age eq 2"), ada)), Set.of("Mixed"));
        expected.put(
                new Filter.Or(List.of(ada, Filter.parse("age eq 4"))),
                Set.of("Upper", "Mixed", "Wide", "Other", "p0004"));
        expected.put(
                new Filter.And(List.of(new Filter.Not(ada), Filter.parse("_id eq \"Upper\" or _id eq \"Other\""))),
                Set.of("Other"));
        expected.put(new Filter.Not(new Filter.Or(List.of(ada, Filter.parse("_id sw \"p\"")))), Set.of("Other"));
        expected.put(normalized("_id", "upper"), Set.of("Upper"));
        expected.put(normalized("name", "ADA L."), Set.of());
        expected.put(normalized("age", "1"), Set.of());
        expected.put(normalized("unknown", "x"), Set.of());
        for (int i = 0; i < 1500; i++) {
            expected.put(
                    normalized("mail", "mail" + i + "@example.com"), i < 40 ? Set.of("p%04d".formatted(i)) : Set.of());
        }
        List<Filter> filters = List.copyOf(expected.keySet());
        List<List<Resource>> found = set.find(filters, 100);
        for (int i = 0; i < filters.size(); i++) {
            Filter filter = filters.get(i);
            assertThat(idsOf(found.get(i)))
                    .as("find %s", filter.text())
                    .containsExactlyInAnyOrderElementsOf(expected.get(filter));
        }
        for (Filter filter : filters.subList(0, 12)) {
            assertThat(ids(scan(set, KeyRange.ALL, 9, filter)))
                    .as("scan %s", filter.text())
                    .containsExactlyInAnyOrderElementsOf(expected.get(filter));
            assertThat(set.count(filter))
                    .as("count %s", filter.text())
                    .isEqualTo(expected.get(filter).size());
        }
    }

    private static Filter normalized(String attribute, String value) {
        return new Filter.NormalizedEquality(
                Pointer.of(attribute), List.of(Normalization.NFKC, Normalization.TRIM, Normalization.LOWER), value);
    }

    @Test
    void anAnswerHoldsOneObjectMoreThanTheLimitWhenThereAreMore() {
        ObjectSet set = create(PERSON, people(50));
        List<List<Resource>> found = set.find(
                List.of(
                        Filter.parse("active eq true"),
                        Filter.parse("active eq false and age lt 2"),
                        Filter.Literal.TRUE,
                        Filter.parse("name co \"ame 4\"")),
                3);
        assertThat(found.get(0))
                .hasSize(4)
                .allSatisfy(r -> assertThat(r.content()).containsEntry("active", true));
        assertThat(idsOf(found.get(1))).containsExactly("p0001");
        assertThat(found.get(2)).hasSize(4);
        assertThat(found.get(3)).hasSize(4);
    }

    @Test
    void valuesOfFiltersAreNeverPartOfAStatement() {
        ObjectSet set = create(PERSON, people(5));
        List<Filter> filters = new ArrayList<>();
        for (String attack : List.of(
                "' or '1'='1",
                "\" or \"\"=\"",
                "\\' or 1=1 -- ",
                "%",
                "_%",
                "?",
                "{fn now()}",
                "');",
                "\u0000",
                "/*",
                "\ud800")) {
            for (Filter.Operator operator : Filter.Operator.values()) {
                if (operator != Filter.Operator.LT
                        && operator != Filter.Operator.LE
                        && operator != Filter.Operator.GT
                        && operator != Filter.Operator.GE) {
                    filters.add(new Filter.Comparison(Pointer.of("name"), operator, attack));
                    filters.add(new Filter.Comparison(Pointer.of("_id"), operator, attack));
                    filters.add(new Filter.Comparison(Pointer.of("x" + attack), operator, "Name 1"));
                }
            }
        }
        assertThat(set.find(filters, 5)).allSatisfy(found -> assertThat(found).isEmpty());
        assertThat(set.count(null)).isEqualTo(5);
    }

    @Test
    void countsCountWhatMatches() {
        ObjectSet set = create(PERSON, people(57));
        assertThat(set.count(null)).isEqualTo(57);
        assertThat(set.count(Filter.Literal.TRUE)).isEqualTo(57);
        assertThat(set.count(Filter.Literal.FALSE)).isZero();
        assertThat(set.count(Filter.parse("age lt 10"))).isEqualTo(10);
        assertThat(set.count(Filter.parse("!(mail pr)"))).isZero();
    }

    // Writes

    @Test
    void whatIsWrittenIsReadBackByValue() {
        needs(Ability.WRITES);
        ObjectSet set = create(EVERYTHING, List.of());
        Map<String, Object> content = everything();
        WriteOutcome.Written written =
                done(set.write(List.of(new Write.Create("e1", content))).getFirst());
        Resource after = afterWriting(set).fetch(List.of("e1")).get("e1");
        assertSame(after.content(), content);
        assertThat(written.resource().id()).isEqualTo("e1");
        assertThat(written.resource().revision()).isEqualTo(after.revision());
        assertSame(written.resource().content(), after.content());
        assertSame(afterWriting(set).scan(KeyRange.ALL, null, 5, null).items(), content);
    }

    @Test
    void textsComeBackCharacterByCharacter() {
        needs(Ability.WRITES);
        List<String> texts = List.of(
                "plain",
                " leading",
                "trailing ",
                "O'Brien",
                "say \"hi\"",
                "back\\slash",
                "per%cent",
                "M\u00fcller",
                "Mu\u0308ller",
                "\ud83d\ude00",
                "\u5c71\u7530",
                "a;b,c",
                "'; drop table person; --",
                "${env:HOME}",
                "{\"json\": 1}",
                "null",
                "12",
                "true");
        ObjectSet set = create(PERSON, List.of());
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            writes.add(new Write.Create("t" + i, Map.of("name", texts.get(i))));
        }
        assertDone(set.write(writes));
        Map<String, Resource> found = afterWriting(set)
                .fetch(IntStream.range(0, texts.size()).mapToObj(i -> "t" + i).toList());
        for (int i = 0; i < texts.size(); i++) {
            assertThat(found.get("t" + i).content().get("name")).isEqualTo(texts.get(i));
        }
    }

    @Test
    void createsUpdatesAndDeletesOfOneBatchAreAnsweredInTheirOrder() {
        needs(Ability.WRITES);
        ObjectSet set = create(PERSON, people(6));
        Map<String, Resource> before = set.fetch(ids(people(6)));
        List<WriteOutcome> outcomes = set.write(List.of(
                new Write.Create("new1", Map.of("name", "New 1", "age", 1)),
                new Write.Update(before.get("p0000"), with(before.get("p0000"), "name", "Changed")),
                new Write.Delete("p0001", null),
                new Write.Create("new2", Map.of("mail", "new2@example.com")),
                new Write.Update(before.get("p0002"), with(before.get("p0002"), "age", 99)),
                new Write.Update(before.get("p0003"), with(before.get("p0003"), "mail", null)),
                new Write.Delete("p0004", before.get("p0004").revision()),
                new Write.Delete("nobody", null)));
        assertDone(outcomes);
        ObjectSet now = afterWriting(set);
        Map<String, Resource> after =
                now.fetch(List.of("new1", "new2", "p0000", "p0001", "p0002", "p0003", "p0004", "p0005"));
        assertThat(after.keySet()).containsExactlyInAnyOrder("new1", "new2", "p0000", "p0002", "p0003", "p0005");
        assertSame(after.get("new1").content(), Map.of("name", "New 1", "age", 1));
        assertSame(after.get("p0000").content(), with(before.get("p0000"), "name", "Changed"));
        assertSame(after.get("p0002").content(), with(before.get("p0002"), "age", 99));
        assertSame(after.get("p0003").content(), with(before.get("p0003"), "mail", null));
        assertSame(after.get("p0005").content(), before.get("p0005").content());
        for (int i : new int[] {0, 1, 4, 5}) {
            Resource written = done(outcomes.get(i)).resource();
            assertThat(after.get(written.id()).revision()).isEqualTo(written.revision());
            assertSame(written.content(), after.get(written.id()).content());
        }
        assertThat(done(outcomes.get(2)).resource()).isNull();
        assertThat(now.count(null)).isEqualTo(6);
    }

    @Test
    void anUpdateOfAnObjectThatChangedOrWentAwayIsStale() {
        needs(Ability.WRITES);
        ObjectSet set = create(PERSON, people(3));
        Resource first = set.fetch(List.of("p0000")).get("p0000");
        assertDone(set.write(List.of(new Write.Update(first, with(first, "name", "Second")))));
        ObjectSet now = afterWriting(set);
        assertThat(now.write(List.of(new Write.Update(first, with(first, "name", "Third")))))
                .containsExactly(new WriteOutcome.Stale());
        Resource gone = now.fetch(List.of("p0001")).get("p0001");
        assertDone(now.write(List.of(new Write.Delete("p0001", null))));
        assertThat(afterWriting(now).write(List.of(new Write.Update(gone, with(gone, "name", "Back")))))
                .containsExactly(new WriteOutcome.Stale());
        Resource twin = new Resource("P0002", first.revision(), first.content());
        assertThat(now.write(List.of(new Write.Update(twin, with(twin, "name", "Wrong case")))))
                .containsExactly(new WriteOutcome.Stale());
        assertThat(afterWriting(now).fetch(List.of("p0000")).get("p0000").content())
                .containsEntry("name", "Second");
        assertThat(afterWriting(now).fetch(List.of("p0002")).get("p0002").content())
                .containsEntry("name", "Name 2");
    }

    @Test
    void revisionsChangeWithEachWriteAndGuardDeletes() {
        needs(Ability.WRITES);
        ObjectSet set = create(PERSON, people(1));
        assumeTrue(set.schema().revisions(), "This store has no revisions.");
        Set<String> revisions = new HashSet<>();
        Resource first = set.fetch(List.of("p0000")).get("p0000");
        revisions.add(first.revision());
        Resource last = first;
        for (int i = 1; i <= 3; i++) {
            last = done(set.write(List.of(new Write.Update(last, with(last, "age", 100 + i))))
                            .getFirst())
                    .resource();
            assertThat(revisions.add(last.revision())).isTrue();
        }
        assertThat(set.write(List.of(new Write.Delete("p0000", first.revision()))))
                .containsExactly(new WriteOutcome.Stale());
        assertThat(afterWriting(set).count(null)).isEqualTo(1);
        assertDone(set.write(List.of(new Write.Delete("p0000", last.revision()))));
        assertThat(afterWriting(set).count(null)).isZero();
    }

    @Test
    void anIdIsGivenWhereNoneIsAskedFor() {
        needs(Ability.WRITES);
        needs(Ability.GENERATED_IDS);
        ObjectSet set = create(PERSON, List.of());
        List<WriteOutcome> outcomes = set.write(
                List.of(new Write.Create(null, Map.of("name", "One")), new Write.Create(null, Map.of("name", "Two"))));
        assertDone(outcomes);
        Resource one = done(outcomes.get(0)).resource();
        Resource two = done(outcomes.get(1)).resource();
        assertThat(one.id()).isNotEqualTo(two.id());
        Map<String, Resource> found = afterWriting(set).fetch(List.of(one.id(), two.id()));
        assertThat(found.get(one.id()).content()).containsEntry("name", "One");
        assertThat(found.get(two.id()).content()).containsEntry("name", "Two");
    }

    @Test
    void anIdThatIsTakenIsRejected() {
        needs(Ability.WRITES);
        ObjectSet set = create(PERSON, people(2));
        WriteOutcome.Rejected rejected =
                rejected(set.write(List.of(new Write.Create("p0001", Map.of("name", "Again")))));
        assertThat(rejected.kind()).isEqualTo(WriteOutcome.Kind.UNIQUE);
        assertThat(afterWriting(set).fetch(List.of("p0001")).get("p0001").content())
                .containsEntry("name", "Name 1");
    }

    @Test
    void aUniqueValueThatIsTakenIsRejectedWithTheNameOfItsAttribute() {
        needs(Ability.WRITES);
        needs(Ability.UNIQUE);
        List<AttributeDefinition> attributes =
                List.of(unique(attribute("mail", AttributeType.STRING)), attribute("name", AttributeType.STRING));
        ObjectSet set = create(attributes, List.of(new Resource("a", null, Map.of("mail", "secret@example.com"))));
        WriteOutcome.Rejected rejected =
                rejected(set.write(List.of(new Write.Create("b", Map.of("mail", "secret@example.com")))));
        assertThat(rejected.kind()).isEqualTo(WriteOutcome.Kind.UNIQUE);
        assertThat(rejected.attribute()).isEqualTo("mail");
        assertThat(rejected.message()).contains("mail").doesNotContain("secret");
        assertDone(set.write(
                List.of(new Write.Create("c", Map.of("name", "x")), new Write.Create("d", Map.of("name", "y")))));
        Resource c = afterWriting(set).fetch(List.of("c")).get("c");
        assertThat(rejected(set.write(List.of(new Write.Update(c, with(c, "mail", "secret@example.com")))))
                        .attribute())
                .isEqualTo("mail");
        assertThat(afterWriting(set).count(null)).isEqualTo(3);
    }

    @Test
    void uniqueValuesMayDifferInCaseOrBlanksOnly() {
        needs(Ability.WRITES);
        needs(Ability.UNIQUE);
        needs(Ability.TWINS);
        ObjectSet set = create(List.of(unique(attribute("mail", AttributeType.STRING))), List.of());
        List<Write> writes = new ArrayList<>();
        for (String mail : List.of("ann", "Ann", "ann ", "\u00e4nn", "a\u0308nn")) {
            writes.add(new Write.Create("id" + writes.size(), Map.of("mail", mail)));
        }
        assertDone(set.write(writes));
        assertThat(afterWriting(set).count(null)).isEqualTo(5);
    }

    @Test
    void aBatchWithARejectedWriteSaysSoAndEachWriteCanBeRedoneAlone() {
        needs(Ability.WRITES);
        ObjectSet set = create(PERSON, people(1));
        List<WriteOutcome> outcomes = set.write(List.of(
                new Write.Create("n1", Map.of("name", "One")),
                new Write.Create("p0000", Map.of("name", "Taken")),
                new Write.Create("n2", Map.of("name", "Two"))));
        assertThat(outcomes).hasSize(3).anyMatch(WriteOutcome.Rejected.class::isInstance);
    }

    @Test
    void aMissingRequiredAttributeIsRejectedByName() {
        needs(Ability.WRITES);
        needs(Ability.REQUIRED);
        List<AttributeDefinition> attributes =
                List.of(required(attribute("name", AttributeType.STRING)), attribute("mail", AttributeType.STRING));
        ObjectSet set = create(attributes, List.of(new Resource("a", null, Map.of("name", "A"))));
        WriteOutcome.Rejected created =
                rejected(set.write(List.of(new Write.Create("b", Map.of("mail", "b@example.com")))));
        assertThat(created.kind()).isEqualTo(WriteOutcome.Kind.REQUIRED);
        assertThat(created.attribute()).isEqualTo("name");
        Resource a = set.fetch(List.of("a")).get("a");
        WriteOutcome.Rejected updated = rejected(set.write(List.of(new Write.Update(a, with(a, "name", null)))));
        assertThat(updated.kind()).isEqualTo(WriteOutcome.Kind.REQUIRED);
        assertThat(updated.attribute()).isEqualTo("name");
        assertDone(set.write(List.of(new Write.Update(a, with(a, "mail", "a@example.com")))));
    }

    @Test
    void valuesOfAnotherTypeAreRejectedByNameAndNotRepeated() {
        needs(Ability.WRITES);
        needs(Ability.TYPES);
        ObjectSet set = create(EVERYTHING, List.of());
        Map<String, Object> wrong = new LinkedHashMap<>();
        wrong.put("age", "secret");
        wrong.put("salary", "secret");
        wrong.put("active", "secret");
        wrong.put("born", "secret");
        wrong.put("changed", "secret");
        wrong.put("address", "secret");
        wrong.forEach((attribute, value) -> {
            WriteOutcome.Rejected rejected =
                    rejected(set.write(List.of(new Write.Create("x", Map.of(attribute, value)))));
            assertThat(rejected.kind()).as(attribute).isEqualTo(WriteOutcome.Kind.TYPE);
            assertThat(rejected.attribute()).isEqualTo(attribute);
            assertThat(rejected.message()).contains(attribute).doesNotContain("secret");
        });
        assertThat(rejected(set.write(List.of(new Write.Create("x", Map.of("age", new BigDecimal("1.5"))))))
                        .kind())
                .isEqualTo(WriteOutcome.Kind.TYPE);
        assertThat(afterWriting(set).count(null)).isZero();
    }

    @Test
    void attributesMayHaveAnyName() {
        needs(Ability.ANY_NAME);
        List<String> names = List.of(
                "select",
                "Full Name",
                "group",
                "we\"ird",
                "semi;colon",
                "o'clock",
                "back`tick",
                "ORDER",
                "\u00fcmlaut",
                "a.b",
                "per%cent");
        List<AttributeDefinition> attributes = names.stream()
                .map(name -> attribute(name, AttributeType.STRING))
                .toList();
        Map<String, Object> content = new LinkedHashMap<>();
        names.forEach(name -> content.put(name, "value of " + name));
        ObjectSet set = create(attributes, List.of(new Resource("x", null, content)));
        assertSame(set.fetch(List.of("x")).get("x").content(), content);
        for (String name : names) {
            Filter filter = new Filter.Comparison(new Pointer(List.of(name)), Filter.Operator.EQ, "value of " + name);
            assertThat(idsOf(set.find(List.of(filter), 5).getFirst())).as(name).containsExactly("x");
        }
        if (abilities().contains(Ability.WRITES)) {
            Resource x = set.fetch(List.of("x")).get("x");
            assertDone(set.write(
                    List.of(new Write.Update(x, with(x, "select", "changed")), new Write.Create("y", content))));
            assertThat(afterWriting(set).fetch(List.of("x")).get("x").content()).containsEntry("select", "changed");
        }
    }

    @Test
    void aThousandCreatesAndUpdatesAreOneBatch() {
        needs(Ability.WRITES);
        ObjectSet set = create(PERSON, List.of());
        List<Write> creates = new ArrayList<>();
        people(1000).forEach(person -> creates.add(new Write.Create(person.id(), person.content())));
        assertDone(set.write(creates));
        ObjectSet now = afterWriting(set);
        Map<String, Resource> before = now.fetch(ids(people(1000)));
        assertThat(before).hasSize(1000);
        List<Write> updates = new ArrayList<>();
        before.values()
                .forEach(person ->
                        updates.add(new Write.Update(person, with(person, "name", "Changed " + person.id()))));
        assertDone(now.write(updates));
        Map<String, Resource> after = afterWriting(now).fetch(ids(people(1000)));
        after.forEach((id, person) -> assertThat(person.content()).containsEntry("name", "Changed " + id));
    }

    // What subclasses and tests share

    protected static AttributeDefinition attribute(String name, AttributeType type) {
        return new AttributeDefinition(name, type, false, false, false, false, false, false, null);
    }

    protected static AttributeDefinition unique(AttributeDefinition a) {
        return new AttributeDefinition(
                a.name(),
                a.type(),
                a.required(),
                true,
                a.indexed(),
                a.multivalued(),
                a.unordered(),
                a.sensitive(),
                a.separator());
    }

    protected static AttributeDefinition required(AttributeDefinition a) {
        return new AttributeDefinition(
                a.name(),
                a.type(),
                true,
                a.unique(),
                a.indexed(),
                a.multivalued(),
                a.unordered(),
                a.sensitive(),
                a.separator());
    }

    protected static AttributeDefinition multivalued(AttributeDefinition a) {
        return new AttributeDefinition(
                a.name(), a.type(), a.required(), a.unique(), a.indexed(), true, a.unordered(), a.sensitive(), ";");
    }

    /** A few attributes of people. */
    protected static final List<AttributeDefinition> PERSON = List.of(
            attribute("name", AttributeType.STRING),
            attribute("mail", AttributeType.STRING),
            attribute("age", AttributeType.INTEGER),
            attribute("active", AttributeType.BOOLEAN));

    /** An attribute of each type. */
    protected static final List<AttributeDefinition> EVERYTHING = List.of(
            attribute("name", AttributeType.STRING),
            attribute("age", AttributeType.INTEGER),
            attribute("salary", AttributeType.NUMBER),
            attribute("active", AttributeType.BOOLEAN),
            attribute("born", AttributeType.DATE),
            attribute("changed", AttributeType.DATETIME),
            multivalued(attribute("roles", AttributeType.STRING)),
            attribute("address", AttributeType.OBJECT));

    /** The attributes of {@link FilterCases}. */
    protected static final List<AttributeDefinition> SAMPLES = List.of(
            attribute("s", AttributeType.STRING),
            attribute("s2", AttributeType.STRING),
            attribute("n", AttributeType.NUMBER),
            attribute("i", AttributeType.INTEGER),
            attribute("b", AttributeType.BOOLEAN),
            multivalued(attribute("m", AttributeType.STRING)),
            attribute("o", AttributeType.OBJECT));

    private Map<String, Object> everything() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("name", "Ann M\u00fcller");
        content.put("age", 9007199254740993L);
        content.put("salary", new BigDecimal("123456789012345.25"));
        content.put("active", false);
        content.put("born", "1969-07-20");
        content.put("changed", dateTime());
        content.put("roles", List.of("b", "a", "c"));
        content.put(
                "address",
                Map.of(
                        "city",
                        "Bern",
                        "lines",
                        List.of("x", "y"),
                        "floor",
                        3,
                        "geo",
                        Map.of("lat", new BigDecimal("46.9"))));
        return content;
    }

    protected static List<Resource> people(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> person("p%04d".formatted(i), i))
                .toList();
    }

    protected static Resource person(String id, int number) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("name", "Name " + number);
        content.put("mail", "mail" + number + "@example.com");
        content.put("age", number);
        content.put("active", number % 2 == 0);
        return new Resource(id, null, content);
    }

    protected static Map<String, Object> with(Resource resource, String attribute, Object value) {
        Map<String, Object> content = new HashMap<>(JsonValues.copyOf(resource.content()));
        content.put(attribute, value);
        return content;
    }

    protected static List<Page.Item> scan(ObjectSet set, KeyRange range, int limit) {
        return scan(set, range, limit, null);
    }

    protected static List<Page.Item> scan(ObjectSet set, KeyRange range, int limit, Filter filter) {
        List<Page.Item> items = new ArrayList<>();
        String after = null;
        while (true) {
            Page page = set.scan(range, after, limit, filter);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            items.addAll(page.items());
            if (page.end()) {
                return items;
            }
            assertThat(page.lastPosition()).isNotNull().isNotEqualTo(after);
            after = page.lastPosition();
        }
    }

    private static List<Page.Item> scanFrom(ObjectSet set, String position, int limit) {
        List<Page.Item> items = new ArrayList<>();
        String after = position;
        while (true) {
            Page page = set.scan(KeyRange.ALL, after, limit, null);
            items.addAll(page.items());
            if (page.end()) {
                return items;
            }
            after = page.lastPosition();
        }
    }

    protected static List<String> ids(List<?> items) {
        return items.stream()
                .map(item -> item instanceof Resource resource
                        ? resource.id()
                        : ((Page.Item.Found) item).resource().id())
                .toList();
    }

    private static List<String> idsOf(List<Resource> resources) {
        return resources.stream().map(Resource::id).toList();
    }

    private static List<String> places(List<Page.Item> items) {
        return items.stream()
                .map(item -> item.position() + " "
                        + ((Page.Item.Found) item).resource().id())
                .toList();
    }

    protected final void assertSame(Map<String, ?> actual, Map<String, ?> expected) {
        Map<String, Object> left = JsonValues.copyOf(actual);
        Map<String, Object> right = JsonValues.copyOf(expected);
        left.remove(idAttribute());
        right.remove(idAttribute());
        assertThat(Difference.between(left, right, name -> false).changes()).isEmpty();
    }

    private void assertSame(List<Page.Item> items, Map<String, ?> expected) {
        assertThat(items)
                .singleElement()
                .isInstanceOfSatisfying(
                        Page.Item.Found.class,
                        found -> assertSame(found.resource().content(), expected));
    }

    protected static void assertDone(List<WriteOutcome> outcomes) {
        assertThat(outcomes).isNotEmpty().hasOnlyElementsOfType(WriteOutcome.Written.class);
    }

    protected static WriteOutcome.Written done(WriteOutcome outcome) {
        assertThat(outcome).isInstanceOf(WriteOutcome.Written.class);
        return (WriteOutcome.Written) outcome;
    }

    protected static WriteOutcome.Rejected rejected(List<WriteOutcome> outcomes) {
        assertThat(outcomes).singleElement().isInstanceOf(WriteOutcome.Rejected.class);
        return (WriteOutcome.Rejected) outcomes.getFirst();
    }
}
